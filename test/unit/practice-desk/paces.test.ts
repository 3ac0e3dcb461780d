import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addOpenTime, dueAt } from '../../../src-main/practice-desk/pace';
import type { BusinessHours } from '../../../src-shared/domain/agreement';
import { hoursAt } from '../../../src-shared/domain/hours';
import type { BoardTicket } from '../../../src-shared/board-api';
import { fakeClock, RATINGS, signIn, startDesk, until, type Client } from './support/desk';

const START = '2026-03-02T08:42:00.000Z';
const seconds = (at: string): number => (new Date(at).getTime() - new Date(START).getTime()) / 1000;
const reached = (ticket: BoardTicket): Record<string, number> =>
  Object.fromEntries(ticket.steps.map((entry) => [entry.step, seconds(entry.at)]));

const ticketWhere = (
  client: Client,
  id: string,
  holds: (ticket: BoardTicket) => boolean,
): Promise<BoardTicket> => until(() => client.ticket(id), holds);

describe('the quick pace', () => {
  it('takes a newcomer to the survey in about two minutes', async () => {
    const clock = fakeClock(START);
    const ada = await signIn(await startDesk({ pace: 'quick', clock }));
    const { ticketId } = await ada.file('Mail is stuck', { restarted: 'computer' });
    const at = async (second: number, holds: (ticket: BoardTicket) => boolean): Promise<BoardTicket> => {
      clock.advance(second * 1000 - (clock.now().getTime() - new Date(START).getTime()));
      return ticketWhere(ada, ticketId, holds);
    };
    await at(3, (ticket) => ticket.step === 'received');
    await at(13, (ticket) => ticket.step === 'reviewed');
    await at(21, (ticket) => ticket.step === 'assigned');
    await at(31, (ticket) => ticket.step === 'working');
    const asked = await at(41, (ticket) => ticket.question !== null);
    expect(reached(asked)).toEqual({ created: 0, received: 2.5, reviewed: 12, assigned: 20, working: 30 });

    await at(600, () => true);
    expect((await ada.ticket(ticketId)).version).toBe(asked.version);

    await ada.post(`/v1/tickets/${ticketId}/messages`, { text: 'In the browser too', uploads: [] });
    const thanked = await at(605, (ticket) => ticket.messages.at(-1)?.author.kind === 'staff');
    expect(thanked.messages.at(-1)?.text).toBe('Thank you, that helps. I am carrying on.');
    const resolved = await at(625, (ticket) => ticket.step === 'resolved');
    expect(reached(resolved)['resolved']).toBe(625);
    expect(resolved.messages.at(-1)?.attachments).toHaveLength(1);

    await ada.post(`/v1/tickets/${ticketId}/state`, { change: 'works', text: '' });
    expect(await ada.ticket(ticketId)).toMatchObject({ closed: true, survey: 'waiting' });
    await ada.post(`/v1/tickets/${ticketId}/survey`, { answers: RATINGS, comment: '' });
    const { version } = await ada.ticket(ticketId);
    await at(10_000, () => true);
    expect((await ada.ticket(ticketId)).version).toBe(version);
  });

  it('takes a ticket that is still broken up again, and solves it again', async () => {
    const clock = fakeClock(START);
    const ada = await signIn(await startDesk({ pace: 'quick', clock }));
    const { ticketId } = await ada.file('The VPN is slow', { restarted: 'no' });
    clock.advance(60_000);
    await ticketWhere(ada, ticketId, (ticket) => ticket.question !== null);
    await ada.post(`/v1/tickets/${ticketId}/messages`, { text: 'At home, pages open', uploads: [] });
    clock.advance(60_000);
    await ticketWhere(ada, ticketId, (ticket) => ticket.step === 'resolved');
    await ada.post(`/v1/tickets/${ticketId}/state`, { change: 'stillBroken', text: 'No change here' });
    const reopened = await ada.ticket(ticketId);
    expect(reopened).toMatchObject({ step: 'working', statusLabel: 'Reopened', closed: false });
    expect(reopened.steps.map((entry) => entry.step)).not.toContain('resolved');
    clock.advance(6_000);
    await ticketWhere(
      ada,
      ticketId,
      (ticket) => ticket.messages.at(-1)?.text.startsWith('I am sorry') === true,
    );
    clock.advance(30_000);
    const again = await ticketWhere(ada, ticketId, (ticket) => ticket.step === 'resolved');
    const solutions = again.messages
      .filter((message) => message.author.kind === 'staff')
      .map((message) => message.text);
    expect(new Set(solutions).size).toBe(solutions.length);
  });

  it('answers what the user writes in between, once for several messages', async () => {
    const clock = fakeClock(START);
    const ada = await signIn(await startDesk({ pace: 'quick', clock }));
    const { ticketId } = await ada.file('Mail is stuck', { restarted: 'both' });
    clock.advance(3_000);
    await ticketWhere(ada, ticketId, (ticket) => ticket.step === 'received');
    for (const text of ['It is the blue one', 'And it smells']) {
      await ada.post(`/v1/tickets/${ticketId}/messages`, { text, uploads: [] });
    }
    clock.advance(6_000);
    const noted = await ticketWhere(
      ada,
      ticketId,
      (ticket) => ticket.messages.at(-1)?.author.kind === 'staff',
    );
    expect(noted.messages.slice(-3).map((message) => message.text)).toEqual([
      'It is the blue one',
      'And it smells',
      'Thank you, I have added that to your ticket.',
    ]);
    clock.advance(1_000);
    expect(await ada.ticket(ticketId)).toEqual(noted);
  });

  it('catches up after the desk was off: everything due, in order, at the times it was due', async () => {
    const clock = fakeClock(START);
    const desk = await startDesk({ pace: 'quick', clock });
    const ada = await signIn(desk);
    const { ticketId } = await ada.file('Mail is stuck', { restarted: 'both' });
    await desk.close();
    clock.advance(3_600_000);
    const again = await signIn(await startDesk({ pace: 'quick', clock, dataDir: desk.dataDir }));
    const asked = await ticketWhere(again, ticketId, (ticket) => ticket.question !== null);
    expect(reached(asked)).toEqual({ created: 0, received: 2.5, reviewed: 12, assigned: 20, working: 30 });
    expect(seconds(asked.messages.at(-1)?.at ?? '')).toBe(40);
    expect(seconds(asked.updatedAt)).toBe(40);
    const times = asked.messages.map((message) => message.at);
    expect(times).toEqual([...times].sort());
  });

  it('takes up tickets that were left by the manual pace', async () => {
    const clock = fakeClock(START);
    const desk = await startDesk({ clock });
    const { ticketId } = await (await signIn(desk)).file();
    await desk.close();
    const ada = await signIn(await startDesk({ pace: 'quick', clock, dataDir: desk.dataDir }));
    clock.advance(3_000);
    await ticketWhere(ada, ticketId, (ticket) => ticket.step === 'received');
  });

  it('works on many tickets at once, each in its own order', async () => {
    const clock = fakeClock(START);
    const ada = await signIn(await startDesk({ pace: 'quick', clock, random: Math.random }));
    const filed = await Promise.all(Array.from({ length: 12 }, (_, index) => ada.file(`Problem ${index}`)));
    clock.advance(60_000);
    for (const { ticketId } of filed) {
      const asked = await ticketWhere(ada, ticketId, (ticket) => ticket.question !== null);
      expect(asked.steps.map((entry) => entry.step)).toEqual([
        'created',
        'received',
        'reviewed',
        'assigned',
        'working',
      ]);
    }
  });
});

