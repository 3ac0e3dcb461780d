import { MAX_FILE_BYTES } from '@shared/domain/attachment';
import type { RtFields } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import type { TicketId } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import type { Ticket } from '@shared/domain/ticket';
import type { Clock } from '../../platform/types';
import type { CallOptions, ChangePage, DeskConnector } from '../connector';
import { GONE, jsonOf, notTheBoard } from '../http-faults';
import { createKept } from '../kept';
import type { Calls, Dated, Page } from './calls';
import type { Conversations, Histories } from './conversation';
import {
  closeCursor,
  completed,
  isDoubtful,
  onlyFresh,
  openCursor,
  reachesBack,
  windowOf,
  type Cursor,
  type Seen,
} from './cursor';
import { BytesShape, TicketShape, UserShape, type RtTicket } from './shapes';
import { ticketOf, type TicketFacts } from './ticket';
import { OWN } from './ticket-sql';

/** What reading needs. */
export interface ReadingDeps {
  readonly calls: Calls;
  readonly conversations: Conversations;
  readonly fields: RtFields;
  readonly clock: Clock;
}

/** The reading half, and what writing needs of it. */
export interface Reading extends Pick<
  DeskConnector,
  'whoAmI' | 'agreement' | 'announcements' | 'listChanged' | 'get' | 'download'
> {
  /** The ticket's own fields with the tag by which RT tells whether it has changed. */
  bare(id: TicketId, options?: CallOptions): Promise<Result<Tagged, DeskFault>>;
  /** A ticket that was just filed, so that it need not be read again. */
  keep(facts: TicketFacts, etag: string): void;
}

/** A ticket's own fields. */
export interface Tagged {
  readonly ticket: RtTicket;
  /** Empty where RT gave none. */
  readonly etag: string;
}

/** How many tickets are kept for If-None-Match. */
const KEPT_TICKETS = 200;
/** Tickets of one page of a listing: each of them has fields that RT looks up one by one. */
const PAGE_SIZE = 50;
const TICKET_FIELDS = {
  fields: 'Subject,Status,Created,LastUpdated,Resolved,Owner,Requestor,CustomFields',
  'fields[Owner]': 'Name,RealName',
  'fields[Requestor]': 'Name,RealName',
};
const FILE_TIMEOUTS = { overall: 30 * 60_000 };

