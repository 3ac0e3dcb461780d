import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCoalescer } from '../../../src-main/drafts/coalesce';
import { createManualClock } from '../../support/manual-clock';

const PAUSE = 100;

describe('writes that are shared', () => {
  it('writes the first change at once, and a burst as one write per pause', async () => {
    const clock = createManualClock();
    const writes: number[] = [];
    let typed = 0;
    const saver = createCoalescer(async () => void writes.push(typed), PAUSE, clock);
    for (typed = 1; typed <= 50; typed += 1) {
      void saver.save();
      await clock.pass(10);
    }
    await clock.pass(PAUSE);
    expect(writes).toHaveLength(6);
    expect(writes[0]).toBe(1);
    expect(writes.at(-1)).toBe(50);
  });

  it('never lets a change wait for longer than the pause, and resolves only when it is written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(150), { minLength: 1, maxLength: 30 }), async (gaps) => {
        const clock = createManualClock();
        let typed = 0;
        let written = 0;
        const saver = createCoalescer(async () => void (written = typed), PAUSE, clock);
        const saves: Promise<void>[] = [];
        for (const gap of gaps) {
          typed += 1;
          const mine = typed;
          const since = clock.now().getTime();
          const check = saver.save().then(() => {
            expect(written).toBeGreaterThanOrEqual(mine);
            expect(clock.now().getTime() - since).toBeLessThanOrEqual(PAUSE);
          });
          saves.push(check);
          await clock.pass(gap);
        }
        await clock.pass(PAUSE);
        await Promise.all(saves);
        expect(written).toBe(gaps.length);
      }),
      { numRuns: 30 },
    );
  });

  it('never runs two writes at a time, and a change during a write goes with the next one', async () => {
    const clock = createManualClock();
    const finish: (() => void)[] = [];
    let running = 0;
    const saver = createCoalescer(
      async () => {
        running += 1;
        expect(running).toBe(1);
        await new Promise<void>((resolve) => finish.push(resolve));
        running -= 1;
      },
      PAUSE,
      clock,
    );
    const first = saver.save();
    await clock.pass(0);
    let secondDone = false;
    const second = saver.save().then(() => (secondDone = true));
    await clock.pass(PAUSE * 3);
    expect(finish).toHaveLength(1);
    finish[0]?.();
    await first;
    await clock.pass(PAUSE);
    expect(finish).toHaveLength(2);
    expect(secondDone).toBe(false);
    finish[1]?.();
    await second;
  });

  it('tells those who wait when a write fails, and writes again for the next', async () => {
    const clock = createManualClock();
    let works = false;
    const saver = createCoalescer(
      () => (works ? Promise.resolve() : Promise.reject(new Error('full'))),
      PAUSE,
      clock,
    );
    await expect(saver.save()).rejects.toThrow('full');
    works = true;
    const again = saver.save();
    await clock.pass(PAUSE);
    await again;
  });

  it('does not wait when it is flushed, also when the clock was set back', async () => {
    const clock = createManualClock();
    let written = 0;
    const saver = createCoalescer(async () => void (written += 1), PAUSE, clock);
    await saver.save();
    void saver.save();
    await saver.flush();
    expect(written).toBe(2);
    await saver.flush();
    expect(written).toBe(2);
    await clock.pass(-3_600_000);
    const late = saver.save();
    await clock.pass(PAUSE);
    await late;
  });
});
