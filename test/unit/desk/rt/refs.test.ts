import { describe, expect, it } from 'vitest';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import { createRefs, type Done, type Sent } from '../../../../src-main/desk/rt/refs';
import { createManualClock } from '../../../support/manual-clock';
import { ref } from '../../../support/samples';

const WAIT = 35_000;
const SENT: Sent = { kind: 'ticket', summary: 'x', startedAt: 0 };
const RECEIPT = { ticketId: '15', ticketNumber: '15' };
const DONE: Result<Done, DeskFault> = ok({ receipt: RECEIPT, transactionId: null });
const AMBIGUOUS: Result<Done, DeskFault> = err({ kind: 'ambiguous', cause: 'reset' });

describe('writes by their ref', () => {
  const setup = () => {
    const clock = createManualClock();
    return { clock, refs: createRefs({ clock, wait: WAIT }) };
  };

  it('are in flight once, and done once', async () => {
    const { refs } = setup();
    const id = ref();
    let times = 0;
    let finish = (_result: Result<Done, DeskFault>): void => undefined;
    const work = () => {
      times += 1;
      return new Promise<Result<Done, DeskFault>>((resolve) => (finish = resolve));
    };
    const all = [refs.once(id, SENT, work), refs.once(id, SENT, work)];
    expect(refs.mayBeUnderWay(id)).toBe(true);
    finish(DONE);
    expect(await Promise.all(all)).toEqual([ok(RECEIPT), ok(RECEIPT)]);
    expect(await refs.once(id, SENT, work)).toEqual(ok(RECEIPT));
    expect(times).toBe(1);
    expect(refs.mayBeUnderWay(id)).toBe(false);
  });

  it('may be under way for the whole wait after they ended in doubt, and not longer', async () => {
    const { clock, refs } = setup();
    const id = ref();
    await clock.pass(WAIT);
    await refs.once(id, SENT, async () => AMBIGUOUS);
    await clock.pass(WAIT - 1);
    expect(refs.mayBeUnderWay(id)).toBe(true);
    await clock.pass(1);
    expect(refs.mayBeUnderWay(id)).toBe(false);
  });

  it('begin their wait anew with every doubt', async () => {
    const { clock, refs } = setup();
    const id = ref();
    await refs.once(id, SENT, async () => AMBIGUOUS);
    await clock.pass(WAIT - 1);
    await refs.once(id, SENT, async () => AMBIGUOUS);
    await clock.pass(WAIT - 1);
    expect(refs.mayBeUnderWay(id)).toBe(true);
  });

  it.each<[string, DeskFault]>([
    ['that never left', { kind: 'offline', cause: 'unreachable' }],
    ['that were refused', { kind: 'rejected', message: '', fields: [] }],
    ['that the end of the session met', { kind: 'authExpired' }],
  ])('%s are not under way', async (_what, fault) => {
    const { refs } = setup();
    const id = ref();
    await refs.once(id, SENT, async () => err(fault));
    expect(refs.mayBeUnderWay(id)).toBe(false);
  });

  it('of an earlier process may be under way until it cannot have sent them any more', async () => {
    const { clock, refs } = setup();
    expect(refs.mayBeUnderWay(ref())).toBe(true);
    await clock.pass(WAIT);
    expect(refs.mayBeUnderWay(ref())).toBe(false);
  });

  it('are known by the transaction that RT made of them', async () => {
    const { refs } = setup();
    const id = ref();
    await refs.once(id, SENT, async () => ok({ receipt: RECEIPT, transactionId: '77' }));
    expect(refs.byTransaction('77')).toBe(id);
    expect(refs.byTransaction('78')).toBeNull();
  });
});
