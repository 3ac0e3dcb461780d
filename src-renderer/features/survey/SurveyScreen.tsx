import { Check, CloudUpload, Star } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskFault } from '@shared/domain/fault';
import type { TicketId } from '@shared/domain/primitives';
import { isLowRating } from '@shared/domain/survey-rules';
import type { TicketSummary } from '@shared/domain/ticket';
import { whenOf } from '@shared/domain/time-words';
import { connected, useApp } from '../../stores/app-store';
import { goBack, navigate } from '../../stores/navigation';
import { useOutboxStore } from '../../stores/outbox-store';
import { openTicket, useTicketStore } from '../../stores/ticket-store';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { useNow } from '../../ui/environment';
import { ScreenHeader } from '../../ui/ScreenHeader';
import { Skeleton } from '../../ui/Skeleton';
import { CallBack } from './CallBack';
import { SurveyForm } from './SurveyForm';
import './survey.css';

export interface SurveyScreenProps {
  readonly ticketId: TicketId;
  /** Leaves; answers stay. */
  readonly onClose?: () => void;
}

/** Five questions about one closed ticket, each 1 to 5. Only where the board asks for it. */
export function SurveyScreen({ ticketId, onClose = goBack }: SurveyScreenProps) {
  const phase = useTicketStore((state) => state.phase);
  const ticket = useTicketStore((state) => state.tickets.get(ticketId)) ?? null;
  const rating = useRating(ticketId, ticket);
  return (
    <div className="survey">
      <div className="survey__column">
        {ticket === null ? (
          <Frame title="" onClose={onClose}>
            {phase === 'loading' ? <Skeleton shape="page" count={5} /> : <Gone />}
          </Frame>
        ) : rating !== null ? (
          <Frame title={ticket.summary} onClose={onClose}>
            <Thanks state={rating.state} />
            {rating.isLow && rating.state !== 'needsAttention' && <CallBack ticket={ticket} />}
          </Frame>
        ) : ticket.survey === 'waiting' ? (
          <>
            <SurveyHead ticket={ticket} onClose={onClose} />
            <SurveyForm ticket={ticket} onClose={onClose} />
          </>
        ) : (
          <Frame title={ticket.summary} onClose={onClose}>
            <Nothing isAnswered={ticket.survey === 'answered'} />
          </Frame>
        )}
      </div>
    </div>
  );
}

type Sent = 'delivered' | 'needsAttention' | 'waiting' | 'already';

interface Rating {
  readonly state: Sent;
  /** Deserves the offer of a call. */
  readonly isLow: boolean;
}

const isRatedAlready = (fault: DeskFault): boolean =>
  fault.kind === 'conflict' && fault.reason === 'duplicate';

/** What became of ratings sent from here; `null`: none were. */
function useRating(ticketId: TicketId, ticket: TicketSummary | null): Rating | null {
  const items = useOutboxStore((state) => state.items);
  const item = [...items.values()].findLast(({ write }) => {
    if (write.kind !== 'rate') return false;
    return write.target.kind === 'board' ? write.target.id === ticketId : write.target.ref === ticket?.ref;
  });
  const [sent, setSent] = useState<{ readonly isLow: boolean } | null>(null);
  if (item !== undefined && sent === null)
    setSent({ isLow: item.write.kind === 'rate' && isLowRating(item.write.answers) });
  // What has arrived soon leaves the outbox: the thanks stay.
  if (item === undefined || sent === null)
    return sent !== null && ticket?.survey === 'answered' ? { ...sent, state: 'delivered' } : null;
  const { state } = item;
  // Rated in another window or on another device meanwhile: that is no fault of anybody's.
  if (state.kind === 'needsAttention' && isRatedAlready(state.fault))
    return { isLow: false, state: 'already' };
  if (state.kind === 'delivered' || state.kind === 'needsAttention') return { ...sent, state: state.kind };
  return { ...sent, state: 'waiting' };
}

function SurveyHead({ ticket, onClose }: { readonly ticket: TicketSummary; readonly onClose: () => void }) {
  const { t } = useTranslation('survey');
  const app = useApp();
  const now = useNow();
  const whole = useTicketStore((state) => state.whole.get(ticket.id));
  useEffect(() => void openTicket(ticket.id), [ticket.id]);
  const resolvedAt = whole?.steps.findLast((entry) => entry.step === 'resolved')?.at ?? null;
  const name = ticket.assignee?.role === 'engineer' ? ticket.assignee.name : null;
  const { number } = ticket;
  const when = resolvedAt === null ? null : whenOf(resolvedAt, now, app);
  return (
    <ScreenHeader
      title={t('title', { summary: ticket.summary.replace(/[.!?…\s]+$/u, '') })}
      kicker={
        when === null
          ? t('number', { number })
          : name === null
            ? t('resolved', { number, when })
            : t('resolvedBy', { number, when, name })
      }
      description={t('hint')}
      onClose={onClose}
    />
  );
}

function Frame({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('survey');
  return (
    <>
      <ScreenHeader title={title === '' ? t('heading') : title} onClose={onClose} />
      {children}
    </>
  );
}

const TITLES = {
  delivered: 'thanks.title',
  waiting: 'thanks.title',
  needsAttention: 'thanks.kept',
  already: 'answered.title',
} as const satisfies Record<Sent, string>;

function Thanks({ state }: { readonly state: Sent }) {
  const { t } = useTranslation('survey');
  const app = useApp();
  const desk = app.agreement?.provider ?? connected(app)?.deskName ?? '';
  const words = {
    delivered: t('thanks.text', { desk }),
    waiting: t('thanks.waiting'),
    needsAttention: t('thanks.attention'),
    already: t('answered.elsewhere'),
  };
  return (
    <div role="status">
      <EmptyState
        icon={state === 'delivered' || state === 'already' ? Check : CloudUpload}
        title={t(TITLES[state])}
        actions={
          <>
            {state === 'needsAttention' && (
              <Button onPress={() => navigate({ screen: 'outbox' })}>{t('thanks.outbox')}</Button>
            )}
            <Back />
          </>
        }
      >
        {words[state]}
      </EmptyState>
    </div>
  );
}

function Nothing({ isAnswered }: { readonly isAnswered: boolean }) {
  const { t } = useTranslation('survey');
  const about = isAnswered ? 'answered' : 'none';
  return (
    <EmptyState icon={Star} title={t(`${about}.title`)} actions={<Back />}>
      {t(`${about}.text`)}
    </EmptyState>
  );
}

function Gone() {
  const { t } = useTranslation('survey');
  return (
    <EmptyState icon={Star} title={t('gone.title')} actions={<Back />}>
      {t('gone.text')}
    </EmptyState>
  );
}

function Back() {
  const { t } = useTranslation('survey');
  return (
    <Button tone="primary" onPress={() => navigate({ screen: 'tickets' })}>
      {t('thanks.back')}
    </Button>
  );
}
