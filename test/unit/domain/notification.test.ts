import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  coalesce,
  happenedSince,
  importance,
  inQuietHours,
  MAX_SINGLE_TELLINGS,
  ticketEvents,
  type TicketEvent,
} from '../../../src-shared/domain/notification';
import { defaultSettings } from '../../../src-shared/domain/settings';
import { STEPS, type StateChange, type Ticket } from '../../../src-shared/domain/ticket';
import { aTicket, DETROIT, JONAS, ownMessage, staffMessage, stepAt } from './builders';

const minute = (value: number) => new Date(Date.UTC(2026, 2, 2, 14, value)).toISOString();
const steps = STEPS.map((step, index) => stepAt(step, minute(index)));
const at = (step: (typeof STEPS)[number], over: Partial<Ticket> = {}): Ticket =>
  aTicket({
    step,
    steps: steps.slice(0, STEPS.indexOf(step) + 1),
    assignee: JONAS,
    updatedAt: minute(STEPS.indexOf(step)),
    ...over,
  });
const kinds = (before: Ticket | undefined, after: Ticket, own?: ReadonlySet<StateChange>) =>
  ticketEvents(before, after, own).map((event) => event.kind);
const question = { messageId: 'm-1', quickAnswers: [] };

describe('ticketEvents', () => {
  it('tells each step once, and never that the user filed a ticket', () => {
    expect(kinds(undefined, at('created'))).toEqual([]);
    expect(kinds(at('created'), at('received'))).toEqual(['received']);
    expect(kinds(at('received'), at('working'))).toEqual(['reviewed', 'assigned', 'working']);
    expect(kinds(at('working'), at('resolved'))).toEqual(['resolved']);
    expect(kinds(at('working'), at('working', { updatedAt: minute(50) }))).toEqual([]);
  });

  it('tells the step of a board that keeps no times, once', () => {
    const bare = (step: Ticket['step'], updatedAt: string) => aTicket({ step, updatedAt });
    expect(kinds(bare('received', minute(1)), bare('working', minute(2)))).toEqual(['working']);
    expect(kinds(bare('working', minute(2)), bare('working', minute(3)))).toEqual([]);
    expect(kinds(bare('working', minute(3)), at('working'))).not.toContain('working');
  });

  it('tells a question as one, with who asked and what', () => {
    const after = at('working', { question, messages: [staffMessage('m-1', minute(8), 'Did you restart?')] });
    expect(ticketEvents(at('working'), after)).toMatchObject([
      { kind: 'question', name: 'Jonas Weber', text: 'Did you restart?', at: minute(8) },
    ]);
    expect(kinds(after, after)).toEqual([]);
    expect(kinds(after, { ...after, question: null })).toEqual([]);
  });

  it('tells a message that becomes a question later', () => {
    const messages = [staffMessage('m-1', minute(8))];
    expect(kinds(at('working', { messages }), at('working', { messages, question }))).toEqual(['question']);
  });

  it('tells a reply, and not what the user wrote', () => {
    const after = at('working', { messages: [ownMessage('m-1', minute(7)), staffMessage('m-2', minute(8))] });
    expect(kinds(at('working'), after)).toEqual(['reply']);
  });

  it('asks for the survey instead of telling that the ticket is closed', () => {
    const after = at('resolved', { closed: true, survey: 'waiting' });
    expect(kinds(at('resolved'), after)).toEqual(['surveyWaiting']);
    expect(kinds(after, after)).toEqual([]);
    expect(kinds(at('resolved'), at('resolved', { closed: true }))).toEqual(['closed']);
    expect(kinds(at('working'), after)).toEqual(['surveyWaiting']);
  });

  it('does not tell what the user did', () => {
    const own = (change: StateChange) => new Set([change]);
    expect(kinds(at('resolved'), at('resolved', { closed: true }), own('works'))).toEqual([]);
    expect(kinds(at('working'), at('working', { closed: true, withdrawn: true }), own('withdraw'))).toEqual(
      [],
    );
    expect(kinds(at('resolved'), at('working', { updatedAt: minute(30) }), own('stillBroken'))).toEqual([]);
  });

  it('tells that the desk opened a ticket again', () => {
    const closed = at('resolved', { closed: true });
    const again = at('resolved', {
      step: 'working',
      steps: [...steps, stepAt('working', minute(30))],
      updatedAt: minute(30),
    });
    expect(kinds(closed, again)).toEqual(['reopened', 'working']);
    expect(kinds(at('resolved'), again)).toEqual(['reopened', 'working']);
  });

  it('gives a happening the same mark again, and another one another', () => {
    const [first] = ticketEvents(at('created'), at('received'));
    const [again] = ticketEvents(undefined, at('received'));
    expect(first?.dedupeKey).toBe(again?.dedupeKey);
    const marks = ticketEvents(
      at('created'),
      at('resolved', {
        question,
        messages: [staffMessage('m-1', minute(9)), staffMessage('m-2', minute(9))],
      }),
    ).map((event) => event.dedupeKey);
    expect(new Set(marks).size).toBe(marks.length);
  });

  it('lets old news of a ticket not seen before be told apart', () => {
    const events = ticketEvents(undefined, at('working'));
    expect(events.filter((event) => happenedSince(event, minute(3))).map(({ kind }) => kind)).toEqual([
      'assigned',
      'working',
    ]);
  });

  it('has nothing to tell where nothing changed', () => {
    const tickets = fc.record({
      step: fc.constantFrom(null, ...STEPS),
      closed: fc.boolean(),
      withdrawn: fc.boolean(),
      survey: fc.constantFrom('none' as const, 'waiting' as const),
      question: fc.constantFrom(null, question),
      timed: fc.boolean(),
    });
    fc.assert(
      fc.property(tickets, ({ timed, ...over }) => {
        const ticket = aTicket({
          ...over,
          steps: timed ? steps : [],
          messages: [staffMessage('m-1', minute(8))],
        });
        expect(ticketEvents(ticket, { ...ticket, updatedAt: minute(59) })).toEqual([]);
      }),
    );
  });
});

