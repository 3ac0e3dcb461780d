import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailReceipt } from '../../../src-shared/domain/by-email';
import type { DeskFault } from '../../../src-shared/domain/fault';
import type { ItemState, OutboxItem, Write } from '../../../src-shared/domain/outbox';
import { STEPS, type Step, type Ticket } from '../../../src-shared/domain/ticket';
import {
  itemWords,
  rowState,
  shortName,
  whatHappensNext,
  type NextContext,
  type Reach,
  type StatusKey,
  type StatusWord,
} from '../../../src-shared/domain/ticket-words';
import { createTranslator } from '../../../src-shared/locales';
import status from '../../../src-shared/locales/en/status.json';
import {
  aTicket,
  anAgreement,
  anItem,
  HERE,
  JONAS,
  MONDAY_MORNING,
  QUEUED,
  REF,
  staffMessage,
  WRITES,
} from './builders';

const { t } = createTranslator('en');
const EVENING = '2026-03-02T23:00:00Z';
const OPEN: NextContext = { ...HERE, agreement: anAgreement(), now: MONDAY_MORNING };
const CLOSED: NextContext = { ...OPEN, now: EVENING };

const row = (ticket: Ticket, pending?: readonly OutboxItem[]) => {
  const { tone, word } = rowState(ticket, pending);
  return `${tone}: ${t(`status:${word.key}`, word.params)}`;
};
const next = (ticket: Ticket, context: NextContext = OPEN) => {
  const word = whatHappensNext(ticket, context);
  return [t(`status:${word.title}`, word.params), t(`status:${word.key}`, word.params)];
};
const item = (state: ItemState, reach: Reach = 'online') => {
  const word = itemWords({ state }, { now: MONDAY_MORNING, reach });
  return [word.tone, t(`status:${word.key}`, word.params), t(`status:${word.detail}`, word.params)];
};

const refused = (fault: DeskFault): ItemState => ({ kind: 'needsAttention', fault, attempts: 1 });
const REJECTED = refused({ kind: 'rejected', message: 'no', fields: [] });
const pending = (write: OutboxItem['write'], state: ItemState = QUEUED): OutboxItem[] => [
  anItem({ write, state }),
];
const question = { messageId: 'm-1', quickAnswers: [] };
const asked = aTicket({
  step: 'working',
  assignee: JONAS,
  question,
  messages: [staffMessage('m-1', MONDAY_MORNING)],
});
const closed = aTicket({ step: 'resolved', closed: true, survey: 'waiting' });

describe('rowState', () => {
  it.each([
    [aTicket({ step: 'created' }), 'waiting: Created'],
    [aTicket({ step: 'received' }), 'waiting: Received, waiting to be reviewed'],
    [aTicket({ step: 'reviewed' }), 'waiting: Reviewed, waiting for an engineer'],
    [aTicket({ step: 'assigned' }), 'waiting: With an engineer, in the queue'],
    [aTicket({ step: 'assigned', assignee: JONAS }), 'waiting: With Jonas, in the queue'],
    [aTicket({ step: 'working', assignee: JONAS }), 'active: Jonas is working on it'],
    [aTicket({ step: 'working', assignee: { name: 'Desk', role: 'desk' } }), 'active: Being worked on'],
    [aTicket({ step: 'resolved' }), 'attention: Resolved, please check'],
    [asked, 'attention: Your answer is needed'],
    [closed, 'done: Closed'],
    [aTicket({ closed: true, withdrawn: true }), 'done: Withdrawn'],
  ])('%#', (ticket, words) => expect(row(ticket)).toBe(words));

  it('shows a status that maps to no step as the board calls it', () => {
    expect(row(aTicket({ step: null, statusLabel: ' Awaiting vendor ' }))).toBe('unknown: Awaiting vendor');
    expect(row(aTicket({ step: null, statusLabel: ' ' }))).toBe('unknown: With the service desk');
    expect(row(aTicket({ step: null, statusLabel: '{{count}} $t(row.closed)' }))).toContain('unknown: ');
  });

  it('knows what the user has already done', () => {
    expect(row(asked, pending(WRITES.message))).toBe('waiting: Your answer is on its way');
    expect(row(aTicket({ step: 'resolved' }), pending(WRITES.works))).toBe(
      'waiting: Your answer is on its way',
    );
    expect(row(asked, pending(WRITES.message, REJECTED))).toBe('attention: Something could not be sent');
  });

  it('does not take an older message that has arrived for the answer', () => {
    const receipt = { ticketId: 't-1', ticketNumber: '4127' };
    expect(row(asked, pending(WRITES.message, { kind: 'delivered', at: MONDAY_MORNING, receipt }))).toBe(
      'attention: Your answer is needed',
    );
  });
});

