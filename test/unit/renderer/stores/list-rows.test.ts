import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyIntake } from '@shared/domain/intake';
import type { OutboxItem, Write } from '@shared/domain/outbox';
import type { TicketSummary } from '@shared/domain/ticket';
import {
  heldOrder,
  isClosed,
  listRows,
  matches,
  needsUser,
  searchWords,
  sortRows,
  SORTS,
  type ListRow,
} from '../../../../src-renderer/stores/list-rows';
import { rowOfKey } from '../../../../src-renderer/stores/selectors';
import { aTicket } from '../fake-main';

const uuid = (n: number) => `0195a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const queued = { kind: 'queued', attempts: 0, notBefore: null, lastFault: null } as const;
const create = (summary: string): Write => ({
  kind: 'create',
  summary,
  intake: { ...emptyIntake(), problem: summary },
  files: [],
});
const anItem = (n: number, write: Write, more: Partial<OutboxItem> = {}): OutboxItem => ({
  ref: uuid(n),
  lane: uuid(n),
  sequence: n,
  acceptedAt: `2026-03-02T16:0${n}:00.000Z`,
  write,
  state: queued,
  ...more,
});
const reply = (id: string): Write => ({
  kind: 'message',
  target: { kind: 'board', id },
  text: 'Yes',
  files: [],
});
const delivered = (ticketId: string) =>
  ({ kind: 'delivered', at: '2026-03-02T16:05:00.000Z', receipt: { ticketId, ticketNumber: '1' } }) as const;

describe('the list of tickets', () => {
  it('shows a ticket that the board does not have yet', () => {
    const rows = listRows([aTicket()], [anItem(1, create('Label printer'))]);
    expect(rows.map((row) => [row.kind, row.key])).toEqual([
      ['ticket', 'id:t-4127'],
      ['pending', `ref:${uuid(1)}`],
    ]);
  });

  it('keeps the key of a ticket filed here at every stage of its delivery', () => {
    const filed = anItem(1, create('Label printer'));
    const sent = { ...filed, state: delivered('t-1') };
    const onBoard = aTicket({ id: 't-1', ref: uuid(1) });
    const withoutRef = aTicket({ id: 't-1', ref: null });
    const keys = [
      listRows([], [filed]),
      listRows([], [sent]),
      listRows([onBoard], [sent]),
      listRows([onBoard], []),
      listRows([withoutRef], [sent]),
    ].map((rows) => rows.map((row) => row.key));
    expect(keys).toEqual(Array(5).fill([`ref:${uuid(1)}`]));
  });

  it('gives each row the unsent writes of its ticket, in order', () => {
    const board = aTicket({ id: 't-1', ref: uuid(1) });
    const items = [
      anItem(3, reply('t-1'), { lane: uuid(1) }),
      anItem(2, reply('t-1'), { lane: uuid(1) }),
      anItem(4, reply('t-1'), { lane: uuid(1), state: delivered('t-1') }),
      anItem(5, reply('t-2'), { lane: 'id:t-2' }),
    ];
    const [row] = listRows([board], items);
    expect(row?.pending.map((item) => item.sequence)).toEqual([2, 3]);
  });

  it('finds a ticket filed here by the key of the board, as a notification may name it', () => {
    const rows = listRows([aTicket({ id: 't-1', ref: uuid(1) })], []);
    expect(rowOfKey(rows, 'id:t-1')?.key).toBe(`ref:${uuid(1)}`);
    expect(rowOfKey(rows, 'id:t-9')).toBeNull();
  });

  it('keeps the row of an unchanged ticket, so that nothing is drawn anew', () => {
    const ticket = aTicket();
    expect(listRows([ticket], [])[0]).toBe(listRows([ticket], [anItem(1, create('Other'))])[0]);
  });
});

describe('what needs the user', () => {
  const rowOf = (ticket: TicketSummary, items: readonly OutboxItem[] = []) =>
    listRows([ticket], items).find((row) => row.kind === 'ticket') as ListRow;
  const question = { messageId: 'm', quickAnswers: [] };

  it('is a question, a solved problem to confirm, or something that could not be sent', () => {
    expect(needsUser(rowOf(aTicket({ question })))).toBe(true);
    expect(needsUser(rowOf(aTicket({ step: 'resolved' })))).toBe(true);
    const refused = anItem(1, reply('t-4127'), {
      lane: 'id:t-4127',
      state: { kind: 'needsAttention', attempts: 1, fault: { kind: 'conflict', reason: 'stale' } },
    });
    expect(needsUser(rowOf(aTicket(), [refused]))).toBe(true);
  });

  it('is no longer a question whose answer is on its way, nor a closed ticket', () => {
    const answer = anItem(1, reply('t-4127'), { lane: 'id:t-4127' });
    expect(needsUser(rowOf(aTicket({ question }), [answer]))).toBe(false);
    expect(needsUser(rowOf(aTicket({ step: 'resolved', closed: true })))).toBe(false);
    expect(needsUser(rowOf(aTicket()))).toBe(false);
  });
});

const someTickets = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 5 }),
    at: fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
    closed: fc.boolean(),
    step: fc.constantFrom('received' as const, 'resolved' as const, null),
  }),
  { selector: (one) => one.id, maxLength: 30 },
);
const toRows = (tickets: readonly { id: string; at: Date; closed: boolean; step: TicketSummary['step'] }[]) =>
  listRows(
    tickets.map(({ at, ...rest }) =>
      aTicket({ ...rest, createdAt: at.toISOString(), updatedAt: at.toISOString() }),
    ),
    [],
  );

describe('the order', () => {
  it('loses no row and does not depend on the order before', () => {
    fc.assert(
      fc.property(someTickets, fc.constantFrom(...SORTS), (tickets, sort) => {
        const keys = sortRows(toRows(tickets), sort).map((row) => row.key);
        expect(keys.toSorted()).toEqual(
          toRows(tickets)
            .map((row) => row.key)
            .toSorted(),
        );
        expect(sortRows(toRows(tickets.toReversed()), sort).map((row) => row.key)).toEqual(keys);
      }),
    );
  });

  it('puts what needs the user before everything else', () => {
    fc.assert(
      fc.property(someTickets, (tickets) => {
        const flags = sortRows(toRows(tickets), 'attention').map(needsUser);
        expect(flags.lastIndexOf(true)).toBeLessThan(flags.includes(false) ? flags.indexOf(false) : Infinity);
      }),
    );
  });

  it('stays while it is held: rows that were there keep their places, new ones go last, gone ones leave', () => {
    fc.assert(
      fc.property(someTickets, fc.array(fc.nat(29)), (tickets, gone) => {
        const before = sortRows(toRows(tickets), 'newest').map((row) => row.key);
        const left = toRows(tickets.filter((_, index) => !gone.includes(index)));
        const fresh = toRows([{ id: 'a new one', at: new Date('2026-06-01'), closed: false, step: null }]);
        const held = heldOrder([...fresh, ...left], before).map((row) => row.key);
        expect(held.at(-1)).toBe('id:a new one');
        expect(held.slice(0, -1)).toEqual(before.filter((key) => left.some((row) => row.key === key)));
      }),
    );
  });
});

describe('the search', () => {
  const row = listRows(
    [aTicket({ summary: 'Café printer prints half a label', number: '4131' })],
    [],
  )[0] as ListRow;
  it.each(['label', 'LABEL half', 'cafe', '4131', 'jonas', 'progress', '  ', 'prin'])(
    'finds it by "%s"',
    (typed) => {
      expect(matches(row, searchWords(typed))).toBe(true);
    },
  );
  it.each(['scanner', 'label scanner', '9999'])('does not find it by "%s"', (typed) => {
    expect(matches(row, searchWords(typed))).toBe(false);
  });
  it('finds an unsent ticket by words of the problem', () => {
    const [pending] = listRows([], [anItem(1, create('Half a label'))]);
    expect(matches(pending as ListRow, searchWords('half'))).toBe(true);
    expect(isClosed(pending as ListRow)).toBe(false);
  });
});
