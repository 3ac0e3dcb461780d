import { useTranslation } from 'react-i18next';
import type { RestartView } from '@shared/domain/restart';
import { durationOf, whenOf } from '@shared/domain/time-words';
import { connected, useApp } from '../../stores/app-store';
import { navigate } from '../../stores/navigation';
import { useRestart } from '../../stores/restart';
import { useRestartAnswer } from '../../stores/use-restart-answer';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { useNow } from '../../ui/environment';
import { useAnnounce } from '../../ui/Toast';
import './restart.css';

type Plan = NonNullable<RestartView['plan']>;

/** Above every screen: after a restart that was planned in a draft, whether it helped. */
export function RestartQuestion() {
  const restart = useRestart();
  const isConnected = connected(useApp()) !== null;
  if (!isConnected || restart === null || restart.plan === null) return null;
  const { plan, bootedAt } = restart;
  switch (plan.stage) {
    case 'waiting':
      return null;
    case 'ask':
      return <DidItHelp plan={plan} bootedAt={bootedAt} />;
    case 'notYet':
      return <NotYet plan={plan} bootedAt={bootedAt} />;
  }
}

interface QuestionProps {
  readonly plan: Plan;
  readonly bootedAt: string;
}

function DidItHelp({ plan, bootedAt }: QuestionProps) {
  const { t } = useTranslation('device');
  const app = useApp();
  const now = useNow();
  const { pending, answer } = useRestartAnswer(useAnnounce());
  const say = (said: Parameters<typeof answer>[0]) => () => void answer(said, plan.draftId);
  return (
    <Dialog
      isOpen
      onClose={say('later')}
      title={t('restart.ask.title')}
      role="alertdialog"
      actions={
        <>
          <Button tone="quiet" isDisabled={pending !== null} onPress={say('later')}>
            {t(plan.what === 'app' ? 'restart.ask.notYet' : 'restart.ask.later')}
          </Button>
          <Button isPending={pending === 'notFixed'} onPress={say('notFixed')}>
            {t('restart.ask.no')}
          </Button>
          <Button tone="primary" isPending={pending === 'fixed'} onPress={say('fixed')}>
            {t('restart.ask.yes')}
          </Button>
        </>
      }
    >
      <p>
        {plan.what === 'app'
          ? t('restart.ask.app')
          : t('restart.ask.computer', { when: whenOf(bootedAt, now, app) })}
      </p>
      <About plan={plan} />
    </Dialog>
  );
}

function NotYet({ plan, bootedAt }: QuestionProps) {
  const { t } = useTranslation('device');
  const { locale } = useApp();
  const now = useNow();
  const { pending, answer } = useRestartAnswer(useAnnounce());
  const time = durationOf((now.getTime() - Date.parse(bootedAt)) / 1000, locale);
  const goOn = async () => {
    await answer('cancel', plan.draftId);
    navigate({ screen: 'newTicket', draftId: plan.draftId }, { replace: true });
  };
  return (
    <Dialog
      isOpen
      onClose={() => void answer('later', plan.draftId)}
      title={t('restart.notYet.title')}
      role="alertdialog"
      actions={
        <>
          <Button isPending={pending === 'cancel'} onPress={() => void goOn()}>
            {t('restart.notYet.go')}
          </Button>
          <Button tone="primary" onPress={() => void answer('later', plan.draftId)}>
            {t('restart.notYet.keep')}
          </Button>
        </>
      }
    >
      <p>{t('restart.notYet.text', { on: t('restart.on', { time }) })}</p>
      <About plan={plan} />
    </Dialog>
  );
}

const About = ({ plan }: { readonly plan: Plan }) => (
  <p className="restart__about" dir="auto">
    {plan.summary}
  </p>
);
