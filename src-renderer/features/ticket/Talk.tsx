import { CircleCheck, CircleAlert, Clock3, CloudUpload, type LucideIcon } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxItem } from '@shared/domain/outbox';
import type { Message } from '@shared/domain/ticket';
import { itemWords, type Tone } from '@shared/domain/ticket-words';
import { clockOf, dayOf } from '@shared/domain/time-words';
import { useApp, useReach } from '../../stores/app-store';
import { useInsteadLanes, useProgress } from '../../stores/selectors';
import { useNow, useUi } from '../../ui/environment';
import { FileChip } from '../../ui/FileChip';
import { BoardFile } from './BoardFile';
import { byDay, type Saying } from './conversation';
import { ItemActions, RefusalWords } from './ItemActions';
import { MessageText } from './MessageText';

export interface TalkProps {
  readonly sayings: readonly Saying[];
  /** The board's ticket, which holds the attachments; `null` while it has none. */
  readonly ticketId: string | null;
  /** Why no message can be taken back for editing now; `null`: it can. */
  readonly editBusy: string | null;
}

/** The conversation by days: the user's words on their side, the desk's on the other. */
export function Talk({ sayings, ticketId, editBusy }: TalkProps) {
  const { t } = useTranslation('ticket');
  const app = useApp();
  const now = useNow();
  const days = useMemo(() => byDay(sayings, app.timeZone), [sayings, app.timeZone]);
  return (
    <section className="ticket__conversation" aria-label={t('talk.label')}>
      {sayings.length === 0 && <p className="ticket__silence">{t('talk.empty')}</p>}
      {days.map((day) => (
        <div key={day.at} className="ticket__day">
          {days.length > 1 && (
            <h2 className="ticket__day-name">
              <span>{dayOf(day.at, now, app)}</span>
            </h2>
          )}
          <ul className="ticket__sayings">
            {day.sayings.map((saying) => (
              <SayingItem key={saying.key} saying={saying} ticketId={ticketId} editBusy={editBusy} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

interface SayingProps<Kind extends Saying = Saying> extends Omit<TalkProps, 'sayings'> {
  readonly saying: Kind;
}

function SayingItem({ saying, ticketId, editBusy }: SayingProps) {
  switch (saying.kind) {
    case 'message':
      return <BoardMessage message={saying.message} isOwn={saying.isOwn} ticketId={ticketId} />;
    case 'outgoing':
      return <Outgoing saying={saying} editBusy={editBusy} />;
    case 'told':
      return <Told saying={saying} />;
  }
}

interface BoardMessageProps {
  readonly message: Message;
  readonly isOwn: boolean;
  readonly ticketId: string | null;
}

function BoardMessage({ message, isOwn, ticketId }: BoardMessageProps) {
  const { t } = useTranslation('ticket');
  const { author, text, attachments, at } = message;
  const role = author.kind === 'staff' ? t(`talk.role.${author.staff.role}`) : null;
  const name = author.kind === 'staff' ? author.staff.name : isOwn ? t('talk.you') : author.name;
  return (
    <li className="ticket__saying" data-own={author.kind === 'requester' || undefined}>
      <Byline name={name} role={role !== name.toLowerCase() ? role : null} at={at} />
      {text !== '' && <MessageText text={text} />}
      {attachments.length > 0 && (
        <ul className="ticket__files">
          {attachments.map((file) => (
            <li key={file.id}>
              {ticketId === null ? <FileChip {...file} /> : <BoardFile ticketId={ticketId} file={file} />}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Byline({
  name,
  role,
  at,
}: {
  readonly name: string;
  readonly role: string | null;
  readonly at: string;
}) {
  const app = useApp();
  const { time } = useUi();
  return (
    <p className="ticket__byline">
      <bdi>{name}</bdi>
      {role !== null && `, ${role}`}
      {', '}
      <time dateTime={at} title={time.exact(at)} data-numeric>
        {clockOf(at, app)}
      </time>
    </p>
  );
}

type SayingOf<Kind extends Saying['kind']> = Extract<Saying, { kind: Kind }>;

function Outgoing({ saying, editBusy }: Omit<SayingProps<SayingOf<'outgoing'>>, 'ticketId'>) {
  const { t } = useTranslation('ticket');
  const { item, text, files, at } = saying;
  const progress = useProgress(item.ref);
  const isRefused = item.state.kind === 'needsAttention';
  // The ticket itself has its state and its buttons on top.
  const isTicket = item.write.kind === 'create';
  return (
    <li
      className="ticket__saying"
      data-own
      data-waiting={item.state.kind !== 'delivered' || undefined}
      data-refused={isRefused || undefined}
    >
      <Byline name={t('talk.you')} role={null} at={at} />
      {text !== '' && <MessageText text={text} />}
      {files.length > 0 && (
        <ul className="ticket__files">
          {files.map((file) => (
            <li key={`${file.sha256} ${file.name}`}>
              <FileChip {...file} />
            </li>
          ))}
        </ul>
      )}
      {progress !== null && progress.total > 0 && (
        <progress
          className="ticket__progress"
          max={progress.total}
          value={progress.sent}
          aria-label={t('item.progress', { percent: Math.floor((100 * progress.sent) / progress.total) })}
        />
      )}
      {!isTicket && <ItemState item={item} editBusy={editBusy} />}
    </li>
  );
}

function Told({ saying }: { readonly saying: SayingOf<'told'> }) {
  const { t } = useTranslation('ticket');
  return (
    <li className="ticket__told">
      <p>
        <strong>{t(`told.${saying.change}`)}</strong>
      </p>
      {saying.text !== '' && <MessageText text={saying.text} />}
      <ItemState item={saying.item} editBusy={null} />
    </li>
  );
}

const ICONS: Record<Tone, LucideIcon> = {
  attention: CircleAlert,
  waiting: Clock3,
  active: CloudUpload,
  done: CircleCheck,
  unknown: Clock3,
};

/** Where a write stands, in words; what it means and what can be done where it waits. */
function ItemState({ item, editBusy }: { readonly item: OutboxItem; readonly editBusy: string | null }) {
  const { t } = useTranslation('status');
  const byEmail = useInsteadLanes().has(item.lane);
  const words = itemWords(item, { now: useNow(), reach: useReach(), byEmail });
  const Icon = ICONS[words.tone];
  return (
    <div className="ticket__item" data-tone={words.tone}>
      <p className="ticket__item-word" title={t(words.detail, words.params)}>
        <Icon aria-hidden size={14} strokeWidth={1.75} />
        {t(words.key, words.params)}
      </p>
      {item.state.kind === 'needsAttention' && (
        <>
          <p className="ticket__item-detail">{t(words.detail, words.params)}</p>
          <RefusalWords item={item} />
        </>
      )}
      <ItemActions item={item} editBusy={editBusy} />
    </div>
  );
}
