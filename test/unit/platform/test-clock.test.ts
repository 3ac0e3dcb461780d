import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestClock } from '../../../src-main/platform/test-clock';

const START = new Date('2026-03-02T08:00:00.000Z');
const HOUR = 3_600_000;

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

describe('the test clock', () => {
  it('goes on by itself and calls back in its own time', () => {
    const clock = createTestClock(new Date('2026-11-01T00:00:00.000Z'), () => undefined);
    const called = vi.fn();
    clock.after(2 * HOUR, called);
    vi.advanceTimersByTime(2 * HOUR - 1);
    expect(called).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(called).toHaveBeenCalledOnce();
    expect(clock.now().toISOString()).toBe('2026-11-01T02:00:00.000Z');
  });

  it('calls what became due while it was moved, in order, and nothing that was cancelled', () => {
    const clock = createTestClock(null, () => undefined);
    const calls: string[] = [];
    clock.after(3 * HOUR, () => calls.push('third'));
    clock.after(HOUR, () => calls.push('first'));
    const cancel = clock.after(2 * HOUR, () => calls.push('cancelled'));
    clock.after(5 * HOUR, () => calls.push('later'));
    cancel();
    clock.set(new Date(START.getTime() + 4 * HOUR));
    expect(calls).toEqual(['first', 'third']);
    vi.advanceTimersByTime(HOUR);
    expect(calls).toEqual(['first', 'third', 'later']);
  });

  it('says how far it was moved before it calls anybody', () => {
    const offsets: number[] = [];
    const clock = createTestClock(null, (offset) => offsets.push(offset));
    clock.after(HOUR, () => offsets.push(-1));
    clock.set(new Date(START.getTime() + HOUR));
    expect(offsets).toEqual([HOUR, -1]);
  });
});
