import { CircleAlert, CircleCheck, Clock, CloudUpload, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DeskFault } from '@shared/domain/fault';
import type { OutboxItem } from '@shared/domain/outbox';
import { keyOfItem } from '@shared/domain/ticket-key';
import { shorten } from '@shared/domain/text';
import { itemWords, type Tone } from '@shared/domain/ticket-words';
import { useReach } from '../../stores/app-store';
import { summaryOf } from '../../stores/list-rows';
import { rowOfKey, useEmailOffer, useInsteadLanes, useListRows, useProgress } from '../../stores/selectors';
import { useNow } from '../../ui/environment';
import { TimeText } from '../../ui/TimeText';
import { EntryActions } from './EntryActions';
import { useTooLargeWords } from '../../stores/too-large-words';
import { filesOf, kindOf, textOf } from './item-facts';

const ICONS: Record<Tone, LucideIcon> = {
  attention: CircleAlert,
  waiting: Clock,
  active: CloudUpload,
  done: CircleCheck,
  unknown: Clock,
};

/** How much of a text names its item in a button's accessible name. */
const MAX_NAME = 60;

/** One item: what it is, what it says, where it stands, and what can be done with it. */
export function OutboxEntry({ item }: { readonly item: OutboxItem }) {
  const { t } = useTranslation(['outbox', 'status', 'common']);
  const now = useNow();
  const byEmail = useInsteadLanes().has(item.lane);
  const words = itemWords(item, { now, reach: useReach(), byEmail });
  const offer = useEmailOffer(item);
  const rows = useListRows();
  const about = rowOfKey(rows, keyOfItem(item));
  const Icon = ICONS[words.tone];
  const kind = t(`outbox:kind.${kindOf(item)}`);
  const text = textOf(item);
  const files = filesOf(item);
  const isDelivered = item.state.kind === 'delivered';
  const name = text === '' ? kind : shorten(text, MAX_NAME);
  return (
    <li className="outbox-item" data-tone={words.tone} aria-label={text === '' ? kind : `${kind}. ${name}`}>
      <p className="outbox-item__kind">
        <span>{kind}</span>
        <span className="outbox-item__when">
          <TimeText at={item.state.kind === 'delivered' ? item.state.at : item.acceptedAt} />
        </span>
      </p>
      {text !== '' && (
        <p className="outbox-item__text" dir="auto">
          {text}
        </p>
      )}
      {item.write.kind !== 'create' && about !== null && (
        <p className="outbox-item__about" dir="auto">
          {t('outbox:about', { summary: summaryOf(about) })}
        </p>
      )}
      {files > 0 && <p className="outbox-item__about">{t('outbox:filesOnly', { count: files })}</p>}
      <div className="outbox-item__state">
        <Icon aria-hidden size={17} strokeWidth={1.75} />
        <div>
          <p className="outbox-item__word">{t(`status:${words.key}`, words.params)}</p>
          {!isDelivered && <p className="outbox-item__detail">{t(`status:${words.detail}`, words.params)}</p>}
          <Reasons item={item} />
          {offer.kind === 'inDoubt' && (
            <p className="outbox-item__detail">{t('common:emailInstead.inDoubt')}</p>
          )}
          <Sent refOf={item.ref} />
        </div>
      </div>
      <EntryActions item={item} name={name} ticketKey={about?.key ?? null} />
    </li>
  );
}

/** What the service desk said, in its own words; or that it is too large, in ours. */
function Reasons({ item }: { readonly item: OutboxItem }) {
  const { t } = useTranslation('outbox');
  const tooLarge = useTooLargeWords(item);
  const { state } = item;
  if (tooLarge !== null) return <p className="outbox-item__detail">{tooLarge}</p>;
  if (state.kind !== 'needsAttention' || state.fault.kind !== 'rejected') return null;
  const said = reasonsOf(state.fault);
  if (said.length === 0) return null;
  return (
    <div className="outbox-item__reasons">
      <p>{t('reason')}</p>
      <ul>
        {said.map((reason) => (
          <li key={reason} dir="auto">
            {reason}
          </li>
        ))}
      </ul>
    </div>
  );
}

function reasonsOf(fault: Extract<DeskFault, { kind: 'rejected' }>): readonly string[] {
  const reasons = fault.fields.map((field) => field.reason).filter((reason) => reason.trim() !== '');
  return reasons.length > 0
    ? [...new Set(reasons)]
    : [fault.message].filter((message) => message.trim() !== '');
}

/** How much of its files has left. */
function Sent({ refOf }: { readonly refOf: string }) {
  const { t } = useTranslation('outbox');
  const progress = useProgress(refOf);
  if (progress === null || progress.total <= 0) return null;
  const share = Math.min(1, progress.sent / progress.total);
  const label = t('progress', { percent: Math.round(share * 100) });
  return (
    <div className="outbox-item__progress">
      <progress max={1} value={share} aria-label={label} />
      <span data-numeric>{label}</span>
    </div>
  );
}
