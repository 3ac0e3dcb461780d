import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followUpOf, readFrom, type FollowUpFacts } from '../../../src-shared/domain/follow-up';
import type { Message } from '../../../src-shared/domain/ticket';
import { aTicket, anAgreement, anIntake, anItem, DETROIT, JONAS, ownMessage, staffMessage } from './builders';

const followed = (at: string): Message => ({ ...ownMessage(`f${at}`, at), followUp: true });
const ask = (now: string, over: Parameters<typeof aTicket>[0] = {}, items: FollowUpFacts['items'] = []) =>
  followUpOf({ ticket: aTicket(over), items, now, timeZone: DETROIT });
const HOUR = 60 * 60_000;

describe('followUpOf', () => {
  it('counts a day from filing', () => {
    expect(ask('2026-03-03T13:59:59Z')).toEqual({
      kind: 'later',
      askedAt: new Date('2026-03-02T14:00:00Z'),
      dueAt: new Date('2026-03-03T14:00:00Z'),
    });
    expect(ask('2026-03-03T14:00:00Z').kind).toBe('now');
  });

  it('counts a day from the last follow-up, and only from those', () => {
    const messages = [
      followed('2026-03-04T15:00:00.000Z'),
      staffMessage('s', '2026-03-04T16:00:00.000Z'),
      ownMessage('answer', '2026-03-04T16:05:00.000Z'),
    ];
    expect(ask('2026-03-04T17:00:00Z', { messages })).toMatchObject({
      kind: 'later',
      dueAt: new Date('2026-03-05T15:00:00Z'),
    });
    expect(ask('2026-03-04T17:00:00Z', { messages: messages.slice(1) }).kind).toBe('now');
  });

  it('counts what has not left this computer yet, and not what was refused', () => {
    const write = {
      kind: 'message',
      target: { kind: 'board', id: 't-1' },
      text: 'News?',
      files: [],
    } as const;
    const asking = anItem({
      acceptedAt: '2026-03-04T15:00:00.000Z',
      write: { ...write, files: [], followUp: true },
    });
    expect(ask('2026-03-04T17:00:00Z', {}, [asking]).kind).toBe('later');
    const fault = { kind: 'rejected', message: '', fields: [] } as const;
    const refused = {
      ...asking,
      state: { kind: 'needsAttention' as const, fault: { ...fault, fields: [] }, attempts: 1 },
    };
    expect(ask('2026-03-04T17:00:00Z', {}, [refused]).kind).toBe('now');
    const answer = anItem({ acceptedAt: '2026-03-04T15:00:00.000Z', write: { ...write, files: [] } });
    expect(ask('2026-03-04T17:00:00Z', {}, [answer]).kind).toBe('now');
    const create = anItem({ write: { kind: 'create', summary: 'x', intake: anIntake(), files: [] } });
    const unsent = { ticket: null, items: [create], timeZone: DETROIT };
    expect(followUpOf({ ...unsent, now: '2026-03-02T15:00:00Z' }).kind).toBe('later');
    expect(followUpOf({ ...unsent, now: '2026-03-03T15:00:00Z' }).kind).toBe('now');
  });

  it('points to what helps more', () => {
    const question = { messageId: 'm', quickAnswers: [] };
    const late = '2026-03-09T14:00:00Z';
    expect(ask(late, { question }).kind).toBe('question');
    expect(ask(late, { question, emergency: true }).kind).toBe('question');
    expect(ask(late, { step: 'resolved' }).kind).toBe('confirm');
    expect(ask(late, { step: 'resolved', closed: true }).kind).toBe('closed');
  });

  it('sends an emergency to the phone, every hour until somebody has it', () => {
    expect(ask('2026-03-02T14:01:00Z', { emergency: true })).toEqual({ kind: 'call', again: true });
    expect(ask('2026-03-02T14:01:00Z', { emergency: true, assignee: JONAS })).toEqual({
      kind: 'call',
      again: false,
    });
  });

  it('takes the mark of the user until the review', () => {
    const intake = anIntake({ emergency: true });
    const filed = anItem({ write: { kind: 'create', summary: 'x', intake, files: [] } });
    const of = (step: 'received' | 'reviewed') => ask('2026-03-02T14:43:00Z', { step }, [filed]).kind;
    expect([of('received'), of('reviewed')]).toEqual(['call', 'later']);
    const unsent = { ticket: null, items: [filed], now: '2026-03-02T14:43:00Z', timeZone: DETROIT };
    expect(followUpOf(unsent)).toEqual({ kind: 'call', again: true });
  });

  it.each([
    ['a day of 23 hours', '2026-03-07T17:00:00.000Z', 23],
    ['a day of 25 hours', '2026-10-31T17:00:00.000Z', 25],
    ['a time that the clock skips', '2026-03-07T07:30:00.000Z', 24],
  ])('keeps the time on the clock over %s', (_what, createdAt, hours) => {
    const due = Date.parse(createdAt) + hours * HOUR;
    expect(ask(createdAt, { createdAt })).toMatchObject({ kind: 'later', dueAt: new Date(due) });
  });

  it('comes due once, 23 to 25 hours later, at the same time on the clock, wherever the user is', () => {
    const zone = fc.constantFrom(
      'UTC',
      DETROIT,
      'Europe/Berlin',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'Mars/Olympus',
    );
    const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    const clock = (at: Date, timeZone: string) =>
      new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone }).format(at);
    fc.assert(
      fc.property(moment, zone, fc.integer({ min: 0, max: 48 * 60 }), (filed, timeZone, minutes) => {
        const ticket = aTicket({ createdAt: filed.toISOString() });
        const now = new Date(filed.getTime() + minutes * 60_000);
        const first = followUpOf({ ticket, items: [], now: filed, timeZone });
        if (first.kind !== 'later') throw new Error(first.kind);
        const wait = first.dueAt.getTime() - filed.getTime();
        expect(wait).toBeGreaterThanOrEqual(23 * HOUR);
        expect(wait).toBeLessThanOrEqual(25 * HOUR);
        expect(followUpOf({ ticket, items: [], now, timeZone }).kind).toBe(
          now < first.dueAt ? 'later' : 'now',
        );
        if (timeZone !== 'Mars/Olympus' && wait % (24 * HOUR) === 0)
          expect(clock(first.dueAt, timeZone)).toBe(clock(filed, timeZone));
      }),
      { numRuns: 300 },
    );
  });

  it('does not wait longer for a board whose clock is ahead', () => {
    const createdAt = '2026-03-02T20:00:00.000Z';
    expect(ask('2026-03-02T14:00:00Z', { createdAt })).toMatchObject({
      dueAt: new Date('2026-03-03T14:00:00Z'),
    });
  });
});

describe('readFrom', () => {
  const { hours } = anAgreement();
  it('is now in business hours, and the next opening after hours', () => {
    expect(readFrom(hours, '2026-03-02T14:42:00Z')).toBeNull();
    expect(readFrom(hours, '2026-03-06T23:00:00Z')).toEqual(new Date('2026-03-09T12:00:00Z'));
    expect(readFrom(null, '2026-03-06T23:00:00Z')).toBeNull();
  });
});
