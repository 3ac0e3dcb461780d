import { randomUUID } from 'node:crypto';
import type { Agreement, Announcement } from '@shared/domain/agreement';
import type { Attachment } from '@shared/domain/attachment';
import type { Intake } from '@shared/domain/intake';
import type { Ref, TicketId } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import type { SurveyAnswers } from '@shared/domain/survey';
import type { StateChange } from '@shared/domain/ticket';
import type { BoardTicket, Person, TicketPage, WriteAnswer } from '@shared/board-api';
import { WriteAnswerSchema } from '@shared/board-api';
import type { Store, Transaction } from '../data/store';
import { ONLY_ROW, type TicketRecord } from '../data/tables';
import type { Words } from '../staff/words';
import type { DeskClock, Pace } from '../types';
import { practiceAgreement } from './agreement';
import { announcementsFor, join } from './announcements';
import { once, writeRow, type StoredAnswer, type WriteKey } from './once';
import { plan, type PlanDeps } from './plan';
import { positionText, readPosition } from './position';
import { changeState, file, message, rate, type Occurrence, type Refusal } from './writes';

/** Why a write was not carried out. */
export type WriteFault =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'badUpload'; readonly index: number }
  | { readonly kind: 'notFound' }
  | 'keyReused';

/** A write's content as the user sent it. */
export type WriteContent =
  | {
      readonly kind: 'message';
      readonly text: string;
      readonly uploads: readonly string[];
      readonly followUp?: true | undefined;
    }
  | { readonly kind: 'state'; readonly change: StateChange; readonly text: string }
  | { readonly kind: 'rate'; readonly answers: SurveyAnswers; readonly comment: string };

/** The service board: everybody's tickets, and the rules by which they change. */
export interface Board {
  agreement(): Agreement;
  /** What everybody is told, and whether this person is on the list of those affected. */
  announcements(person: Person): readonly Announcement[];
  /** The person's ticket; `null` also where it is somebody else's. */
  ticket(person: Person, id: TicketId): BoardTicket | null;
  /** The person's tickets in the order of their last change. `null`: the cursor or watermark is none of ours. */
  page(
    person: Person,
    query: { updatedSince?: string | undefined; cursor?: string | undefined; limit: number },
  ): TicketPage | null;
  /** What became of the person's write. */
  byRef(person: Person, ref: Ref): WriteAnswer | null;
  file(
    person: Person,
    key: WriteKey,
    content: { summary: string; intake: Intake; uploads: readonly string[] },
  ): Promise<Result<StoredAnswer, WriteFault>>;
  write(
    person: Person,
    key: WriteKey,
    id: TicketId,
    content: WriteContent,
  ): Promise<Result<StoredAnswer, WriteFault>>;
  /** "I have this too": counts the person once, whatever the key. */
  join(person: Person, key: WriteKey, announcementId: string): Promise<Result<StoredAnswer, WriteFault>>;
  /** Lets the staff (or a test) change a ticket. An `err` of `change` changes nothing. */
  change<E>(id: TicketId, change: TicketChange<E>): Promise<Result<BoardTicket, E | 'notFound'>>;
}

/** A change of a ticket, told the time; it says when it happened, which may have been earlier. */
export type TicketChange<E> = (
  record: TicketRecord,
  tx: Transaction,
  now: Date,
) => Result<{ readonly record: TicketRecord; readonly at: Date }, E>;

/** What the board works with. */
export interface BoardDeps {
  readonly store: Store;
  readonly clock: DeskClock;
  readonly pace: Pace;
  readonly random: () => number;
  readonly words: Words;
  readonly timeZone: string;
}

/** The board over its data. */
export function createBoard(deps: BoardDeps): Board {
  const { store, clock, words } = deps;

  const agreement = (): Agreement =>
    store.table('agreement').get(ONLY_ROW)?.agreement ?? practiceAgreement(words, clock.now(), deps.timeZone);
  const planDeps = (): PlanDeps => ({ pace: deps.pace, random: deps.random, hours: agreement().hours });
  const own = (person: Person, id: TicketId): TicketRecord | null => {
    const record = store.table('ticket').get(id);
    return record?.ownerId === person.id ? record : null;
  };
  const occurrence = (person: Person, ref: Ref): Occurrence => ({
    ref,
    person,
    at: clock.now(),
    words,
    newId: () => randomUUID(),
  });

  return {
    agreement,
    announcements: (person) => announcementsFor(person.id, store.table('announcements').get(ONLY_ROW)),
    ticket: (person, id) => own(person, id)?.ticket ?? null,
    page: (person, query) => pageOf(store, person, query),
    byRef(person, ref) {
      const row = store.table('write').get(writeRow(person.id, ref));
      return row ? WriteAnswerSchema.parse(JSON.parse(row.answer)) : null;
    },
    file: (person, key, content) =>
      store.transact((tx) =>
        once<WriteFault>(tx, key, 201, () => {
          const happened = occurrence(person, key.ref);
          const id = randomUUID();
          const attachments = take(tx, content.uploads, person, id);
          if (!attachments.ok) return attachments;
          const number = String(tx.nextNumber());
          const filed = {
            id,
            number,
            summary: content.summary,
            intake: content.intake,
            attachments: attachments.value,
          };
          const record = file(filed, happened, agreement().hours.timeZone);
          saveTicket(tx, null, record, happened.at, planDeps());
          return ok(answerOf(record, key.ref));
        }),
      ),
    write: (person, key, id, content) =>
      store.transact((tx) =>
        once<WriteFault>(tx, key, content.kind === 'state' ? 200 : 201, () => {
          const record = tx.get('ticket', id);
          if (record?.ownerId !== person.id) return err({ kind: 'notFound' });
          const happened = occurrence(person, key.ref);
          const written = apply(tx, record, content, happened);
          if (!written.ok) return written;
          saveTicket(tx, record, written.value, happened.at, planDeps());
          return ok(answerOf(record, key.ref));
        }),
      ),
    join: (person, key, announcementId) =>
      store.transact((tx) =>
        once<WriteFault>(tx, key, 201, () => {
          const joined = join(tx, { announcementId, personId: person.id, ref: key.ref });
          return joined.ok ? ok({ ref: key.ref, ticketId: announcementId, ticketNumber: '' }) : joined;
        }),
      ),
    change: <E>(id: TicketId, change: TicketChange<E>) =>
      store.transact<BoardTicket, E | 'notFound'>((tx) => {
        const record = tx.get('ticket', id);
        if (!record) return err('notFound');
        const changed = change(record, tx, clock.now());
        if (!changed.ok) return changed;
        return ok(saveTicket(tx, record, changed.value.record, changed.value.at, planDeps()));
      }),
  };
}