describe('whatHappensNext', () => {
  it('asks for the answer first, by the name of who asked', () => {
    expect(next(asked)[0]).toBe('Jonas has a question for you');
    expect(next({ ...asked, messages: [], assignee: null })[0]).toBe('There is a question for you');
    expect(next(asked, { ...OPEN, pending: pending(WRITES.message) })[0]).toBe('Your answer is on its way');
  });

  it('says what waits beside the ticket needs the user, before anything else', () => {
    expect(next(asked, { ...OPEN, pending: pending(WRITES.rate, REJECTED) })[0]).toBe(
      'Something you wrote is still here',
    );
  });

  it.each([
    [WRITES.works, 'Good to hear that it works'],
    [WRITES.stillBroken, 'Not solved yet'],
    [WRITES.withdraw, 'You are withdrawing this ticket'],
  ])('takes what the user said of it as said', (write, title) => {
    expect(next(aTicket({ step: 'resolved' }), { ...OPEN, pending: pending(write) })[0]).toBe(title);
  });

  it('asks to confirm once it is resolved', () => {
    const [title, text] = next(aTicket({ step: 'resolved', assignee: JONAS }));
    expect(title).toBe('Does it work again?');
    expect(text).toContain('Jonas believes that your problem is solved and calls');
  });

  it('ends with the survey, thanks, or nothing', () => {
    expect(next(closed)[0]).toBe('How did it go?');
    expect(next(closed, { ...OPEN, pending: pending(WRITES.rate) })[0]).toBe('Thank you for your ratings');
    expect(next({ ...closed, survey: 'answered' })[0]).toBe('This ticket is closed');
    expect(next({ ...closed, withdrawn: true })[0]).toBe('You withdrew this ticket');
  });

  it('says kindly that an emergency elsewhere may go first while a ticket is in the queue', () => {
    for (const assignee of [null, JONAS]) {
      expect(next(aTicket({ step: 'assigned', assignee }))[1]).toMatch(
        /emergency somewhere else may have to go first.*not forgotten/,
      );
    }
  });

  it('says how it will be solved once that is decided', () => {
    expect(next(aTicket({ step: 'reviewed', visit: 'onSite' }))[1]).toContain('come to you');
    expect(next(aTicket({ step: 'reviewed', visit: 'remote' }))[1]).toContain('from afar');
    expect(next(aTicket({ step: 'reviewed' }))[1]).not.toMatch(/afar|come to you/);
  });

  it.each<Step>(['created', 'received', 'reviewed', 'assigned', 'working'])(
    'says at "%s" when the closed desk opens',
    (step) => {
      expect(next(aTicket({ step }), CLOSED)[1]).toContain('opens again tomorrow 8:00');
      expect(next(aTicket({ step }), OPEN)[1]).not.toContain('opens');
    },
  );

  it('tells the opening in the reader\u2019s own zone', () => {
    expect(next(aTicket(), { ...CLOSED, timeZone: 'Europe/Berlin' })[1]).toContain('opens again today 14:00');
  });

  it('speaks of no hours where none are known', () => {
    expect(next(aTicket(), { ...CLOSED, agreement: null })).toEqual(next(aTicket(), OPEN));
  });

  it('sends an emergency to the phone, at any hour', () => {
    const emergency = aTicket({ emergency: true });
    expect(next(emergency, CLOSED)).toEqual(next(emergency, OPEN));
    expect(next(emergency)[0]).toBe('Please call 616 555 0140');
    expect(next(emergency)[1]).toContain('within 30 minutes');
    expect(next(emergency, { ...OPEN, agreement: null })[0]).toBe('Please call your service desk');
    expect(next({ ...emergency, step: 'working' }, CLOSED)[1]).not.toContain('closed');
  });

  it('shows an unknown status in its own words', () => {
    expect(next(aTicket({ step: null, statusLabel: 'Awaiting vendor' }))[0]).toBe('Awaiting vendor');
    expect(next(aTicket({ step: null, statusLabel: '' }))[0]).toBe('Your ticket is with the service desk');
  });

  it('never promises when something will be solved', () => {
    for (const [name, { title, ...texts }] of Object.entries(status.next)) {
      for (const text of [title, ...Object.values(texts)]) {
        expect(`${name}: ${text}`).not.toMatch(
          /(solved|fixed|resolved|done|repaired) (by|in|within|until|before)\b/i,
        );
      }
    }
  });
});

