import type { RtFields } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import { MAX_TEXT_LENGTH, type Ref } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import { cleanText, shorten } from '@shared/domain/text';
import type { Message } from '@shared/domain/ticket';
import type { CallOptions } from '../connector';
import { createKept } from '../kept';
import type { Words } from './body';
import type { Calls } from './calls';
import { fieldOf } from './fields';
import { textOfHtml } from './html';
import { letterOf, type Letter } from './parts';
import { isReply, peopleOf } from './people';
import {
  PartShape,
  TransactionShape,
  WordsShape,
  type RtPart,
  type RtTicket,
  type RtTransaction,
} from './shapes';
import { refOf, type TicketFacts } from './ticket';

/** What reading conversations needs. */
export interface ConversationDeps {
  readonly calls: Calls;
  readonly fields: RtFields;
  readonly words: Words;
  /** The ref of a reply that was written here, by its transaction; RT may have dropped the field. */
  readonly writtenHere: (transactionId: string) => Ref | null;
}

/** Tickets whose history is known, by id. */
export type Histories = ReadonlyMap<string, readonly RtTransaction[]>;

/** Reads what happened to tickets and what was said in them, for many tickets at once. */
export interface Conversations {
  /** What happened to each ticket, oldest first. */
  histories(tickets: readonly RtTicket[], options: CallOptions): Promise<Result<Histories, DeskFault>>;
  /** What was said in each ticket. */
  facts(
    tickets: readonly RtTicket[],
    histories: Histories,
    options: CallOptions,
  ): Promise<Result<readonly TicketFacts[], DeskFault>>;
}

/** What happens that Deskbell shows. Engineers' comments among themselves (`Comment`) are not for the requester. */
const TYPES = [
  ...['Create', 'Correspond', 'Status', 'Set', 'SetWatcher', 'CustomField'],
  ...['Give', 'Take', 'Steal', 'Untake', 'Force', 'AddLink'],
];
const HISTORY_FIELDS = {
  fields: 'Type,Field,OldValue,NewValue,Creator,Created,CustomFields,ObjectId',
  'fields[Creator]': 'Name,RealName',
};
/** How many ids one question names. */
const BATCH = 100;
/** How many bytes of words one question asks for; more are asked for in several. */
const BATCH_BYTES = 3_000_000;
/** How many texts are kept; they never change. */
const KEPT_TEXTS = 1_000;
const MAX_MESSAGE_LENGTH = MAX_TEXT_LENGTH * 2;
/** The first message of a ticket is named by what it is: its transaction is not known yet when the ticket was just filed. */
export const FIRST_MESSAGE = 'create';

