import {
  Check,
  CircleCheck,
  CircleHelp,
  CloudUpload,
  Info,
  MailCheck,
  MessageCircleQuestionMark,
  RotateCcw,
  Star,
  TriangleAlert,
} from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { wasSentByEmail } from '@shared/domain/by-email';
import { isBlank, shorten } from '@shared/domain/text';
import type { Ticket } from '@shared/domain/ticket';
import { itemWords, whatHappensNext } from '@shared/domain/ticket-words';
import { useApp, useReach } from '../../stores/app-store';
import { navigate } from '../../stores/navigation';
import type { CreateItem } from '../../stores/list-rows';
import type { TicketView } from '../../stores/selectors';
import { useTicketStore } from '../../stores/ticket-store';
import { Button } from '../../ui/Button';
import { useNow } from '../../ui/environment';
import { Notice, type NoticeProps } from '../../ui/Notice';
import { EmailDoubt, ItemActions, RefusalWords } from './ItemActions';
import { isAnswering, isChanging, refusedRating } from './pending';
import type { ReplyModel } from './use-reply';

export interface NextStepProps {
  readonly view: TicketView;
  readonly reply: ReplyModel;
  /** Where the user writes. */
  readonly inputRef: RefObject<HTMLTextAreaElement | null>;
}

/** What happens next in one sentence, and what the user can do about it. */
export function NextStep({ view, reply, inputRef }: NextStepProps) {
  if (view.ticket === null) return view.create === null ? null : <OnItsWay item={view.create} />;
  return <Expected view={view} reply={reply} inputRef={inputRef} />;
}

/** A ticket the board does not have yet, or has only just taken. */
function OnItsWay({ item }: { readonly item: CreateItem }) {
  const { t } = useTranslation('status');
  const byEmail = item.via === 'email';
  const words = itemWords(item, { now: useNow(), reach: useReach(), byEmail });
  const isRefused = item.state.kind === 'needsAttention';
  return (
    <Notice
      tone={isRefused ? 'warning' : item.state.kind === 'delivered' ? 'good' : 'info'}
      {...iconOf(item)}
      live="polite"
      title={t(words.key, words.params)}
    >
      {t(words.detail, words.params)}
      <RefusalWords item={item} />
      <EmailDoubt item={item} />
      <ItemActions item={item} />
    </Notice>
  );
}

function iconOf({ state }: CreateItem): Pick<NoticeProps, 'icon'> {
  if (state.kind === 'needsAttention') return {};
  if (wasSentByEmail(state)) return { icon: MailCheck };
  return state.kind === 'delivered' ? {} : { icon: CloudUpload };
}

function Expected({ view, reply, inputRef }: NextStepProps) {
  const { t } = useTranslation('status');
  const app = useApp();
  const now = useNow();
  const { ticket, pending } = view;
  if (ticket === null) return null;
  const words = whatHappensNext(ticket, {
    agreement: app.agreement,
    now,
    pending,
    locale: app.locale,
    timeZone: app.timeZone,
  });
  return (
    <Notice {...lookOf(view)} live="polite" title={t(words.title, words.params)}>
      {isAsked(view) && <Question ticket={ticket} />}
      {t(words.key, words.params)}
      <NextActions view={view} reply={reply} inputRef={inputRef} />
    </Notice>
  );
}

/** How much of a question is quoted, in UTF-16 units: it stands in full in the conversation. */
const MAX_QUESTION = 140;

/** What was asked, where the conversation is below the fold and the quick answers are not. */
function Question({ ticket }: { readonly ticket: Ticket }) {
  const text = ticket.messages.find(({ id }) => id === ticket.question?.messageId)?.text ?? '';
  if (isBlank(text)) return null;
  return (
    <q className="ticket__question" dir="auto">
      {shorten(text.replace(/\s+/g, ' ').trim(), MAX_QUESTION)}
    </q>
  );
}

function lookOf(view: TicketView): Pick<NoticeProps, 'tone' | 'icon'> {
  const { ticket, pending } = view;
  if (pending.some((item) => item.state.kind === 'needsAttention'))
    return { tone: 'warning', icon: TriangleAlert };
  if (ticket === null || isChanging(view) || isAnswering(view)) return { tone: 'info', icon: CloudUpload };
  if (ticket.closed)
    return ticket.survey === 'waiting' ? { tone: 'info', icon: Star } : { tone: 'good', icon: CircleCheck };
  if (ticket.question !== null) return { tone: 'info', icon: MessageCircleQuestionMark };
  if (ticket.step === 'resolved') return { tone: 'good', icon: CircleHelp };
  return { tone: 'info', icon: Info };
}

function NextActions({ view, reply, inputRef }: NextStepProps) {
  const { t } = useTranslation('ticket');
  const { ticket } = view;
  const dismissed = useTicketStore((state) => state.dismissedSurveys);
  if (ticket === null) return null;
  if (refusedRating(view) !== null) {
    return (
      <div className="ticket__next-action">
        <Button size="small" onPress={() => navigate({ screen: 'outbox' })}>
          {t('next.look')}
        </Button>
      </div>
    );
  }
  if (ticket.step === 'resolved' && !ticket.closed && !isChanging(view))
    return <DoesItWork reply={reply} inputRef={inputRef} />;
  const isRating = view.pending.some((item) => item.write.kind === 'rate');
  if (ticket.closed && ticket.survey === 'waiting' && !isRating && !dismissed.has(ticket.id)) {
    return (
      <div className="ticket__next-action">
        <Button size="small" onPress={() => navigate({ screen: 'survey', ticketId: ticket.id })}>
          {t('survey.now')}
        </Button>
      </div>
    );
  }
  return null;
}

/** Two answers that cannot be mistaken: a polite "thanks" never reopens a ticket. */
function DoesItWork({ reply, inputRef }: Omit<NextStepProps, 'view'>) {
  const { t } = useTranslation('ticket');
  const stillBroken = () => {
    reply.setStillBroken(true);
    requestAnimationFrame(() => inputRef.current?.focus());
  };
  return (
    <div className="ticket__verdict">
      <Button
        tone="primary"
        size="large"
        icon={Check}
        isPending={reply.isBusy && !reply.isStillBroken}
        onPress={() => void reply.confirm()}
      >
        {t('resolved.works')}
      </Button>
      <Button
        size="large"
        icon={RotateCcw}
        isDisabled={reply.isBusy}
        aria-expanded={reply.isStillBroken}
        onPress={stillBroken}
      >
        {t('resolved.broken')}
      </Button>
    </div>
  );
}

/** Whether the question of a ticket still needs an answer. */
export const isAsked = (view: TicketView): boolean =>
  view.ticket?.question !== null && view.ticket !== null && !view.ticket.closed && !isAnswering(view);