describe('itemWords', () => {
  const queued = (lastFault: DeskFault | null, notBefore: string | null = null): ItemState => ({
    kind: 'queued',
    attempts: 1,
    notBefore,
    lastFault,
  });

  it.each<[ItemState, string]>([
    [QUEUED, 'waiting Waiting to be sent'],
    [queued({ kind: 'offline', cause: 'noNetwork' }), 'waiting Waiting to be sent'],
    [queued({ kind: 'ambiguous', cause: 'reset' }), 'waiting Checking whether it arrived'],
    [queued({ kind: 'authExpired' }), 'attention Waiting until you sign in'],
    [
      { kind: 'held', reason: 'signedOut', attempts: 0, lastFault: null },
      'attention Waiting until you sign in',
    ],
    [
      { kind: 'held', reason: 'aheadInLane', attempts: 0, lastFault: null },
      'waiting Waiting for what you sent before',
    ],
    [{ kind: 'sending', attempts: 1, startedAt: MONDAY_MORNING }, 'active Being sent'],
    [{ kind: 'delivered', at: MONDAY_MORNING, receipt: { ticketId: 't', ticketNumber: '' } }, 'done Sent'],
    [REJECTED, 'attention Not accepted, needs your attention'],
    [refused({ kind: 'conflict', reason: 'closed' }), 'attention Not sent, the ticket was closed'],
    [refused({ kind: 'serverFault', status: 500 }), 'attention Not sent, needs your attention'],
  ])('%#', (state, words) => expect(item(state).slice(0, 2).join(' ')).toBe(words));

  const OFFLINE = 'waiting Waiting to be sent, safe on this computer';
  const SIGNED_OUT = 'attention Waiting until you sign in';
  it.each<[Reach, ItemState, string]>([
    ['offline', QUEUED, OFFLINE],
    ['offline', queued({ kind: 'offline', cause: 'noNetwork' }), OFFLINE],
    ['offline', queued({ kind: 'serverFault', status: 503 }), OFFLINE],
    ['offline', queued({ kind: 'ambiguous', cause: 'reset' }), 'waiting Checking whether it arrived'],
    ['checking', QUEUED, 'waiting Waiting to be sent'],
    ['checking', queued({ kind: 'offline', cause: 'noNetwork' }), OFFLINE],
    ['signedOut', QUEUED, SIGNED_OUT],
    ['signedOut', queued({ kind: 'offline', cause: 'noNetwork' }), SIGNED_OUT],
    ['signedOut', queued({ kind: 'ambiguous', cause: 'reset' }), SIGNED_OUT],
    ['signedOut', REJECTED, 'attention Not accepted, needs your attention'],
  ])('says what it waits for: %s, %#', (reach, state, words) =>
    expect(item(state, reach).slice(0, 2).join(' ')).toBe(words),
  );

  it('calls what took care of itself not needed, and nothing to mend', () => {
    const refusedBy = (reason: 'duplicate' | 'closed') => refused({ kind: 'conflict', reason });
    const told = (write: Write, reason: 'duplicate' | 'closed') =>
      itemWords({ write, state: refusedBy(reason) }, { now: MONDAY_MORNING, reach: 'online' });
    const join: Write = { kind: 'join', announcementId: 'o1', title: 'Mail is down' };
    expect(told(join, 'closed')).toMatchObject({ tone: 'done', key: 'item.outageOver.word' });
    expect(told(WRITES.rate, 'duplicate')).toMatchObject({ tone: 'done', key: 'item.ratedAlready.word' });
    expect(told(WRITES.rate, 'closed').tone).toBe('attention');
    expect(told(WRITES.message, 'duplicate').tone).toBe('attention');
  });

  it('says about when it tries again', () => {
    const at = (minutes: number) => new Date(Date.parse(MONDAY_MORNING) + minutes * 60_000).toISOString();
    const throttled: DeskFault = { kind: 'throttled', until: at(5) };
    expect(item(queued(throttled, at(5)))[2]).toContain('in about 5 minutes');
    expect(item(queued({ kind: 'serverFault', status: 503 }, at(0.2)))[2]).toContain('in about 1 minute.');
  });
});

describe('by e-mail', () => {
  const byEmail = (state: ItemState, reach: Reach) =>
    itemWords({ state }, { now: MONDAY_MORNING, reach, byEmail: true });
  it('what was sent is not said to be with a board, and promises an answer by e-mail only', () => {
    const state: ItemState = { kind: 'delivered', at: MONDAY_MORNING, receipt: emailReceipt(REF) };
    const [tone, word, detail] = item(state);
    expect([tone, word]).toEqual(['done', 'Sent by e-mail']);
    expect(detail).toContain('answer by e-mail');
  });
  it('what may have arrived needs the user, and does not say that it was not sent', () => {
    const [tone, word, detail] = item(refused({ kind: 'ambiguous', cause: 'reset' }));
    expect([tone, word]).toEqual(['attention', 'It may have arrived']);
    expect(detail).toMatch(/nothing is sent again unless you say so.*twice/);
  });
  it('what waits does not wait for the board', () => {
    for (const reach of ['offline', 'signedOut', 'online'] as const)
      expect(byEmail(QUEUED, reach).key).toBe('item.queuedByEmail.word');
    expect(byEmail(refused({ kind: 'authExpired' }), 'online').key).toBe('item.mailSignIn.word');
  });
});

