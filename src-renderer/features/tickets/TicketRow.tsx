import { CircleAlert, CircleCheck, CircleHelp, CloudUpload, MailCheck, Siren } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { wasSentByEmail } from '@shared/domain/by-email';
import type { Tone } from '@shared/domain/ticket-words';
import { useReach } from '../../stores/app-store';
import { changedAt, isEmergency, summaryOf, type ListRow } from '../../stores/list-rows';
import { useNow } from '../../ui/environment';
import { StepPips } from '../../ui/StepPips';
import { TimeText } from '../../ui/TimeText';
import { stateOfRow, stepsReached } from './row-words';

/** One row: what it is about and how old the news is; where it stands in words, and six pips. */
export function TicketRow({ row }: { readonly row: ListRow }) {
  const { t } = useTranslation('status');
  const now = useNow();
  const { tone, word } = stateOfRow(row, { now, reach: useReach() });
  const reached = stepsReached(row);
  const hasPips = row.kind === 'ticket' && !row.ticket.withdrawn && !row.ticket.closed && reached > 0;
  const words = t(word.key, word.params);
  return (
    <div className="ticket-row">
      <span className="ticket-row__line">
        <span className="ticket-row__summary ui-one-line" dir="auto">
          {isEmergency(row) && <Siren aria-hidden size={14} strokeWidth={2} />}
          {summaryOf(row)}
        </span>{' '}
        <span className="ticket-row__age">
          <TimeText at={changedAt(row)} form="age" />
        </span>
      </span>{' '}
      <span className="ticket-row__line">
        <span className="ticket-row__state" data-tone={tone}>
          {row.kind === 'pending' && wasSentByEmail(row.item.state) ? (
            <MailCheck aria-hidden size={15} strokeWidth={1.75} />
          ) : (
            <ToneMark tone={tone} isUnsent={row.kind === 'pending'} />
          )}
          <span className="ui-one-line" title={words}>
            {words}
          </span>
        </span>
        {hasPips && <StepPips reached={reached} />}
      </span>
    </div>
  );
}

function ToneMark({ tone, isUnsent }: { readonly tone: Tone; readonly isUnsent: boolean }) {
  const icon = { 'aria-hidden': true, size: 15, strokeWidth: 1.75 } as const;
  if (isUnsent && tone === 'attention') return <CircleAlert {...icon} />;
  if (isUnsent) return <CloudUpload {...icon} />;
  switch (tone) {
    case 'done':
      return <CircleCheck {...icon} />;
    case 'unknown':
      return <CircleHelp {...icon} />;
    case 'attention':
    case 'waiting':
    case 'active':
      return <span className="ticket-row__dot" aria-hidden />;
  }
}