const answerOf = ({ ticket }: TicketRecord, ref: Ref): WriteAnswer => ({
  ref,
  ticketId: ticket.id,
  ticketNumber: ticket.number,
});

/**
 * Stores a changed ticket under a new version. Every stored change gets one, so that the order of rows, the versions
 * and the pages agree.
 */
export function saveTicket(
  tx: Transaction,
  before: TicketRecord | null,
  after: TicketRecord,
  at: Date,
  deps: PlanDeps,
): BoardTicket {
  const updatedAt = [at.toISOString(), after.ticket.updatedAt].sort().at(-1) ?? at.toISOString();
  const ticket = { ...after.ticket, updatedAt, version: tx.nextSequence() };
  tx.put('ticket', ticket.id, { ...plan(before, after, at, deps), ticket });
  return ticket;
}

function apply(
  tx: Transaction,
  record: TicketRecord,
  content: WriteContent,
  happened: Occurrence,
): Result<TicketRecord, WriteFault> {
  switch (content.kind) {
    case 'message': {
      const attachments = take(tx, content.uploads, happened.person, record.ticket.id);
      if (!attachments.ok) return attachments;
      const { text, followUp = false } = content;
      return refusable(message(record, { text, followUp, attachments: attachments.value }, happened));
    }
    case 'state':
      return refusable(changeState(record, content, happened));
    case 'rate':
      return refusable(rate(record, { answers: content.answers, comment: content.comment }, happened));
  }
}

const refusable = (result: Result<TicketRecord, Refusal>): Result<TicketRecord, WriteFault> =>
  result.ok ? result : err({ kind: 'refused', refusal: result.fault });

/** Makes staged uploads of the person attachments of a ticket. */
function take(
  tx: Transaction,
  uploads: readonly string[],
  person: Person,
  ticketId: TicketId,
): Result<Attachment[], WriteFault> {
  const taken: Attachment[] = [];
  for (const [index, id] of uploads.entries()) {
    const upload = tx.get('upload', id);
    if (upload?.ownerId !== person.id) return err({ kind: 'badUpload', index });
    tx.drop('upload', id);
    taken.push(attach(tx, upload, ticketId));
  }
  return ok(taken);
}

/** Makes a stored file an attachment of a ticket. */
export function attach(
  tx: Transaction,
  stored: { name: string; type: string; size: number; sha256: string },
  ticketId: TicketId,
): Attachment {
  const attachment = { id: randomUUID(), name: stored.name, type: stored.type, size: stored.size };
  tx.put('attachment', attachment.id, { ...attachment, ticketId, sha256: stored.sha256 });
  return attachment;
}

function pageOf(
  store: Store,
  person: Person,
  query: { updatedSince?: string | undefined; cursor?: string | undefined; limit: number },
): TicketPage | null {
  const since = startOf(store, query.updatedSince);
  const after = startOf(store, query.cursor);
  if (since === null || after === null) return null;
  const start = Math.max(since, after);
  const tickets: BoardTicket[] = [];
  let more = false;
  for (const { ownerId, ticket } of store.table('ticket').values()) {
    if (ownerId !== person.id || ticket.version <= start) continue;
    more = tickets.length === query.limit;
    if (more) break;
    tickets.push(ticket);
  }
  const end = positionText({ epoch: store.epoch, sequence: tickets.at(-1)?.version ?? start });
  return { tickets, nextCursor: more ? end : null, watermark: end };
}

/** Where a page starts; data of before a fresh start is unknown here, so all of it is new. */
function startOf(store: Store, text: string | undefined): number | null {
  if (text === undefined) return 0;
  const position = readPosition(text);
  if (position === null) return null;
  return position.epoch === store.epoch ? position.sequence : 0;
}