/** Makes the reader of one session. */
export function createConversations({ calls, fields, words, writtenHere }: ConversationDeps): Conversations {
  const texts = createKept<string>(KEPT_TEXTS);

  const historyList = (
    path: string,
    ids: readonly string[],
    limits: readonly unknown[],
    options: CallOptions,
  ): Promise<Result<readonly RtTransaction[], DeskFault>> => {
    const types = { field: 'Type', operator: 'IN', value: TYPES };
    const query = { ...HISTORY_FIELDS, orderby: 'id', order: 'DESC', per_page: '100' };
    return calls.list(path, TransactionShape, untilCreated(ids), {
      query: { ...query, query: JSON.stringify([...limits, types]) },
      ...options,
    });
  };

  const transactionsOf = (ids: readonly string[], options: CallOptions) =>
    historyList(
      '/transactions',
      ids,
      [
        { field: 'ObjectType', value: 'RT::Ticket' },
        { field: 'ObjectId', operator: 'IN', value: ids },
      ],
      options,
    );

  /** Of a ticket that others were merged into, with theirs; RT finds those by the ticket alone. */
  const mergedHistory = (id: string, options: CallOptions) =>
    historyList(`/ticket/${id}/history`, [id], [], options);

  async function partsOf(
    transactions: readonly string[],
    signal: CallOptions,
  ): Promise<Result<readonly RtPart[], DeskFault>> {
    return inBatches(transactions, BATCH, (batch) =>
      calls.list('/attachments', PartShape, (page, perPage) => page.length < perPage, {
        query: {
          fields: 'Filename,ContentType,ContentLength,TransactionId',
          orderby: 'id',
          per_page: '100',
          query: JSON.stringify([{ field: 'TransactionId', operator: 'IN', value: batch }]),
        },
        ...signal,
      }),
    );
  }

  async function fetchTexts(
    parts: readonly RtPart[],
    signal: CallOptions,
  ): Promise<Result<ReadonlyMap<string, string>, DeskFault>> {
    const found = new Map(
      parts.flatMap(({ id }) => {
        const text = texts.get(id);
        return text === undefined ? [] : [[id, text] as const];
      }),
    );
    for (const batch of bySize(parts.filter(({ id }) => !found.has(id)))) {
      const some = await calls.list('/attachments', WordsShape, (page, perPage) => page.length < perPage, {
        query: {
          fields: 'Content',
          orderby: 'id',
          per_page: '100',
          query: JSON.stringify([{ field: 'id', operator: 'IN', value: batch.map(({ id }) => id) }]),
        },
        ...signal,
      });
      if (!some.ok) return some;
      for (const { id, Content: text } of some.value) {
        texts.set(id, text);
        found.set(id, text);
      }
    }
    return ok(found);
  }

  async function textOf(
    { words: parts, isHtml }: Letter,
    contents: ReadonlyMap<string, string>,
  ): Promise<string> {
    const pieces = parts.map(({ id }) => contents.get(id) ?? '');
    const plain = isHtml ? await Promise.all(pieces.map(textOfHtml)) : pieces;
    return cleanText(plain.join('\n\n')).trim();
  }

  return {
    async histories(tickets, options) {
      const ids = tickets.map(({ id }) => id);
      const all = await inBatches(ids, BATCH, (batch) => transactionsOf(batch, options));
      if (!all.ok) return all;
      const histories = new Map<string, readonly RtTransaction[]>(ids.map((id) => [id, []]));
      for (const [id, own] of grouped(all.value, (one) => one.ObjectId)) histories.set(id, oldestFirst(own));
      for (const [id, own] of histories) {
        if (!own.some((one) => isMerger(one, id))) continue;
        const whole = await mergedHistory(id, options);
        if (!whole.ok) return whole;
        histories.set(id, oldestFirst(whole.value));
      }
      return ok(histories);
    },

    async facts(tickets, histories, options) {
      const historyOf = (ticket: RtTicket): readonly RtTransaction[] => histories.get(ticket.id) ?? [];
      const letters = tickets.flatMap(historyOf).filter(isLetter);
      const parts = await partsOf(
        letters.map(({ id }) => id),
        options,
      );
      if (!parts.ok) return parts;
      const byLetter = grouped(parts.value, (part) => part.TransactionId);
      const taken = new Map(letters.map(({ id }) => [id, letterOf(byLetter.get(id) ?? [])]));
      const contents = await fetchTexts(
        [...taken.values()].flatMap((letter) => letter.words),
        options,
      );
      if (!contents.ok) return contents;
      return ok(
        await Promise.all(tickets.map((ticket) => factsOf(ticket, historyOf(ticket), taken, contents.value))),
      );
    },
  };

  async function factsOf(
    ticket: RtTicket,
    history: readonly RtTransaction[],
    letters: ReadonlyMap<string, Letter>,
    contents: ReadonlyMap<string, string>,
  ): Promise<TicketFacts> {
    const people = peopleOf(ticket);
    const said = await Promise.all(
      history.filter(isLetter).map(async (one) => {
        const letter = letters.get(one.id) ?? letterOf([]);
        return { one, letter, text: await textOf(letter, contents) };
      }),
    );
    const filing = said.find(({ one }) => one.Type === 'Create' && one.ObjectId === ticket.id);
    const filed = filing ? words.parts(filing.text) : null;
    const messages = said
      .filter(({ text, letter }) => text !== '' || letter.files.length > 0)
      .map(({ one, letter, text }): Message => {
        const isFirst = one === filing?.one;
        return {
          id: isFirst ? FIRST_MESSAGE : one.id,
          ref: isFirst ? refOf(fieldOf(ticket, fields.ref)) : refOfReply(one),
          at: one.Created ?? ticket.Created ?? new Date(0).toISOString(),
          author: people.authorOf(one.Creator),
          text: shorten(isFirst && filed ? filed.text : text, MAX_MESSAGE_LENGTH),
          attachments: [...letter.files],
        };
      });
    return { ticket, history, messages, filed };
  }

  function refOfReply(one: RtTransaction): Ref | null {
    return refOf(fieldOf(one, fields.messageRef)) ?? writtenHere(one.id);
  }
}

/**
 * When a history is complete that RT does not count. It comes newest first, so it ends with the creation of every ticket in
 * it; pages before that may be short or even empty, because what may not be seen takes up room.
 */
function untilCreated(ids: readonly string[]): (page: readonly RtTransaction[], perPage: number) => boolean {
  const met = new Set(ids);
  const created = new Set<string>();
  return (page, perPage) => {
    for (const { ObjectId: id, Type: type } of page) {
      met.add(id);
      if (type === 'Create') created.add(id);
    }
    return met.size === created.size && page.length < perPage;
  };
}

const isLetter = (one: RtTransaction): boolean => one.Type === 'Create' || isReply(one);
const oldestFirst = (all: readonly RtTransaction[]): readonly RtTransaction[] =>
  all.toSorted((one, other) => Number(one.id) - Number(other.id));

/** Whether it tells that another ticket was merged into this one. */
const isMerger = (one: RtTransaction, id: string): boolean =>
  one.Type === 'AddLink' && one.Field === 'MergedInto' && one.NewValue.endsWith(`/ticket/${id}`);

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Asks batch by batch and puts the answers together; nothing is asked for nothing. */
async function inBatches<Item, T>(
  items: readonly Item[],
  size: number,
  ask: (batch: readonly Item[]) => Promise<Result<readonly T[], DeskFault>>,
): Promise<Result<readonly T[], DeskFault>> {
  const all: T[] = [];
  for (let start = 0; start < items.length; start += size) {
    const some = await ask(items.slice(start, start + size));
    if (!some.ok) return err(some.fault);
    all.push(...some.value);
  }
  return ok(all);
}

/** Batches of at most `BATCH` parts and, unless one alone is larger, `BATCH_BYTES`. */
function bySize(parts: readonly RtPart[]): readonly (readonly RtPart[])[] {
  const batches: RtPart[][] = [];
  let bytes = 0;
  for (const part of parts) {
    const last = batches.at(-1);
    if (!last || last.length >= BATCH || bytes + part.ContentLength > BATCH_BYTES) {
      batches.push([part]);
      bytes = part.ContentLength;
    } else {
      last.push(part);
      bytes += part.ContentLength;
    }
  }
  return batches;
}
