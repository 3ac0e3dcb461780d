import { describe, expect, it } from 'vitest';
import { TicketKeySchema } from '../../../src-shared/domain/route';
import { keyOfItem, keyOfTicket, laneOf, laneOfKey, targetOf } from '../../../src-shared/domain/ticket-key';
import { aTicket, anItem, OTHER_REF, REF, WRITES } from './builders';

const filedHere = aTicket({ id: 't-9', ref: REF });
const byMail = aTicket({ id: 't-1', ref: null });
const create = anItem({ ref: REF, lane: REF, write: WRITES.create });
const delivered = anItem({
  ...create,
  state: { kind: 'delivered', at: create.acceptedAt, receipt: { ticketId: 't-9', ticketNumber: '9' } },
});

describe('the key of a ticket', () => {
  it('stays the same from the outbox to the board', () => {
    expect(keyOfItem(create)).toBe(`ref:${REF}`);
    expect(keyOfTicket(filedHere)).toBe(keyOfItem(create));
    expect(laneOf(filedHere)).toBe(create.lane);
    expect(laneOf({ kind: 'outbox', ref: REF })).toBe(create.lane);
  });

  it('is the id for a ticket that came another way', () => {
    expect(keyOfTicket(byMail)).toBe('id:t-1');
    expect(laneOf(byMail)).toBe('id:t-1');
    expect(laneOf({ kind: 'board', id: 't-1' })).toBe('id:t-1');
  });

  it('of a message is that of its ticket, also when it names the id the board gave', () => {
    const message = anItem({
      lane: laneOf(filedHere),
      write: { ...WRITES.message, target: { kind: 'board', id: 't-9' } },
    });
    expect(keyOfItem(message)).toBe(keyOfTicket(filedHere));
  });

  it.each([filedHere, byMail])('leads to the lane and fits a route', (ticket) => {
    expect(laneOfKey(keyOfTicket(ticket))).toBe(laneOf(ticket));
    expect(TicketKeySchema.safeParse(keyOfTicket(ticket)).success).toBe(true);
  });
});

describe('targetOf', () => {
  it('is the ref of the create while the ticket is in the outbox', () => {
    expect(targetOf(`ref:${REF}`, [], [create])).toEqual({ kind: 'outbox', ref: REF });
  });
  it('is the id of the board as soon as it is known, from the receipt or the ticket', () => {
    expect(targetOf(`ref:${REF}`, [], [delivered])).toEqual({ kind: 'board', id: 't-9' });
    expect(targetOf(`ref:${REF}`, [filedHere], [])).toEqual({ kind: 'board', id: 't-9' });
    expect(targetOf('id:t-9', [filedHere], [])).toEqual({ kind: 'board', id: 't-9' });
  });
  it('is nothing for a ticket nobody knows', () => {
    expect(targetOf(`ref:${OTHER_REF}`, [filedHere], [create])).toBeNull();
    expect(targetOf('id:t-2', [filedHere], [create])).toBeNull();
  });
});
