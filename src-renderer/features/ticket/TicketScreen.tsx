import { CloudAlert, TicketX } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketKey } from '@shared/domain/route';
import { keyOfTicket } from '@shared/domain/ticket-key';
import { connected, useApp } from '../../stores/app-store';
import { callFaultWords } from '../../stores/fault-words';
import { navigate } from '../../stores/navigation';
import { useTicket, type TicketView } from '../../stores/selectors';
import { openTicket } from '../../stores/ticket-store';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { ScreenHeader } from '../../ui/ScreenHeader';
import { Skeleton } from '../../ui/Skeleton';
import { Talk } from './Talk';
import { sayingsOf } from './conversation';
import { Details } from './Details';
import { Leftover } from './Leftover';
import { NextStep } from './NextStep';
import { Reply } from './Reply';
import { TicketHead } from './TicketHead';
import { pendingTimeline, timelineOf } from './timeline';
import { Timeline } from './Timeline';
import { useArrivals } from './use-arrivals';
import { useReply, type ReplyModel } from './use-reply';
import './ticket.css';

export interface TicketScreenProps {
  readonly ticketKey: TicketKey;
  /** Shows the way back; where there is one pane only. */
  readonly onBack?: () => void;
}

/** One ticket: where it stands, what happens next, and the conversation. Also while it waits in the outbox. */
export function TicketScreen({ ticketKey, onBack }: TicketScreenProps) {
  const view = useTicket(ticketKey);
  switch (useSteadyPhase(ticketKey, view)) {
    case 'ready':
      return (
        <OpenTicket key={ticketKey} view={view} ticketKey={canonicalKey(view, ticketKey)} onBack={onBack} />
      );
    case 'loading':
      return (
        <Blank view={view} onBack={onBack}>
          <Skeleton shape="page" count={5} />
        </Blank>
      );
    case 'missing':
      return (
        <Blank view={view} onBack={onBack}>
          <Missing />
        </Blank>
      );
    case 'failed':
      return (
        <Blank view={view} onBack={onBack}>
          <Failed view={view} />
        </Blank>
      );
  }
}

/**
 * When the board has taken a ticket that is on screen, its row may be here before the whole ticket: what is on screen
 * stays, with the focus, the words and the panels in it.
 */
function useSteadyPhase(key: TicketKey, { phase, create }: TicketView): TicketView['phase'] {
  const [shown, setShown] = useState<TicketKey | null>(null);
  if (phase === 'ready' && shown !== key) setShown(key);
  return phase === 'loading' && shown === key && create !== null ? 'ready' : phase;
}

interface PartProps {
  readonly view: TicketView;
  readonly onBack: (() => void) | undefined;
}

/** What a draft or a write goes by: the same before and after the board took the ticket. */
function canonicalKey(view: TicketView, key: TicketKey): TicketKey {
  if (view.create !== null) return `ref:${view.create.ref}`;
  return view.summary === null ? key : keyOfTicket(view.summary);
}

function OpenTicket({ view, ticketKey, onBack }: PartProps & { readonly ticketKey: TicketKey }) {
  const { t } = useTranslation('ticket');
  const { ticket, create, items } = view;
  const app = useApp();
  const person = connected(app)?.person.name;
  const sayings = useMemo(
    () =>
      sayingsOf(
        ticket?.messages ?? [],
        items,
        ({ author }) =>
          // A board that has one requester per ticket may leave the name out.
          author.kind === 'requester' &&
          (author.name === '' || person === undefined || author.name === person),
      ),
    [ticket, items, person],
  );
  const steps = ticket === null ? pendingTimeline(create?.acceptedAt ?? null) : timelineOf(ticket);
  const bodyRef = useRef<HTMLDivElement>(null);
  const talkRef = useRef<HTMLDivElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const arrivals = useArrivals(sayings, { bodyRef, talkRef, contentRef });
  const reply = useReply(ticketKey, view);
  const inputRef = useRef<HTMLTextAreaElement>(null);
  return (
    <div className="ticket">
      <div className="ticket__body" ref={bodyRef}>
        <div className="ticket__top">
          <TicketHead view={view} ticketKey={ticketKey} onBack={onBack} inputRef={inputRef} />
          {!view.byEmail && <Timeline steps={steps} visit={ticket?.visit ?? null} />}
          <NextStep view={view} reply={reply} inputRef={inputRef} />
        </div>
        <div className="ticket__talk" ref={talkRef} tabIndex={-1}>
          <div ref={contentRef}>
            <Details view={view} />
            <Talk
              sayings={sayings}
              ticketId={ticket?.id ?? null}
              editBusy={reply.isBlank ? null : t('item.editBusy')}
            />
          </div>
        </div>
      </div>
      {view.byEmail ? (
        <LeftOver view={view} reply={reply} />
      ) : (
        <Reply view={view} reply={reply} arrivals={arrivals} inputRef={inputRef} />
      )}
    </div>
  );
}

/** What was begun as a message before the ticket went by e-mail: the desk's answer is where the conversation goes on. */
function LeftOver({ view, reply }: { readonly view: TicketView; readonly reply: ReplyModel }) {
  if (reply.isBlank || view.create === null) return null;
  return (
    <div className="ticket__foot">
      <div className="ticket__end">
        <Leftover text={reply.state.content.text} onDiscard={() => void reply.editor.discard()} />
      </div>
    </div>
  );
}

function Blank({ view, onBack, children }: PartProps & { readonly children: React.ReactNode }) {
  const { t } = useTranslation('ticket');
  const title = view.summary?.summary ?? '';
  return (
    <div className="ticket">
      <div className="ticket__body">
        <div className="ticket__top">
          {(title !== '' || onBack !== undefined) && (
            <ScreenHeader
              title={title === '' ? t('unnamed') : title}
              {...(onBack === undefined ? {} : { onBack })}
            />
          )}
          {children}
        </div>
      </div>
    </div>
  );
}

function Missing() {
  const { t } = useTranslation('ticket');
  return (
    <EmptyState
      icon={TicketX}
      title={t('missing.title')}
      actions={<Button onPress={() => navigate({ screen: 'tickets' })}>{t('missing.back')}</Button>}
    >
      {t('missing.text')}
    </EmptyState>
  );
}

function Failed({ view }: { readonly view: TicketView }) {
  const { t } = useTranslation(['ticket', 'common']);
  const { t: common } = useTranslation('common');
  const id = view.summary?.id;
  const words = view.fault === null ? null : callFaultWords(view.fault, common);
  return (
    <EmptyState
      icon={CloudAlert}
      title={words?.title ?? t('failed.title')}
      actions={
        id !== undefined && (
          <Button tone="primary" onPress={() => void openTicket(id)}>
            {t('common:action.retry')}
          </Button>
        )
      }
    >
      {words?.text ?? t('failed.text')}
    </EmptyState>
  );
}