describe('shortName', () => {
  it.each([
    ['Jonas Weber', 'Jonas'],
    ['  Maya  ', 'Maya'],
    ['Weber, Jonas', 'Weber, Jonas'],
    ['Dr. Maya Lind', 'Dr. Maya Lind'],
    ['J Weber', 'J Weber'],
    ['李 雷', '李 雷'],
  ])('%j -> %j', (name, short) => expect(shortName(name)).toBe(short));
});

describe('status.json', () => {
  const desk: DeskFault[] = [
    { kind: 'offline', cause: 'noNetwork' },
    { kind: 'ambiguous', cause: 'timeout' },
    { kind: 'authExpired' },
    { kind: 'rejected', message: '', fields: [] },
    ...(['stale', 'closed', 'duplicate', 'gone'] as const).map((reason) => ({
      kind: 'conflict' as const,
      reason,
    })),
    { kind: 'throttled', until: EVENING },
    { kind: 'serverFault', status: null },
  ];
  const states: ItemState[] = [
    QUEUED,
    { kind: 'sending', attempts: 0, startedAt: MONDAY_MORNING },
    { kind: 'delivered', at: MONDAY_MORNING, receipt: { ticketId: 't', ticketNumber: '' } },
    { kind: 'delivered', at: MONDAY_MORNING, receipt: emailReceipt(REF) },
    ...(['signedOut', 'aheadInLane', 'held'] as const).map((reason) => ({
      kind: 'held' as const,
      reason,
      attempts: 0,
      lastFault: null,
    })),
    ...desk.map((lastFault) => ({ kind: 'queued' as const, attempts: 1, notBefore: null, lastFault })),
    ...desk.map(refused),
  ];
  const tickets = fc.record({
    step: fc.constantFrom(null, ...STEPS),
    statusLabel: fc.constantFrom('', 'Awaiting vendor'),
    closed: fc.boolean(),
    withdrawn: fc.boolean(),
    emergency: fc.boolean(),
    visit: fc.constantFrom(null, 'remote' as const, 'onSite' as const),
    assignee: fc.constantFrom(null, JONAS),
    question: fc.constantFrom(null, null, question),
    survey: fc.constantFrom('none' as const, 'waiting' as const, 'answered' as const),
  });
  const contexts = fc.record({
    locale: fc.constant('en'),
    timeZone: fc.constant(HERE.timeZone),
    agreement: fc.constantFrom(null, anAgreement()),
    now: fc.constantFrom(MONDAY_MORNING, EVENING),
    pending: fc.constantFrom(
      [],
      [],
      [],
      ...Object.values(WRITES).flatMap((write) => [pending(write), pending(write, REJECTED)]),
    ),
  });

  it('has the words for every state there is, and no others', () => {
    const seen = new Set<StatusKey>(STEPS.map((step) => `step.${step}` as const));
    const say = (key: StatusKey, params: StatusWord['params']) => {
      seen.add(key);
      expect(t(`status:${key}`, params)).not.toBe('');
    };
    const join: Write = { kind: 'join', announcementId: 'o1', title: 'Mail is down' };
    const written = [WRITES.message, WRITES.rate, join];
    for (const [state, write] of states.flatMap((one) => written.map((what) => [one, what] as const))) {
      for (const byEmail of [false, true]) {
        const word = itemWords({ state, write }, { now: MONDAY_MORNING, reach: 'checking', byEmail });
        say(word.key, word.params);
        say(word.detail, word.params);
      }
    }
    fc.assert(
      fc.property(tickets, contexts, (over, context) => {
        const ticket = aTicket({ ...over, ref: REF });
        const { word } = rowState(ticket, context.pending);
        const after = whatHappensNext(ticket, context);
        say(word.key, word.params);
        say(after.key, after.params);
        say(after.title, after.params);
      }),
      { numRuns: 10_000 },
    );
    expect([...seen].sort()).toEqual(keysOf(status).sort());
  });
});

function keysOf(texts: object, prefix = ''): string[] {
  const keys = Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? keysOf(value, `${prefix}${key}.`)
      : [`${prefix}${key.replace(/_(one|other)$/, '')}`],
  );
  return [...new Set(keys)];
}
