import {
  CircleCheck,
  CloudOff,
  FileWarning,
  KeyRound,
  LogIn,
  MailQuestionMark,
  Megaphone,
  TriangleAlert,
  X,
  type LucideIcon,
} from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Announcement } from '@shared/domain/agreement';
import { emailOffer } from '@shared/domain/by-email';
import { EmergencyBanner, useWaitingEmergency } from '../features/emergency/EmergencyBanner';
import { joinedState, justOver, ongoingOutages } from '@shared/domain/outage';
import { connected, useApp, useAppStore } from '../stores/app-store';
import { call } from '../stores/calls';
import { joinOutage } from '../stores/join-outage';
import { navigate } from '../stores/navigation';
import { useOutboxStore } from '../stores/outbox-store';
import { useTicketStore } from '../stores/ticket-store';
import { Button, IconButton } from '../ui/Button';
import { useNow, useUi } from '../ui/environment';
import { TimeText } from '../ui/TimeText';
import { useAnnounce } from '../ui/Toast';
import { rememberDismissed, useDismissed } from './dismissed';
import './Banners.css';

/** How many show at once beside the list, and on a screen of its own: the rest follows when these are gone. */
const MAX_SHOWN = 2;
const MAX_SHOWN_BRIEF = 1;

/** What concerns every screen: an outage first, then the connection, then what was found wrong at the start. */
export function Banners({
  isBrief,
  isEmergency = false,
}: {
  readonly isBrief: boolean;
  /** The number to call is on screen already. */
  readonly isEmergency?: boolean;
}) {
  const app = useApp();
  const emergency = useWaitingEmergency();
  const desk = connected(app);
  const dismissed = useDismissed();
  const current = app.announcements.filter((one) => one.endedAt === null);
  const now = useNow();
  const outages = ongoingOutages(current);
  const over = justOver(app.announcements, now).filter((one) => !dismissed.has(`over ${one.id}`));
  const news = current.filter((one) => one.severity === 'info' && !dismissed.has(one.id));
  const isEmailOffered = useIsEmailOffered();
  const hasMoved = app.quarantined > 0 && !dismissed.has(`quarantined ${app.quarantined}`);
  const banners = [
    emergency !== null && !isEmergency && <EmergencyBanner key="emergency" watch={emergency} />,
    ...outages.map((one) => <OutageBanner key={one.id} announcement={one} />),
    ...over.map((one) => <OverBanner key={`over ${one.id}`} announcement={one} />),
    desk?.reach === 'signedOut' && <SignedOutBanner key="signedOut" />,
    desk?.reach === 'offline' &&
      (isEmailOffered ? (
        <EmailInsteadBanner key="emailInstead" />
      ) : (
        <OfflineBanner key="offline" isBrief={isBrief} />
      )),
    hasMoved && <QuarantineBanner key="quarantine" />,
    ...news.map((one) => <NewsBanner key={one.id} announcement={one} />),
    app.secrets === 'memoryOnly' && !dismissed.has('memoryOnly') && <MemoryOnlyBanner key="memoryOnly" />,
  ].filter((banner) => banner !== false);
  return <div className="app-banners">{banners.slice(0, isBrief ? MAX_SHOWN_BRIEF : MAX_SHOWN)}</div>;
}

interface BannerProps {
  readonly tone: 'info' | 'good' | 'warning' | 'danger' | 'quiet';
  readonly icon: LucideIcon;
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly onDismiss?: () => void;
}

function Banner({ tone, icon: Icon, title, children, action, onDismiss }: BannerProps) {
  const { texts } = useUi();
  return (
    <div className="app-banner" data-tone={tone} role="status">
      <Icon aria-hidden size={18} strokeWidth={1.75} />
      <p className="app-banner__words">
        <strong>{title}</strong> <span>{children}</span>
      </p>
      {action}
      {onDismiss && <IconButton icon={X} size="small" label={texts.dismiss} onPress={onDismiss} />}
    </div>
  );
}

function NewsBanner({ announcement }: { readonly announcement: Announcement }) {
  const { id, title, text, at } = announcement;
  return (
    <Banner tone="info" icon={Megaphone} title={title} onDismiss={() => rememberDismissed(id)}>
      {text} <TimeText at={at} />
    </Banner>
  );
}

/** An outage for as long as it goes on. Who has it, too, says so with one press instead of filing the same ticket. */
function OutageBanner({ announcement }: { readonly announcement: Announcement }) {
  const { t } = useTranslation('window');
  const app = useApp();
  const items = useOutboxStore((state) => state.items);
  const announce = useAnnounce();
  const [isPending, setPending] = useState(false);
  const { id, title, text, at, affected = 0 } = announcement;
  const joined = joinedState(announcement, items.values());
  const others = affected - (announcement.joined === true ? 1 : 0);
  const join = async () => {
    setPending(true);
    if (!(await joinOutage(id))) announce(t('banner.joinFailed'), { tone: 'danger' });
    setPending(false);
  };
  return (
    <Banner
      tone="danger"
      icon={TriangleAlert}
      title={title}
      {...(app.capabilities?.join === true && (joined === 'no' || joined === 'refused')
        ? {
            action: (
              <Button size="small" isPending={isPending} onPress={() => void join()}>
                {t('banner.join')}
              </Button>
            ),
          }
        : {})}
    >
      {text} <TimeText at={at} />{' '}
      {joined === 'yes' && (
        <span className="app-banner__listed">
          {t('banner.listed')} {others > 0 && t('banner.others', { count: others })}
        </span>
      )}
      {joined === 'onTheWay' && <span className="app-banner__listed">{t('banner.listedSoon')}</span>}
    </Banner>
  );
}

