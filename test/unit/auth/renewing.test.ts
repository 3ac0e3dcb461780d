import { describe, expect, it } from 'vitest';
import { keepRenewing, type BoardReach } from '../../../src-main/auth/renewing';
import { createManualClock } from '../../support/manual-clock';
import { quietLog } from '../../support/quiet-log';

const MINUTE = 60_000;

/** A board whose reach the test sets, and a session that gives what it is told to. */
function setUp(renew: () => Promise<boolean>) {
  const clock = createManualClock();
  const listeners = new Set<() => void>();
  const did: string[] = [];
  let state: ReturnType<BoardReach['state']> = 'online';
  /** What the board says when Deskbell goes on. */
  let answer: ReturnType<BoardReach['state']> = 'online';
  const become = async (next: typeof state): Promise<void> => {
    state = next;
    listeners.forEach((listener) => listener());
    await clock.pass(0);
  };
  const stop = keepRenewing({
    reach: {
      state: () => state,
      onChange: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      resume: () => {
        did.push('resume');
        state = 'checking';
        listeners.forEach((listener) => listener());
        void become(answer);
      },
    },
    session: {
      renew: () => {
        did.push('renew');
        return renew();
      },
    },
    onOver: () => did.push('over'),
    onGood: () => did.push('good'),
    clock,
    random: () => 1,
    log: quietLog(),
  });
  return {
    clock,
    did,
    become,
    stop,
    answers: (next: ReturnType<BoardReach['state']>) => void (answer = next),
  };
}

const count = (did: readonly string[], what: string): number => did.filter((one) => one === what).length;

describe('a session that the board calls over', () => {
  it('goes on without a word where another one can be had', async () => {
    const { did, become } = setUp(async () => true);
    await become('signedOut');
    expect(did).toEqual(['renew', 'resume', 'good']);
  });

  it('is told to the user where only they can go on, and is looked at again', async () => {
    let isIn = false;
    const { clock, did, become } = setUp(async () => isIn);
    await become('signedOut');
    expect(did).toEqual(['renew', 'over']);
    isIn = true;
    await clock.pass(MINUTE);
    expect(did.slice(2)).toEqual(['renew', 'resume', 'good']);
  });

  it('is not told while it cannot be found out whether it is over', async () => {
    const { clock, did, become } = setUp(() => Promise.reject(new Error('offline')));
    await become('signedOut');
    await clock.pass(MINUTE);
    expect(did).not.toContain('over');
    expect(count(did, 'renew')).toBeGreaterThan(1);
  });

  it('is told when the board refuses what was renewed, and the board is asked ever less often', async () => {
    const { clock, did, become, answers } = setUp(async () => true);
    answers('signedOut');
    await become('signedOut');
    expect(did.slice(0, 3)).toEqual(['renew', 'resume', 'over']);
    await clock.pass(60 * MINUTE);
    const inAnHour = count(did, 'renew');
    expect(inAnHour).toBeGreaterThan(4);
    expect(inAnHour).toBeLessThan(12);
    answers('online');
    await clock.pass(20 * MINUTE);
    expect(did.at(-1)).toBe('good');
  });

  it('is nobody’s business after the end', async () => {
    const { clock, did, become, stop } = setUp(async () => false);
    stop();
    await become('signedOut');
    await clock.pass(MINUTE);
    expect(did).toEqual([]);
  });

  it('is not told when the watch ends while it is being renewed', async () => {
    let release = (_isIn: boolean): void => undefined;
    const { clock, did, become, stop } = setUp(() => new Promise((resolve) => (release = resolve)));
    await become('signedOut');
    stop();
    release(false);
    await clock.pass(MINUTE);
    expect(did).toEqual(['renew']);
  });
});
