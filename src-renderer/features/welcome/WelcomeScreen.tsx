import { Building2, CircleAlert, ConciergeBell, FlaskConical, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { connected, useApp } from '../../stores/app-store';
import { call } from '../../stores/calls';
import { goBack, navigate } from '../../stores/navigation';
import { usePolicy } from '../../stores/policy';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Notice';
import { HowItWorks } from './HowItWorks';
import './welcome.css';

/** The first thing one sees; later, while connected, the walk-through with the numbers to call. */
export function WelcomeScreen() {
  const { t } = useTranslation(['welcome', 'common']);
  const isConnected = connected(useApp()) !== null;
  return (
    <div className="welcome">
      <div className="welcome__inner">
        <header className="welcome__head">
          <Mark />
          <h1 className="welcome__title" data-screen-title tabIndex={-1}>
            {t('welcome:title')}
          </h1>
          <p className="welcome__text">{t('welcome:text')}</p>
        </header>
        <KeptNotice />
        {!isConnected && <Choices onConnect={() => navigate({ screen: 'connect' })} />}
        <HowItWorks />
        {isConnected && (
          <div>
            <Button tone="primary" onPress={goBack}>
              {t('common:action.done')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

/** The organisation's logo, or the bell. */
function Mark() {
  const { logo } = usePolicy().branding;
  return (
    <span className="welcome__mark" data-logo={logo !== null || undefined} aria-hidden>
      {logo === null ? <ConciergeBell size={30} strokeWidth={1.5} /> : <img src={logo} alt="" />}
    </span>
  );
}

function Choices({ onConnect }: { readonly onConnect: () => void }) {
  const { t } = useTranslation('welcome');
  const { desk, organisation, features } = usePolicy();
  const [isPending, setPending] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const practise = async () => {
    setPending(true);
    setFailed(false);
    const answer = await call('connection.connectPractice');
    setPending(false);
    if (answer.ok) navigate({ screen: 'tickets' }, { replace: true });
    else setFailed(true);
  };
  const connect = (
    <Choice
      icon={Building2}
      title={t(desk === null ? 'connect.title' : 'connect.chosenTitle')}
      text={connectText()}
      isFirst={desk !== null || !features.practiceDesk}
      onPress={onConnect}
    />
  );
  return (
    <section className="welcome__choices" aria-label={t('choose')}>
      {desk !== null && connect}
      {features.practiceDesk && (
        <Choice
          icon={FlaskConical}
          title={t('practice.title')}
          text={isPending ? t('practice.pending') : t('practice.text')}
          isFirst={desk === null}
          isPending={isPending}
          onPress={() => void practise()}
        />
      )}
      {desk === null && features.otherDesks && connect}
      {hasFailed && (
        <Notice tone="danger" icon={CircleAlert} title={t('failed.title')} live="assertive">
          {t('failed.text')}
        </Notice>
      )}
    </section>
  );

  function connectText(): string {
    if (desk === null) return t('connect.text');
    return organisation === null
      ? t('connect.chosenText', { place: desk.place })
      : t('connect.chosenBy', { place: desk.place, organisation });
  }
}

interface ChoiceProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly isFirst?: boolean;
  readonly isPending?: boolean;
  readonly onPress: () => void;
}

function Choice({ icon: Icon, title, text, isFirst = false, isPending = false, onPress }: ChoiceProps) {
  return (
    <button
      type="button"
      className="welcome-choice"
      data-first={isFirst || undefined}
      aria-busy={isPending}
      onClick={() => !isPending && onPress()}
    >
      <Icon aria-hidden size={22} strokeWidth={1.75} />
      <span className="welcome-choice__words">
        <span className="welcome-choice__title">{title}</span>
        <span className="welcome-choice__text">{text}</span>
      </span>
    </button>
  );
}

/** After a sign-out: what was typed and not sent is still here. */
function KeptNotice() {
  const { t } = useTranslation('welcome');
  const { kept } = useApp();
  if (!kept || kept.items + kept.drafts === 0) return null;
  return (
    <Notice tone="good" title={t('kept.title')}>
      {kept.items > 0 && <p>{t('kept.items', { count: kept.items })}</p>}
      {kept.drafts > 0 && <p>{t('kept.drafts', { count: kept.drafts })}</p>}
    </Notice>
  );
}
