import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { TicketDraft } from '@shared/domain/draft';
import { suggestRestart, type RestartTarget, type RestartView } from '@shared/domain/restart';
import { durationOf } from '@shared/domain/time-words';
import { useApp } from '../../stores/app-store';
import { call } from '../../stores/calls';
import type { DraftEditor } from '../../stores/draft-editor';
import { useRestart } from '../../stores/restart';
import { useRestartAnswer } from '../../stores/use-restart-answer';
import { Button } from '../../ui/Button';
import { useNow } from '../../ui/environment';
import { Notice } from '../../ui/Notice';
import { useAnnounce } from '../../ui/Toast';

interface RestartNoticeProps {
  readonly editor: DraftEditor<TicketDraft>;
  /** Whether there is room for a suggestion, and the user has not put it away. */
  readonly maySuggest: boolean;
  readonly onDismiss: () => void;
}

/** A restart that may help, suggested from how long the computer is on; or the one that the user is about to do. */
export function RestartNotice({ editor, maySuggest, onDismiss }: RestartNoticeProps) {
  const id = useStore(editor.store, (state) => state.id);
  const intake = useStore(editor.store, (state) => state.content.intake);
  const restart = useRestart();
  const now = useNow();
  if (restart === null) return null;
  const { plan, bootedAt, solved } = restart;
  if (plan !== null && plan.draftId === id) {
    // While the question stands above the screen, it is not asked twice.
    return plan.stage === 'ask' ? null : <Planned editor={editor} plan={plan} />;
  }
  const uptime = Math.max((now.getTime() - Date.parse(bootedAt)) / 1000, 0);
  const what = maySuggest ? suggestRestart(intake, uptime) : null;
  if (what === null) return null;
  return <Suggested editor={editor} what={what} uptime={uptime} solved={solved} onDismiss={onDismiss} />;
}

function Suggested(props: {
  readonly editor: DraftEditor<TicketDraft>;
  readonly what: RestartTarget;
  readonly uptime: number;
  readonly solved: number;
  readonly onDismiss: () => void;
}) {
  const { editor, what, uptime, solved, onDismiss } = props;
  const { t } = useTranslation('device');
  const { locale } = useApp();
  const announce = useAnnounce();
  const [isPending, setPending] = useState(false);
  const begin = async () => {
    setPending(true);
    const isStored = await editor.flush();
    const draftId = editor.store.getState().id;
    const answer = isStored && draftId !== null ? await call('restart.begin', { draftId, what }) : null;
    setPending(false);
    if (!answer?.ok) announce(t('restart.notKept'), { tone: 'danger' });
  };
  return (
    <Notice
      icon={RefreshCw}
      live="polite"
      title={what === 'app' ? t('restart.app.title') : t('restart.on', { time: durationOf(uptime, locale) })}
      onDismiss={onDismiss}
      actions={
        <Button size="small" isPending={isPending} onPress={() => void begin()}>
          {t(`restart.${what}.begin`)}
        </Button>
      }
    >
      <p>{t(`restart.${what}.text`)}</p>
      {solved > 0 && <p className="new-ticket__quiet">{t('restart.solved', { count: solved })}</p>}
    </Notice>
  );
}

function Planned(props: {
  readonly editor: DraftEditor<TicketDraft>;
  readonly plan: NonNullable<RestartView['plan']>;
}) {
  const { editor, plan } = props;
  const { what, done, draftId } = plan;
  const { t } = useTranslation('device');
  const { pending, answer } = useRestartAnswer(useAnnounce());
  const say = (said: Parameters<typeof answer>[0]) => () =>
    void editor.flush().then(() => answer(said, draftId));
  const canTell = what === 'app' || done;
  const isSettled = useSettled();
  return (
    <Notice
      icon={RefreshCw}
      live="polite"
      title={t(done ? 'restart.ask.title' : `restart.${what}.waitingTitle`)}
      actions={
        <>
          {canTell && (
            <>
              <Button size="small" isPending={pending === 'fixed'} onPress={say('fixed')}>
                {t('restart.ask.yes')}
              </Button>
              <Button size="small" isPending={pending === 'notFixed'} onPress={say('notFixed')}>
                {t('restart.ask.no')}
              </Button>
            </>
          )}
          {!done && (
            <Button
              size="small"
              tone="quiet"
              isDisabled={!isSettled}
              isPending={pending === 'cancel'}
              onPress={say('cancel')}
            >
              {t('restart.cancel')}
            </Button>
          )}
        </>
      }
    >
      {!done && <p>{t(`restart.${what}.waiting`)}</p>}
    </Notice>
  );
}

/** The second press of a double click must not take back what the first began. In ms. */
const SETTLED_AFTER = 700;

function useSettled(): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLED_AFTER);
    return () => clearTimeout(timer);
  }, []);
  return isSettled;
}