describe('importance', () => {
  const [resolved] = ticketEvents(at('working'), at('resolved'));
  const [received] = ticketEvents(at('created'), at('received'));
  it('is high for what needs the user and for all of an emergency', () => {
    expect(resolved && importance(resolved)).toBe('high');
    expect(received && importance(received)).toBe('low');
    expect(received && importance({ ...received, emergency: true })).toBe('high');
  });
});

describe('inQuietHours', () => {
  const quiet = (from: string, to: string, enabled = true) => ({
    notifications: { ...defaultSettings().notifications, quietHours: { enabled, from, to } },
  });
  const detroit = (time: string) => `2026-03-02T${time}:00-05:00`;
  it.each([
    ['18:00', '08:00', '17:59', false],
    ['18:00', '08:00', '18:00', true],
    ['18:00', '08:00', '23:59', true],
    ['18:00', '08:00', '00:00', true],
    ['18:00', '08:00', '07:59', true],
    ['18:00', '08:00', '08:00', false],
    ['12:00', '13:00', '12:30', true],
    ['12:00', '13:00', '13:00', false],
    ['08:00', '08:00', '15:00', true],
  ])('from %s to %s at %s: %s', (from, to, time, expected) => {
    expect(inQuietHours(quiet(from, to), detroit(time), DETROIT)).toBe(expected);
  });
  it('goes by the user\u2019s own clock, and only when switched on', () => {
    expect(inQuietHours(quiet('18:00', '08:00'), detroit('12:30'), 'Europe/Berlin')).toBe(true);
    expect(inQuietHours(quiet('18:00', '08:00', false), detroit('20:00'), DETROIT)).toBe(false);
  });
});

describe('coalesce', () => {
  const event = (ticketId: string, kind: TicketEvent['kind'], at: string): TicketEvent => ({
    ticketId,
    number: ticketId,
    summary: ticketId,
    emergency: false,
    at,
    dedupeKey: `${ticketId}|${kind}|${at}`,
    kind,
    name: null,
    text: '',
    visit: null,
  });

  it('tells a ticket once, by what needs the user', () => {
    const events = [
      event('a', 'received', minute(1)),
      event('a', 'question', minute(2)),
      event('a', 'reply', minute(3)),
    ];
    expect(coalesce(events)).toMatchObject([{ kind: 'one', event: { kind: 'question' } }]);
  });

  it('tells the latest of several steps', () => {
    const events = ticketEvents(at('created'), at('working'));
    expect(coalesce(events)).toMatchObject([{ kind: 'one', event: { kind: 'working' } }]);
  });

  it('makes one of many tickets', () => {
    const burst = (count: number) =>
      Array.from({ length: count }, (_, index) => event(`t${index}`, 'received', minute(index)));
    expect(coalesce(burst(MAX_SINGLE_TELLINGS))).toHaveLength(MAX_SINGLE_TELLINGS);
    expect(coalesce(burst(MAX_SINGLE_TELLINGS + 1))).toMatchObject([
      { kind: 'many', events: { length: MAX_SINGLE_TELLINGS + 1 } },
    ]);
    expect(coalesce([])).toEqual([]);
  });

  it('covers every event exactly once', () => {
    const events = fc.array(
      fc
        .tuple(
          fc.constantFrom('a', 'b', 'c', 'd', 'e'),
          fc.constantFrom(
            'received' as const,
            'working' as const,
            'question' as const,
            'surveyWaiting' as const,
          ),
          fc.integer({ min: 0, max: 50 }),
        )
        .map(([id, kind, value]) => event(id, kind, minute(value))),
    );
    fc.assert(
      fc.property(events, (burst) => {
        const tellings = coalesce(burst);
        expect(tellings.flatMap((telling) => telling.covers).sort()).toEqual(
          [...new Set(burst.map((one) => one.dedupeKey))].sort(),
        );
        expect(tellings.length).toBeLessThanOrEqual(MAX_SINGLE_TELLINGS);
      }),
    );
  });
});
