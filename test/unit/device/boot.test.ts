import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createBootReader, pretendedBoot } from '../../../src-main/device/boot';
import { createManualClock } from '../../support/manual-clock';

describe('the run of this computer', () => {
  it.runIf(process.platform === 'linux')('has the id of the kernel, the same at every look', async () => {
    const reader = createBootReader({ platform: 'linux', clock: createManualClock(), pretend: null });
    const [one, other] = [await reader.read(), await reader.read()];
    expect(one.id).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
    expect(other.id).toBe(one.id);
    expect(one.uptime).toBeGreaterThan(0);
  });

  it('has none where the system tells none, and that is no failure', async () => {
    const reader = createBootReader({ platform: 'freebsd', clock: createManualClock(), pretend: null });
    expect((await reader.read()).id).toBeNull();
  });

  it('is what a test says, while its clock goes on', async () => {
    const clock = createManualClock('2026-03-02T09:00:00.000Z');
    const pretend = pretendedBoot({
      DESKBELL_TEST_BOOT_ID: 'one',
      DESKBELL_TEST_BOOTED_AT: '2026-03-02T08:00:00.000Z',
    });
    const reader = createBootReader({ platform: 'linux', clock, pretend });
    expect(await reader.read()).toEqual({ id: 'one', uptime: 3600, bootedAt: '2026-03-02T08:00:00.000Z' });
    await clock.pass(60_000);
    expect(reader.uptime()).toBe(3660);
    expect(pretendedBoot({})).toBeNull();
    expect(pretendedBoot({ DESKBELL_TEST_BOOT_ID: 'one', DESKBELL_TEST_BOOTED_AT: 'soon' })).toBeNull();
  });
});