describe('the real pace', () => {
  const hours: BusinessHours = {
    timeZone: 'Europe/Berlin',
    week: [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '17:00' })),
    holidays: [{ day: '2026-04-06', name: 'Easter Monday' }],
  };
  const MINUTE = 60_000;

  it('counts business hours only: Friday evening goes on after the weekend and the holiday', () => {
    const friday = new Date('2026-04-03T14:50:00.000Z'); // 16:50 in Berlin
    expect(addOpenTime(hours, friday, 30 * MINUTE).toISOString()).toBe('2026-04-07T06:20:00.000Z');
    expect(addOpenTime(hours, friday, 10 * MINUTE).toISOString()).toBe('2026-04-03T15:00:00.000Z');
  });

  it('never sets anything but the receipt and emergencies outside business hours', () => {
    const errand = fc.constantFrom(
      'review',
      'assign',
      'start',
      'ask',
      'resolve',
      'apologise',
      'courtesy' as const,
    );
    const from = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(errand, from, fc.double({ min: 0, max: 0.999, noNaN: true }), (name, at, random) => {
        const due = dueAt(
          'real',
          { errand: name, from: at, emergency: false },
          { random: () => random, hours },
        );
        expect(due!.getTime()).toBeGreaterThan(at.getTime());
        expect(hoursAt(hours, new Date(due!.getTime() - 1)).open).toBe(true);
        const urgent = dueAt(
          'real',
          { errand: 'review', from: at, emergency: true },
          { random: () => random, hours },
        );
        expect(urgent!.getTime() - at.getTime()).toBeLessThan(30 * MINUTE);
      }),
      { numRuns: 300 },
    );
  });

  it('confirms receipt within minutes at any time and works the next morning', async () => {
    const clock = fakeClock('2026-03-06T18:00:00.000Z'); // a Friday, 19:00 in Berlin
    const ada = await signIn(await startDesk({ pace: 'real', clock }));
    const { ticketId } = await ada.file('Mail is stuck', { restarted: 'both' });
    clock.advance(2 * MINUTE);
    await ticketWhere(ada, ticketId, (ticket) => ticket.step === 'received');
    clock.advance(60 * 60 * MINUTE);
    expect((await ada.ticket(ticketId)).step).toBe('received');
    clock.advance(6 * 60 * MINUTE);
    const asked = await ticketWhere(ada, ticketId, (ticket) => ticket.question !== null);
    expect(asked.steps.find((entry) => entry.step === 'reviewed')?.at).toMatch(/^2026-03-09T07:/);
  });
});

describe('the manual pace', () => {
  it('does nothing by itself', async () => {
    const clock = fakeClock(START);
    const ada = await signIn(await startDesk({ clock }));
    const { ticketId } = await ada.file();
    await ada.post(`/v1/tickets/${ticketId}/messages`, { text: 'Hello', uploads: [] });
    const { version } = await ada.ticket(ticketId);
    clock.advance(24 * 3_600_000);
    expect((await ada.ticket(ticketId)).version).toBe(version);
  });
});
