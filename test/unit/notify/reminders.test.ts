import { describe, expect, it } from 'vitest';
import type { TicketSummary } from '@shared/domain/ticket';
import { startReminders } from '../../../src-main/notify/reminders';
import { createManualClock } from '../sync/support/manual-clock';
import { aTicket } from '../domain/builders';

const HOUR = 60 * 60_000;

function setUp(later: Record<string, string> = {}) {
  const clock = createManualClock();
  const waiting: TicketSummary[] = [
    aTicket({ id: 'a', closed: true, survey: 'waiting', updatedAt: clock.now().toISOString() }),
  ];
  const told: string[] = [];
  const listeners = new Set<() => void>();
  const stop = startReminders({
    waiting: () => waiting,
    later: () => later,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    notify: { remind: (tickets) => told.push(...tickets.map(({ id }) => id)) },
    clock,
  });
  return { clock, waiting, told, listeners, stop };
}

describe('reminders of surveys', () => {
  it('are looked for by themselves, and not before their time', async () => {
    const { clock, told, stop } = setUp();
    await clock.advance(47 * HOUR);
    expect(told).toEqual([]);
    await clock.advance(2 * HOUR);
    expect(new Set(told)).toEqual(new Set(['a']));
    stop();
  });

  it('are for nobody who has rated meanwhile', async () => {
    const { clock, waiting, told } = setUp();
    waiting.length = 0;
    await clock.advance(100 * HOUR);
    expect(told).toEqual([]);
  });

  it('come at the time the user asked for, and end when told', async () => {
    const { clock, told, listeners, stop } = setUp({ a: '2026-03-03T08:00:00.000Z' });
    await clock.advance(23 * HOUR);
    expect(told).toEqual([]);
    await clock.advance(2 * HOUR);
    expect(told).toContain('a');
    stop();
    expect(listeners.size).toBe(0);
    expect(clock.pending()).toBe(0);
  });
});
