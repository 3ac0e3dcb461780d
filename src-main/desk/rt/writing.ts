import type * as z from 'zod';
import type { RtFields } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import type { Receipt } from '@shared/domain/outbox';
import type { Ref, TicketId } from '@shared/domain/primitives';
import { assertNever, err, ok, type Result } from '@shared/domain/result';
import { SURVEY_QUESTIONS, type SurveyAnswers } from '@shared/domain/survey';
import { cleanText, isBlank } from '@shared/domain/text';
import type { Clock, Log } from '../../platform/types';
import type { DeskConnector, OutgoingFile, TicketCreation, WriteOptions } from '../connector';
import { GONE } from '../http-faults';
import type { Words } from './body';
import { json, type Calls, type Written } from './calls';
import { FIRST_MESSAGE } from './conversation';
import { fieldOf, filingFields } from './fields';
import { contentOf } from './files';
import { isTicketId, type Reading, type Tagged } from './reading';
import type { Done, Refs, Sent } from './refs';
import { CreatedShape, SentencesShape, type RtTicket } from './shapes';
import { surveyAnswers, type TicketFacts } from './ticket';

/** What writing needs. */
export interface WritingDeps {
  readonly calls: Calls;
  readonly reading: Pick<Reading, 'bare' | 'keep' | 'get'>;
  readonly refs: Refs;
  readonly queue: string;
  readonly fields: RtFields;
  readonly words: Words;
  /** How RT calls the user; empty while that is not known. */
  readonly name: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Told of each ticket filed whether RT kept its key. */
  readonly onKey: (kept: boolean) => void;
}

type Writing = Pick<DeskConnector, 'create' | 'addMessage' | 'setState' | 'rate' | 'join'>;
type Outcome = Result<Done, DeskFault>;

const FILE_TIMEOUTS = { overall: 30 * 60_000 };
const STALE: DeskFault = { kind: 'conflict', reason: 'stale' };
/** The ticket changed between reading and writing (`If-Match`). */
const CHANGED: DeskFault = { kind: 'conflict', reason: 'stale' };
const RATING_TRIES = 3;
const DUPLICATE: DeskFault = { kind: 'conflict', reason: 'duplicate' };