/** The reading half of an RT connector. */
export function createReading({ calls, conversations, fields, clock }: ReadingDeps): Reading {
  const kept = createKept<{ readonly etag: string; readonly ticket: Ticket }>(KEPT_TICKETS);
  const shown = (facts: TicketFacts): Ticket => ticketOf(facts, fields, clock.now());

  async function fetchBare(
    id: TicketId,
    { signal }: CallOptions,
    etag = '',
  ): Promise<Result<Tagged | 'unchanged', DeskFault>> {
    if (!isTicketId(id)) return err(GONE);
    const answer = await calls.fetch(`/ticket/${id}`, {
      query: { 'fields[Owner]': 'Name,RealName' },
      ...(etag === '' ? {} : { headers: { 'If-None-Match': etag } }),
      signal,
    });
    if (!answer.ok) return answer;
    if (answer.value.status === 304) return ok('unchanged');
    const ticket = TicketShape.safeParse(jsonOf(answer.value));
    if (!ticket.success) return err(notTheBoard('read'));
    // Merged into another ticket, which RT gives instead.
    if (ticket.data.id !== id) return err(GONE);
    return ok({ ticket: ticket.data, etag: answer.value.headers['etag'] ?? '' });
  }

  async function get(id: TicketId, options: CallOptions = {}): Promise<Result<Ticket, DeskFault>> {
    const known = kept.get(id);
    const found = await fetchBare(id, options, known?.etag);
    if (!found.ok) return found;
    if (found.value === 'unchanged')
      return known ? ok(known.ticket) : err({ kind: 'serverFault', status: 304 });
    const { ticket, etag } = found.value;
    const histories = await conversations.histories([ticket], options);
    if (!histories.ok) return histories;
    const facts = await conversations.facts([ticket], histories.value, options);
    if (!facts.ok) return facts;
    const [one] = facts.value;
    if (!one) return err(GONE);
    const whole = shown(one);
    if (etag !== '') kept.set(id, { etag, ticket: whole });
    return ok(whole);
  }

  /**
   * One page of the tickets that changed. The board's own clock counts: its answer says whether the question reached back far
   * enough, and if this computer's clock was set meanwhile, it is asked once more.
   */
  async function changedSince(
    cursor: Cursor,
    { signal }: CallOptions,
  ): Promise<Result<Dated<Page<RtTicket>>, DeskFault>> {
    const ask = (seconds: number | null) =>
      calls.page('/tickets', TicketShape, { query: listQuery(cursor, seconds), signal });
    const seconds = windowOf(cursor, clock.now());
    const found = await ask(seconds);
    if (!found.ok || seconds === null || reachesBack(cursor, seconds, found.value.served)) return found;
    const skew = found.value.served - clock.now().getTime();
    return ask(windowOf({ ...cursor, skew }, clock.now()));
  }

  async function listPage(cursor: Cursor, options: CallOptions): Promise<Result<ChangePage, DeskFault>> {
    const found = await changedSince(cursor, options);
    if (!found.ok) return found;
    const { value: page, served } = found.value;
    const isOpen = (ticket: RtTicket): boolean => !isKnown(ticket, cursor.seen[ticket.id], served);
    const doubtful = page.items.filter(isOpen);
    const histories = await conversations.histories(doubtful, options);
    if (!histories.ok) return histories;
    const stamps = new Map(doubtful.map((ticket) => [ticket.id, stampOf(ticket, histories.value, served)]));
    const changed = doubtful.filter(({ id }) => !isSame(cursor.seen[id], stamps.get(id)));
    const facts = await conversations.facts(changed, histories.value, options);
    if (!facts.ok) return facts;
    const seen = { ...cursor.seen, ...Object.fromEntries(stamps) };
    return ok({ tickets: facts.value.map(shown), ...next(cursor, page, served, seen) });
  }

  function next(
    cursor: Cursor,
    page: Page<RtTicket>,
    served: number,
    seen: Cursor['seen'],
  ): Pick<ChangePage, 'cursor' | 'more'> {
    const skew = served - clock.now().getTime();
    const began = cursor.began ?? served;
    const last = page.items.at(-1);
    const more = last !== undefined && page.more !== false;
    const following: Cursor = more
      ? { ...cursor, skew, began, after: Number(last.id), seen: onlyFresh(seen, began) }
      : completed(began, skew, seen);
    return { cursor: closeCursor(following), more };
  }

  return {
    get,
    listChanged: (text, options = {}) => listPage(openCursor(text), options),

    async bare(id, options = {}) {
      const found = await fetchBare(id, options);
      if (!found.ok) return found;
      return found.value === 'unchanged' ? err({ kind: 'serverFault', status: 304 }) : ok(found.value);
    },

    keep(facts, etag) {
      if (etag !== '') kept.set(facts.ticket.id, { etag, ticket: shown(facts) });
    },

    async whoAmI(options) {
      const user = await calls.user();
      if (!user.ok) return user;
      const me = await calls.read(`/user/${encodeURIComponent(user.value)}`, UserShape, options);
      if (!me.ok) return me;
      const { id, Name, RealName, EmailAddress: email, WorkPhone, MobilePhone } = me.value;
      return ok({ id, name: RealName || Name, email, phone: WorkPhone || MobilePhone });
    },

    // RT knows neither.
    agreement: async () => ok(null),
    announcements: async () => ok([]),

    async download(_ticketId, attachmentId, { signal } = {}) {
      if (!isTicketId(attachmentId)) return err(GONE);
      const found = await calls.read(`/attachment/${attachmentId}`, BytesShape, {
        maxBytes: 2 * MAX_FILE_BYTES,
        timeouts: FILE_TIMEOUTS,
        signal,
      });
      return found.ok ? ok(Buffer.from(found.value.Content, 'base64')) : found;
    },
  };
}

/** Whether a text is an id of RT; anything else would be another address. */
export const isTicketId = (id: string): boolean => /^\d{1,18}$/.test(id);

/** In the order of their ids, which never changes while the pages are read. */
function listQuery({ after }: Cursor, seconds: number | null): Record<string, string> {
  const own = `${OWN} AND id > ${after}`;
  return {
    ...TICKET_FIELDS,
    query: seconds === null ? own : `${own} AND LastUpdated >= '${seconds} seconds ago'`,
    orderby: 'id',
    order: 'ASC',
    per_page: `${PAGE_SIZE}`,
  };
}

/** Whether a ticket is found again only because listings overlap. */
const isKnown = (ticket: RtTicket, seen: Seen | undefined, served: number): boolean =>
  seen !== undefined && seen.changedAt === ticket.LastUpdated && !isDoubtful(seen, served);

const stampOf = (ticket: RtTicket, histories: Histories, served: number): Seen => ({
  changedAt: ticket.LastUpdated ?? '',
  last: histories.get(ticket.id)?.at(-1)?.id ?? '',
  readAt: served,
});

const isSame = (one: Seen | undefined, other: Seen | undefined): boolean =>
  one?.changedAt === other?.changedAt && one?.last === other?.last;
