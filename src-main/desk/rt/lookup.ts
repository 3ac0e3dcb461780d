import type { RtFields } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import type { Ref, TicketId } from '@shared/domain/primitives';
import { assertNever, ok, type Result } from '@shared/domain/result';
import { cleanText } from '@shared/domain/text';
import type { Clock } from '../../platform/types';
import type { CallOptions, DeskConnector, RefLookup } from '../connector';
import { isGone } from '../http-faults';
import type { Calls } from './calls';
import { fieldOf } from './fields';
import type { Reading } from './reading';
import type { Refs, Sent } from './refs';
import { TicketShape, TransactionShape, type RtTicket } from './shapes';
import { refOf, surveyAnswers } from './ticket';
import { fieldIs, OWN, quoted } from './ticket-sql';
import { receiptOf } from './writing';

/** What looking up needs. */
export interface LookupDeps {
  readonly calls: Calls;
  readonly reading: Pick<Reading, 'get'>;
  readonly refs: Refs;
  readonly queue: string;
  readonly fields: RtFields;
  readonly clock: Clock;
  /** Whether RT was seen to drop the keys of tickets: then it cannot be asked for them. */
  readonly dropsKeys: () => boolean;
}

const UNKNOWN: DeskFault = { kind: 'ambiguous', cause: 'timeout' };
/** Something written may bear a time somewhat before this computer thinks it was sent, in ms. */
const MARGIN_MS = 60_000;

/**
 * Finds out what became of a write. `absent` takes three things: RT says so; it was asked after it can have been busy with the
 * write; and nothing was written since with the same words but without a key (RT drops what it may not store, and adds the
 * key of a reply only after the reply).
 */
export function createLookup(deps: LookupDeps): DeskConnector['findByRef'] {
  const { calls, reading, refs, queue, fields, clock } = deps;
  const canAsk = fields.ref !== null && fields.messageRef !== null;

  /** Filed with the ref, or rated with it; the ticket with the lowest number counts. */
  async function ticketOf(ref: Ref, { signal }: CallOptions): Promise<Result<TicketId | null, DeskFault>> {
    const names = [fields.ref, fields.surveyRef].filter((name) => name !== null);
    const query = names.map((name) => fieldIs(name, ref)).join(' OR ');
    const found = await calls.list('/tickets', TicketShape, (page) => page.length === 0, {
      query: { query, fields: 'CustomFields', orderby: 'id', order: 'ASC', per_page: '20' },
      signal,
    });
    if (!found.ok) return found;
    // A field that may not be seen is no condition for RT: only what bears the ref counts.
    const [first] = found.value.filter((ticket) => bears(ticket, ref)).toSorted(byId);
    return ok(first?.id ?? null);
  }

  function bears(ticket: RtTicket, ref: Ref): boolean {
    if (refOf(fieldOf(ticket, fields.ref)) === ref) return true;
    const isRatedBy = refOf(fieldOf(ticket, fields.surveyRef)) === ref;
    // RT stores fields one by one: a survey that is not complete was cut off.
    return isRatedBy && (surveyAnswers(ticket, fields) ?? ['']).every((answer) => answer !== '');
  }

  async function repliedTo(ref: Ref, { signal }: CallOptions): Promise<Result<TicketId | null, DeskFault>> {
    const found = await calls.list('/transactions', TransactionShape, (page) => page.length === 0, {
      query: {
        query: fieldIs(fields.messageRef ?? '', ref),
        fields: 'ObjectId,Type,CustomFields',
        orderby: 'id',
        per_page: '20',
      },
      signal,
    });
    if (!found.ok) return found;
    const own = found.value.filter((one) => refOf(fieldOf(one, fields.messageRef)) === ref);
    return ok(own.toSorted(byId)[0]?.ObjectId ?? null);
  }

  /** Something with the same words, written since, that bears no key. */
  async function sameWords(sent: Sent, options: CallOptions): Promise<Result<TicketId | null, DeskFault>> {
    switch (sent.kind) {
      case 'ticket':
        return sameTicket(sent.summary, sent.startedAt, options);
      case 'reply':
        return sameReply(sent, options);
      case 'fields':
        return ok(null);
      default:
        return assertNever(sent);
    }
  }

  async function sameTicket(
    summary: string,
    startedAt: number,
    { signal }: CallOptions,
  ): Promise<Result<TicketId | null, DeskFault>> {
    const seconds = Math.ceil((clock.now().getTime() - startedAt + MARGIN_MS) / 1000);
    const query = [OWN, `Queue = ${quoted(queue)}`, `Created >= '${Math.max(0, seconds)} seconds ago'`].join(
      ' AND ',
    );
    const found = await calls.list('/tickets', TicketShape, (page) => page.length === 0, {
      query: { query, fields: 'Subject,CustomFields', orderby: 'id', order: 'ASC', per_page: '50' },
      signal,
    });
    if (!found.ok) return found;
    const same = found.value.find(
      (ticket) => cleanText(ticket.Subject) === cleanText(summary) && !fieldOf(ticket, fields.ref),
    );
    return ok(same?.id ?? null);
  }

  async function sameReply(
    { ticketId, text, startedAt }: Extract<Sent, { kind: 'reply' }>,
    options: CallOptions,
  ): Promise<Result<TicketId | null, DeskFault>> {
    const ticket = await reading.get(ticketId, options);
    if (!ticket.ok) return isGone(ticket.fault) ? ok(null) : ticket;
    const isSame = ticket.value.messages.some(
      (message) =>
        message.author.kind === 'requester' &&
        message.ref === null &&
        message.text === text &&
        Date.parse(message.at) >= startedAt - MARGIN_MS,
    );
    return ok(isSame ? ticketId : null);
  }

  async function search(ref: Ref, options: CallOptions): Promise<Result<TicketId | null, DeskFault>> {
    if (!canAsk) return ok(null);
    const filed = await ticketOf(ref, options);
    return !filed.ok || filed.value !== null ? filed : repliedTo(ref, options);
  }

  return async (ref, options = {}): Promise<RefLookup> => {
    const known = refs.known(ref);
    if (known?.receipt) return { kind: 'receipt', receipt: known.receipt };
    if (!known && !canAsk) return { kind: 'impossible' };
    // Asked before the search: what is under way now may arrive right after it.
    const isOpen = refs.mayBeUnderWay(ref);
    const found = await search(ref, options);
    if (!found.ok) return { kind: 'unknown', fault: found.fault };
    if (found.value !== null) return { kind: 'receipt', receipt: receiptOf(found.value) };
    if (isOpen) return { kind: 'unknown', fault: UNKNOWN };
    const same = known ? await sameWords(known.sent, options) : ok(null);
    if (!same.ok) return { kind: 'unknown', fault: same.fault };
    if (same.value !== null) return { kind: 'receipt', receipt: receiptOf(same.value) };
    return known || !deps.dropsKeys() ? { kind: 'absent' } : { kind: 'impossible' };
  };
}

const byId = (one: { readonly id: string }, other: { readonly id: string }): number =>
  Number(one.id) - Number(other.id);
