import * as z from 'zod';
import type { BoardCheck, RtFields } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import type { Clock } from '../../platform/types';
import type { CallOptions } from '../connector';
import { isGone, jsonOf } from '../http-faults';
import type { Calls } from './calls';
import { fieldOf } from './fields';
import { isTicketId, type Reading } from './reading';
import { OWN, quoted } from './ticket-sql';
import { QueueShape, TicketShape, VersionShape, type RtQueue, type RtTicket } from './shapes';

/** What checking needs. */
export interface CheckDeps {
  readonly calls: Calls;
  readonly reading: Pick<Reading, 'whoAmI'>;
  readonly url: URL;
  readonly queue: string;
  readonly fields: RtFields;
  readonly clock: Clock;
  /** Whether RT was seen to drop the keys of tickets. */
  readonly dropsKeys: () => boolean;
}

type Line = BoardCheck;
type Outcome = Line['outcome'];
type Effect = NonNullable<Line['effect']>;

/** How far this computer's clock may be off, in ms. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
/** A ticket with what its reader may do with it. */
const LinkedShape = z.object({ _hyperlinks: z.array(z.object({ ref: z.string().nullish() })).default([]) });

/**
 * *Check this board*: everything RT needs for Deskbell, as the signed-in user sees it. Nothing is changed, so some rights show
 * only by what earlier tickets of the user prove; without any they stay unknown.
 */
export async function checkRt(
  deps: CheckDeps,
  options: CallOptions = {},
): Promise<Result<readonly BoardCheck[], DeskFault>> {
  const { calls, reading, url, queue, clock } = deps;
  const version = await calls.fetch('/rt', options);
  if (!version.ok) return version;
  const me = await reading.whoAmI(options);
  if (!me.ok && !isGone(me.fault)) return me;
  const found = await calls.read(`/queue/${encodeURIComponent(queue)}`, QueueShape, options);
  if (!found.ok && !isGone(found.fault)) return found;
  const proof = await proofOf(deps, options);
  if (!proof.ok) return proof;
  const about = VersionShape.safeParse(jsonOf(version.value));
  const board = found.ok ? found.value : null;
  return ok([
    line('reach', about.success ? `Request Tracker ${about.data.Version}` : 'Request Tracker', 'good'),
    ...(url.protocol === 'https:' ? [line('certificate', url.hostname, 'good')] : []),
    clockLine(version.value.headers['date'], clock),
    me.ok ? line('signIn', me.value.name, 'good') : line('signIn', '', 'missing', 'everything'),
    ...queueLines(board, queue),
    ...ticketLines(proof.value),
    ...fieldLines(board, deps, proof.value),
    line('files', '', 'unknown', 'files', '$MaxAttachmentSize'),
  ]);
}

const line = (
  subject: Line['subject'],
  name: string,
  outcome: Outcome,
  effect: Effect = 'nothing',
  hint = '',
): Line => ({ subject, name: name.slice(0, 200), outcome, effect, hint });

function clockLine(date: string | undefined, clock: Clock): Line {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return line('clock', '', 'unknown');
  const isOff = Math.abs(theirs - clock.now().getTime()) > CLOCK_TOLERANCE_MS;
  return line('clock', '', isOff ? 'limited' : 'good', isOff ? 'reading' : 'nothing');
}

function queueLines(board: RtQueue | null, queue: string): readonly Line[] {
  if (board === null)
    return [
      line('queue', queue, 'missing', 'filing', 'SeeQueue'),
      line('createTicket', queue, 'unknown', 'filing', 'CreateTicket'),
    ];
  const mayFile = board._hyperlinks.some(({ ref }) => ref === 'create');
  return [
    line('queue', queue, 'good'),
    mayFile
      ? line('createTicket', queue, 'good')
      : line('createTicket', queue, 'missing', 'filing', 'CreateTicket'),
  ];
}

/** What earlier tickets of the user prove. */
interface Proof {
  /** Whether there is one at all. */
  readonly hasTicket: boolean;
  readonly maySee: boolean;
  readonly mayReply: boolean;
  /** Names of fields that have a value in some ticket of the user. */
  readonly filled: ReadonlySet<string>;
}

