import { describe, expect, it, vi } from 'vitest';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import { readLacking } from '../../../src-main/desk/lacking';
import { createManualClock } from '../../support/manual-clock';
import { quietLog } from '../../support/quiet-log';

type Answer = Result<readonly string[], DeskFault>;

function setup(stored: unknown, ask: () => Promise<Answer>) {
  const clock = createManualClock();
  const log = quietLog();
  const write = vi.fn<(content: unknown) => Promise<void>>(async () => undefined);
  const file = { readNow: () => stored, write, settled: async () => undefined };
  return { clock, log, write, lacking: readLacking({ file, ask, clock, log }) };
}
const never = () => new Promise<Answer>(() => undefined);

describe('what a board does not have', () => {
  it('is asked for before the first opening, and kept', async () => {
    const { lacking, write } = setup(undefined, async () => ok(['Visit']));
    expect(await lacking).toEqual(['Visit']);
    expect(write).toHaveBeenCalledWith({ lacking: ['Visit'] });
  });

  it('is what was known the last time, without waiting for the board', async () => {
    expect(await setup({ lacking: ['Visit'] }, never).lacking).toEqual(['Visit']);
  });

  it('is known anew for the next time where it has changed', async () => {
    const { lacking, write } = setup({ lacking: ['Visit'] }, async () => ok([]));
    expect(await lacking).toEqual(['Visit']);
    await vi.waitFor(() => expect(write).toHaveBeenCalledWith({ lacking: [] }));
    const same = setup({ lacking: ['Visit'] }, async () => ok(['Visit']));
    await same.lacking;
    expect(same.write).not.toHaveBeenCalled();
  });

  it('is nothing known while a board that was never asked is away, and nobody waits long', async () => {
    const away = setup(undefined, async () => err({ kind: 'offline', cause: 'unreachable' }));
    expect(await away.lacking).toEqual([]);
    expect(away.write).not.toHaveBeenCalled();
    const { clock, lacking } = setup(undefined, never);
    await clock.pass(5_000);
    expect(await lacking).toEqual([]);
  });

  it('survives a damaged file and a board that fails', async () => {
    const { lacking, log } = setup({ lacking: 'x' }, async () => {
      throw new Error('no');
    });
    expect(await lacking).toEqual([]);
    expect(log.events).toEqual(['board.lacking']);
  });
});