/** An outage the user was on the list for has ended. */
function OverBanner({ announcement }: { readonly announcement: Announcement }) {
  const { t } = useTranslation('window');
  const { id, title } = announcement;
  return (
    <Banner
      tone="good"
      icon={CircleCheck}
      title={t('banner.over', { title })}
      onDismiss={() => rememberDismissed(`over ${id}`)}
    >
      {t('banner.overText')}
    </Banner>
  );
}

function OfflineBanner({ isBrief }: { readonly isBrief: boolean }) {
  const { t } = useTranslation(['window', 'common']);
  const syncedAt = useTicketStore((state) => state.syncedAt);
  const [isTrying, setTrying] = useState(false);
  const announce = useAnnounce();
  const tryNow = async () => {
    setTrying(true);
    await call('tickets.refresh');
    setTrying(false);
    if (connected(useAppStore.getState().app)?.reach === 'offline') announce(t('window:banner.stillOffline'));
  };
  return (
    <Banner
      tone="quiet"
      icon={CloudOff}
      title={t('window:banner.offlineTitle')}
      {...(isBrief
        ? {}
        : {
            action: (
              <Button size="small" isPending={isTrying} onPress={() => void tryNow()}>
                {t('window:banner.tryNow')}
              </Button>
            ),
          })}
    >
      <span className="app-banner__long">{t('window:banner.offlineText')}</span>
      <span className="app-banner__short">{t('window:banner.offlineShort')}</span>{' '}
      {!isBrief && syncedAt !== null && <AsOf at={syncedAt} />}
    </Banner>
  );
}

/** Whether something waits that could go by e-mail instead, because the board has been out of reach for long. */
function useIsEmailOffered(): boolean {
  const fallback = useApp().fallback ?? null;
  const items = useOutboxStore((state) => state.items);
  if (fallback?.isOffered !== true) return false;
  return [...items.values()].some((item) => emailOffer(item, fallback) === 'offered');
}

function EmailInsteadBanner() {
  const { t } = useTranslation('window');
  const since = useApp().fallback?.awaySince ?? null;
  return (
    <Banner
      tone="quiet"
      icon={MailQuestionMark}
      title={t('banner.emailInsteadTitle')}
      action={
        <Button size="small" onPress={() => navigate({ screen: 'outbox' })}>
          {t('banner.emailInsteadLook')}
        </Button>
      }
    >
      {t('banner.emailInsteadText')}{' '}
      {since !== null && (
        <span className="app-banner__asof">
          {t('banner.emailInsteadSince')} <TimeText at={since} />.
        </span>
      )}
    </Banner>
  );
}

function AsOf({ at }: { readonly at: string }) {
  const { t } = useTranslation('window');
  return (
    <span className="app-banner__asof">
      {t('banner.asOf')} <TimeText at={at} />.
    </span>
  );
}

function SignedOutBanner() {
  const { t } = useTranslation(['window', 'common']);
  const desk = connected(useApp());
  const [isPending, setPending] = useState(false);
  const signIn = async () => {
    if (desk?.signIn.kind !== 'nothing') return navigate({ screen: 'signIn' });
    setPending(true);
    await call('connection.connectPractice');
    setPending(false);
  };
  return (
    <Banner
      tone="warning"
      icon={LogIn}
      title={t('window:banner.signedOutTitle')}
      action={
        <Button size="small" isPending={isPending} onPress={() => void signIn()}>
          {t('common:action.signIn')}
        </Button>
      }
    >
      {t('window:banner.signedOutText')}
    </Banner>
  );
}

function QuarantineBanner() {
  const { t } = useTranslation('window');
  const { quarantined: count } = useApp();
  return (
    <Banner
      tone="warning"
      icon={FileWarning}
      title={t('banner.quarantinedTitle', { count })}
      onDismiss={() => rememberDismissed(`quarantined ${count}`)}
    >
      {t('banner.quarantinedText')}
    </Banner>
  );
}

function MemoryOnlyBanner() {
  const { t } = useTranslation('window');
  return (
    <Banner
      tone="quiet"
      icon={KeyRound}
      title={t('banner.memoryOnlyTitle')}
      onDismiss={() => rememberDismissed('memoryOnly')}
    >
      {t('banner.memoryOnlyText')}
    </Banner>
  );
}