/** Looks at the user's latest tickets, and at one of them closely. */
async function proofOf(
  { calls, queue, fields }: Pick<CheckDeps, 'calls' | 'queue' | 'fields'>,
  { signal }: CallOptions,
): Promise<Result<Proof, DeskFault>> {
  const mine = await calls.page('/tickets', TicketShape, {
    query: {
      query: `${OWN} AND Queue = ${quoted(queue)}`,
      fields: 'Subject,Status,CustomFields',
      orderby: 'id',
      order: 'DESC',
      per_page: '20',
    },
    signal,
  });
  if (!mine.ok) return mine;
  const tickets = mine.value.value.items;
  const names = namesOf(fields);
  const filled = new Set(tickets.flatMap((ticket) => names.filter((name) => fieldOf(ticket, name))));
  const [latest] = tickets;
  if (!latest || !isTicketId(latest.id))
    return ok({ hasTicket: false, maySee: false, mayReply: false, filled });
  return look(calls, latest, filled, signal);
}

async function look(
  calls: Calls,
  { id }: RtTicket,
  filled: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<Result<Proof, DeskFault>> {
  const seen = await calls.read(`/ticket/${id}`, LinkedShape, { signal });
  if (!seen.ok && !isGone(seen.fault)) return err(seen.fault);
  const mayReply = seen.ok && seen.value._hyperlinks.some(({ ref }) => ref === 'correspond');
  return ok({ hasTicket: true, maySee: seen.ok, mayReply, filled });
}

function ticketLines({ hasTicket, maySee, mayReply }: Proof): readonly Line[] {
  const outcome = (may: boolean): Outcome => (may ? 'good' : hasTicket ? 'missing' : 'unknown');
  const right = (subject: 'seeTicket' | 'reply', may: boolean, effect: Effect, name: string): Line =>
    may ? line(subject, '', 'good') : line(subject, '', outcome(may), effect, name);
  return [
    right('seeTicket', maySee, 'reading', 'ShowTicket'),
    right('reply', mayReply, 'replying', 'ReplyToTicket'),
  ];
}

/** A field by what goes without it. */
interface Wanted {
  readonly name: string | null;
  readonly effect: Effect;
  readonly of: 'ticket' | 'reply';
  /** The right to fill it in. */
  readonly right: 'SetInitialCustomField' | 'ModifyCustomField' | null;
}

const wanted = (fields: RtFields): readonly Wanted[] => [
  { name: fields.ref, effect: 'noDuplicates', of: 'ticket', right: 'SetInitialCustomField' },
  { name: fields.messageRef, effect: 'noDuplicates', of: 'reply', right: null },
  ...[fields.impact, fields.peopleAffected, fields.startedAt, fields.workaround].map((name): Wanted => ({
    name,
    effect: 'intakeFields',
    of: 'ticket',
    right: null,
  })),
  { name: fields.visit, effect: 'visit', of: 'ticket', right: null },
  { name: fields.confirmed, effect: 'confirming', of: 'ticket', right: 'ModifyCustomField' },
  ...(fields.survey ?? []).map((name): Wanted => ({
    name,
    effect: 'survey',
    of: 'ticket',
    right: 'ModifyCustomField',
  })),
  { name: fields.surveyComment, effect: 'survey', of: 'ticket', right: 'ModifyCustomField' },
  { name: fields.surveyRef, effect: 'survey', of: 'ticket', right: 'ModifyCustomField' },
];

const namesOf = (fields: RtFields): readonly string[] => wanted(fields).flatMap(({ name }) => name ?? []);

function fieldLines(
  board: RtQueue | null,
  { fields, dropsKeys }: Pick<CheckDeps, 'fields' | 'dropsKeys'>,
  proof: Proof,
): readonly Line[] {
  if (board === null) return [];
  const names = {
    ticket: new Set(board.TicketCustomFields.map(({ name }) => name)),
    reply: new Set(board.TicketTransactionCustomFields.map(({ name }) => name)),
  };
  return wanted(fields).flatMap(({ name, effect, of, right }) => {
    if (name === null) return [];
    if (!names[of].has(name)) return [line('field', name, 'missing', effect, 'SeeCustomField')];
    const there = line('field', name, 'good');
    if (right === null) return [there];
    if (proof.filled.has(name)) return [there, line('fieldWrite', name, 'good')];
    const isDropped = name === fields.ref && dropsKeys();
    return [there, line('fieldWrite', name, isDropped ? 'missing' : 'unknown', effect, right)];
  });
}
