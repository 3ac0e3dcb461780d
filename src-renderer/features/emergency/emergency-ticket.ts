import { useMemo } from 'react';
import { isByEmail, wasSentByEmail } from '@shared/domain/by-email';
import type { EmergencySaid, EmergencyWatch } from '@shared/domain/emergency-watch';
import type { OutboxItem } from '@shared/domain/outbox';
import type { TicketKey } from '@shared/domain/route';
import { useApp } from '../../stores/app-store';
import { rowOfKey, useListRows } from '../../stores/selectors';
import { useOutboxStore } from '../../stores/outbox-store';

/** What is known of the ticket that was filed along with the call. */
export interface FiledEmergency {
  /** Its clock; `null` where none runs here (filed elsewhere, or not at all). */
  readonly watch: EmergencyWatch | null;
  /** One line of what is down; `null`: not written down. */
  readonly summary: string | null;
  /** What people say on the phone; `null` while the board has not given one. */
  readonly number: string | null;
  /** When it was filed; `null`: not here. */
  readonly filedAt: string | null;
  /** The answers, where it was filed on this machine. */
  readonly said: EmergencySaid | null;
  /** `waiting`, `sent`: it goes or went by e-mail, so that no confirmation is ever seen here; `null`: it did not. */
  readonly byEmail: 'waiting' | 'sent' | null;
}

const NOTHING: FiledEmergency = {
  watch: null,
  summary: null,
  number: null,
  filedAt: null,
  said: null,
  byEmail: null,
};

const wayOf = ({ state }: OutboxItem): 'waiting' | 'sent' => (wasSentByEmail(state) ? 'sent' : 'waiting');

/** The ticket of an emergency, from the list and the outbox: it is here from the moment it was sent, offline too. */
export function useEmergencyTicket(key: TicketKey | null): FiledEmergency {
  const { emergencies, capabilities } = useApp();
  const isMailbox = capabilities?.read === false;
  const rows = useListRows();
  const items = useOutboxStore((state) => state.items);
  return useMemo(() => {
    if (key === null) return NOTHING;
    const row = rowOfKey(rows, key);
    const ticket = row?.kind === 'ticket' ? row.ticket : null;
    const ref = ticket?.ref ?? key.replace(/^ref:/, '');
    const item = items.get(ref);
    const create = item?.write.kind === 'create' ? item.write : null;
    const watch = emergencies?.find((one) => one.ref === ref) ?? null;
    return {
      watch,
      summary: ticket?.summary ?? create?.summary ?? null,
      number: ticket?.number ?? null,
      filedAt: item?.acceptedAt ?? watch?.filedAt ?? null,
      said: create?.intake ?? watch?.said ?? null,
      byEmail: ticket === null && item && (isMailbox || isByEmail(item)) ? wayOf(item) : null,
    };
  }, [key, rows, items, emergencies, isMailbox]);
}