/** The writing half of an RT connector. Every write goes through `refs`, so that none is in flight twice. */
export function createWriting(deps: WritingDeps): Writing {
  const { calls, reading, refs, queue, fields, words, name, clock, log } = deps;
  const startedAt = (): number => clock.now().getTime();

  async function post<T>(
    path: string,
    schema: z.ZodType<T>,
    value: Readonly<Record<string, unknown>>,
    files: readonly OutgoingFile[],
    { signal, onProgress }: WriteOptions,
  ): Promise<Result<Written<T>, DeskFault>> {
    const content = await contentOf(value, files);
    if (!content.ok) return content;
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const tell = (bytes: number): void => onProgress?.(Math.min(bytes, total), total);
    const sent = await calls.write(
      {
        method: 'POST',
        path,
        content: content.value,
        signal,
        ...(files.length > 0 && { timeouts: FILE_TIMEOUTS, onUploaded: tell }),
      },
      schema,
    );
    if (sent.ok && files.length > 0) onProgress?.(total, total);
    return sent;
  }

  // --- filing -------------------------------------------------------------------------------------------------------

  async function file(ticket: TicketCreation, ref: Ref, options: WriteOptions): Promise<Outcome> {
    const user = await calls.user();
    if (!user.ok) return user;
    const value = {
      Queue: queue,
      // Left out, the ticket would be nobody's, and its creator could not see it.
      Requestor: [user.value],
      Subject: ticket.summary,
      Content: words.body(ticket.intake),
      ContentType: 'text/plain',
      CustomFields: filingFields(ticket.intake, ref, fields),
    };
    const sent = await post('/ticket', CreatedShape, value, ticket.files, options);
    if (!sent.ok) return sent;
    const receipt = receiptOf(sent.value.value.id);
    await verify(receipt.ticketId, ticket, ref, options);
    return ok({ receipt, transactionId: null });
  }

  /** Reads the ticket back: RT says 201 also when it dropped fields. The ticket stands whatever comes of this. */
  async function verify(
    id: TicketId,
    { intake, files }: TicketCreation,
    ref: Ref,
    options: WriteOptions,
  ): Promise<void> {
    const found = await reading.bare(id, options);
    if (!found.ok) return;
    const { ticket, etag } = found.value;
    const isKept = fields.ref === null || fieldOf(ticket, fields.ref)?.toLowerCase() === ref;
    deps.onKey(isKept);
    if (!isKept) log.warn('rt.keyDropped', { kind: 'ticket' });
    if (files.length === 0 && name !== '')
      reading.keep(justFiled(ticket, words.body(intake), isKept ? ref : null), etag);
  }

  /** A ticket to which nothing can have happened yet: what it says is what was sent. */
  function justFiled(ticket: RtTicket, body: string, ref: Ref | null): TicketFacts {
    const filed = words.parts(body);
    const at = ticket.Created ?? clock.now().toISOString();
    const author = { kind: 'requester', name } as const;
    const message = { id: FIRST_MESSAGE, ref, at, author, text: filed.text, attachments: [] };
    const creation = { id: '0', ObjectId: ticket.id, Type: 'Create', Field: '', OldValue: '', NewValue: '' };
    const creator = { id: ticket.Requestor[0]?.id ?? '', Name: '', RealName: name };
    return {
      ticket,
      history: [{ ...creation, Creator: creator, Created: at, CustomFields: [] }],
      messages: filed.text === '' ? [] : [message],
      filed,
    };
  }

  // --- conversation -------------------------------------------------------------------------------------------------

  async function reply(
    id: TicketId,
    text: string,
    files: readonly OutgoingFile[],
    ref: Ref,
    options: WriteOptions,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<Outcome> {
    const value = {
      Content: saidAs(text),
      ContentType: 'text/plain',
      ...(fields.messageRef === null ? {} : { TxnCustomFields: { [fields.messageRef]: ref } }),
      ...more,
    };
    const sent = await post(`/ticket/${id}/correspond`, SentencesShape, value, files, options);
    if (!sent.ok) return sent;
    const transactionId = /\/transaction\/(\d+)$/.exec(sent.value.location)?.[1] ?? null;
    return ok({ receipt: receiptOf(id), transactionId });
  }

  // --- state --------------------------------------------------------------------------------------------------------

  /** The field alone says it: an end user may not change the status. */
  async function confirm(id: TicketId, text: string, options: WriteOptions): Promise<Outcome> {
    if (fields.confirmed === null) return err(refused(`/change`));
    // A reply would open the ticket again.
    if (!isBlank(text)) return err(refused('/text'));
    const before = await resolved(id, options);
    if (!before.ok) return before;
    const value = fieldOf(before.value.ticket, fields.confirmed);
    if (value === null) return err(refused('/change'));
    if (value !== '') {
      const whole = await reading.get(id, options);
      if (!whole.ok) return whole;
      if (whole.value.closed) return done(id);
      // RT notes no change where nothing changes, and the place of the note in the history is what counts.
      const cleared = await setFields(id, { [fields.confirmed]: 'no' }, options);
      if (!cleared.ok) return cleared;
    }
    const set = await setFields(id, { [fields.confirmed]: 'yes' }, options);
    if (!set.ok) return set;
    return fieldOf(set.value, fields.confirmed)?.toLowerCase() === 'yes' ? done(id) : err(refused('/change'));
  }

  async function reopen(id: TicketId, text: string, ref: Ref, options: WriteOptions): Promise<Outcome> {
    const before = await resolved(id, options);
    if (!before.ok) return before;
    const hasField = fields.confirmed !== null && fieldOf(before.value.ticket, fields.confirmed) !== null;
    const said = isBlank(text) ? words.stillBroken : text;
    const more = hasField && fields.confirmed !== null ? { CustomFields: { [fields.confirmed]: 'no' } } : {};
    return reply(id, said, [], ref, options, more);
  }

  /** Only a resolved ticket can be confirmed or still be broken. */
  async function resolved(id: TicketId, options: WriteOptions): Promise<Result<Tagged, DeskFault>> {
    const found = await reading.bare(id, options);
    if (!found.ok) return found;
    switch (found.value.ticket.Status) {
      case 'resolved':
        return found;
      case 'rejected':
      case 'deleted':
        return err({ kind: 'conflict', reason: 'closed' });
      default:
        return err(STALE);
    }
  }

  // --- survey -------------------------------------------------------------------------------------------------------

  async function rate(
    id: TicketId,
    values: Readonly<Record<string, string>>,
    ref: Ref,
    options: WriteOptions,
  ): Promise<Outcome> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await tryToRate(id, values, ref, options);
      // Something happened to the ticket in between: what counts is how it stands now.
      if (outcome.ok || outcome.fault !== CHANGED || tries === RATING_TRIES) return outcome;
    }
  }

  async function tryToRate(
    id: TicketId,
    values: Readonly<Record<string, string>>,
    ref: Ref,
    options: WriteOptions,
  ): Promise<Outcome> {
    const before = await reading.bare(id, options);
    if (!before.ok) return before;
    const { ticket, etag } = before.value;
    if (surveyAnswers(ticket, fields) === null) return err(refused(''));
    if (ticket.Status !== 'resolved') return err(STALE);
    if (holds(ticket, values)) return done(id);
    if (isAnswered(ticket, ref)) return err(DUPLICATE);
    const after = await setFields(id, values, options, etag);
    if (!after.ok) return err(isStale(after.fault) ? CHANGED : after.fault);
    if (holds(after.value, values)) return done(id);
    return err(isAnswered(after.value, ref) ? DUPLICATE : refused(''));
  }

  function surveyFields(
    answers: SurveyAnswers,
    comment: string,
    ref: Ref,
  ): Readonly<Record<string, string>> | null {
    const { survey, surveyComment, surveyRef } = fields;
    if (survey === null || surveyComment === null) return null;
    const ratings = survey.map(
      (name, index) => [name, `${answers[SURVEY_QUESTIONS[index] ?? 'overall']}`] as const,
    );
    return {
      ...Object.fromEntries(ratings),
      ...(isBlank(comment) ? {} : { [surveyComment]: cleanText(comment).trim() }),
      ...(surveyRef === null ? {} : { [surveyRef]: ref }),
    };
  }

  /** Whether the survey was answered: under another ref, or completely and under none. */
  function isAnswered(ticket: RtTicket, ref: Ref): boolean {
    const by = fieldOf(ticket, fields.surveyRef)?.toLowerCase() ?? '';
    if (by !== '') return by !== ref;
    return surveyAnswers(ticket, fields)?.every((answer) => answer !== '') ?? false;
  }

  /** Changes fields and reads them back: RT answers 200 also when it changed nothing. */
  async function setFields(
    id: TicketId,
    values: Readonly<Record<string, string>>,
    options: WriteOptions,
    etag = '',
  ): Promise<Result<RtTicket, DeskFault>> {
    const put = await calls.write(
      {
        method: 'PUT',
        path: `/ticket/${id}`,
        content: json({ CustomFields: values }),
        ...(etag !== '' && { headers: { 'If-Match': etag } }),
        signal: options.signal,
      },
      SentencesShape,
    );
    if (!put.ok) return put;
    const found = await reading.bare(id, options);
    // It was taken, but whether it was done is not known yet.
    return found.ok ? ok(found.value.ticket) : err({ kind: 'ambiguous', cause: 'badAnswer' });
  }

  // ------------------------------------------------------------------------------------------------------------------

  const onTicket = (
    id: TicketId,
    ref: Ref,
    sent: Sent,
    work: () => Promise<Outcome>,
  ): Promise<Result<Receipt, DeskFault>> =>
    isTicketId(id) ? refs.once(ref, sent, work) : Promise.resolve(err(GONE));
  const onFields = (id: TicketId): Sent => ({ kind: 'fields', ticketId: id, startedAt: startedAt() });
  const asReply = (id: TicketId, text: string): Sent => ({
    kind: 'reply',
    ticketId: id,
    text: cleanText(text).trim(),
    startedAt: startedAt(),
  });

  return {
    create: (ticket, ref, options = {}) =>
      refs.once(ref, { kind: 'ticket', summary: ticket.summary, startedAt: startedAt() }, () =>
        file(ticket, ref, options),
      ),

    addMessage: (id, { text, files }, ref, options = {}) =>
      onTicket(id, ref, asReply(id, text), () => reply(id, text, files, ref, options)),

    setState(id, change, text, ref, options = {}) {
      switch (change) {
        case 'works':
          return onTicket(id, ref, onFields(id), () => confirm(id, text, options));
        case 'stillBroken':
          return onTicket(id, ref, asReply(id, isBlank(text) ? words.stillBroken : text), () =>
            reopen(id, text, ref, options),
          );
        case 'withdraw':
          // An end user may not change the status.
          return Promise.resolve(err(refused('/change')));
        default:
          return assertNever(change);
      }
    },

    rate(id, answers, comment, ref, options = {}) {
      const values = surveyFields(answers, comment, ref);
      if (values === null) return Promise.resolve(err(refused('')));
      return onTicket(id, ref, onFields(id), () => rate(id, values, ref, options));
    },

    join: () => Promise.resolve(err(refused(''))),
  };
}

/** What people say on the phone is RT's own id. */
export const receiptOf = (id: TicketId): Receipt => ({ ticketId: id, ticketNumber: id });

const isStale = (fault: DeskFault): boolean => fault.kind === 'conflict' && fault.reason === 'stale';

const done = (id: TicketId): Outcome => ok({ receipt: receiptOf(id), transactionId: null });

/** Nothing on the way to RT: the board has no place for it. */
const refused = (pointer: string): DeskFault => ({
  kind: 'rejected',
  message: '',
  fields: pointer === '' ? [] : [{ pointer, reason: 'notPossible' }],
});

/** RT takes a lone zero for no content at all. */
const saidAs = (text: string): string => (text.trim() === '0' ? `${text}\n` : text);

/** Whether the fields say just that. */
const holds = (ticket: RtTicket, values: Readonly<Record<string, string>>): boolean =>
  Object.entries(values).every(([name, value]) => cleanText(fieldOf(ticket, name) ?? '').trim() === value);
