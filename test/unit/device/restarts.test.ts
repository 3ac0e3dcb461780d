import { describe, expect, it } from 'vitest';
import type { Draft, TicketDraft } from '@shared/domain/draft';
import { emptyIntake } from '@shared/domain/intake';
import type { Boot } from '@shared/domain/restart';
import { err, ok } from '@shared/domain/result';
import { createRestarts } from '../../../src-main/device/restart/restarts';
import { createManualClock } from '../../support/manual-clock';
import { quietLog } from '../../support/quiet-log';

const ID = '0195a000-0000-7000-8000-000000000001';
const draft: TicketDraft = {
  id: ID,
  createdAt: '2026-03-02T08:00:00.000Z',
  updatedAt: '2026-03-02T08:00:00.000Z',
  kind: 'ticket',
  intake: { ...emptyIntake(), problem: 'The VPN drops' },
  files: [],
};

/** A computer with a disk and a draft; `open` starts Deskbell on it, again and again. */
function computer() {
  const disk: { content: unknown; isFull: boolean } = { content: undefined, isFull: false };
  const drafts = new Map<string, Draft>([[ID, draft]]);
  const listeners = new Set<() => void>();
  const atLogin: boolean[] = [];
  const clock = createManualClock('2026-03-02T09:00:00.000Z');
  let boot: Boot = { id: 'one', uptime: 23 * 86_400, bootedAt: '2026-02-07T09:00:00.000Z' };
  let keepsDrafts = false;
  const open = async () => {
    const restarts = createRestarts({
      file: {
        readNow: () => disk.content,
        write: async (content) => {
          if (disk.isFull) throw new Error('full');
          disk.content = JSON.parse(JSON.stringify(content));
        },
        settled: async () => undefined,
      },
      boot: { read: async () => boot, uptime: () => boot.uptime },
      drafts: {
        get: (id) => drafts.get(id),
        save: async (changed) => ok(drafts.set(changed.id, changed)),
        discard: async (id) => {
          if (keepsDrafts) return err({ kind: 'notStored', cause: 'diskFull' });
          drafts.delete(id);
          listeners.forEach((listener) => listener());
          return ok(undefined);
        },
        onChange: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
      startAtLogin: async (once) => void atLogin.push(once),
      clock,
      log: quietLog(),
    });
    await restarts.load();
    return restarts;
  };
  return {
    open,
    drafts,
    disk,
    clock,
    atLogin,
    reboot: () => (boot = { id: 'two', uptime: 60, bootedAt: '2026-03-02T09:20:00.000Z' }),
    keepDrafts: (keeps: boolean) => (keepsDrafts = keeps),
    send: () => {
      drafts.delete(ID);
      listeners.forEach((listener) => listener());
    },
  };
}

const begin = { draftId: ID, what: 'computer' } as const;

describe('a planned restart', () => {
  it('outlives it: asks, and yes closes the draft and counts, once', async () => {
    const pc = computer();
    const before = await pc.open();
    expect(await before.begin(begin)).toEqual(ok(undefined));
    expect(before.view().plan).toMatchObject({ stage: 'waiting', done: false, summary: 'The VPN drops' });
    await before.close();
    pc.reboot();

    const after = await pc.open();
    expect(after.view().plan).toMatchObject({ stage: 'ask', done: true });
    expect(await after.answer('fixed')).toEqual(ok(undefined));
    expect(after.view()).toMatchObject({ plan: null, solved: 1 });
    expect(pc.drafts.size).toBe(0);
    expect(await after.answer('fixed')).toEqual(err({ kind: 'notFound' }));
    expect((await pc.open()).view()).toMatchObject({ plan: null, solved: 1 });
    expect(pc.atLogin[0]).toBe(true);
    expect(pc.atLogin.slice(1)).not.toContain(true);
    expect(pc.atLogin.length).toBeGreaterThan(1);
  });

  it('no writes it into the draft', async () => {
    const pc = computer();
    await (await pc.open()).begin(begin);
    pc.reboot();
    const after = await pc.open();
    expect(await after.answer('notFixed')).toEqual(ok(undefined));
    expect(pc.drafts.get(ID)).toMatchObject({
      intake: { restarted: 'computer', restartedAt: '2026-03-02T09:20:00.000Z', problem: 'The VPN drops' },
    });
    expect(after.view()).toMatchObject({ plan: null, solved: 0 });
  });

  it('is not forgotten by putting it off, and comes up at the next visit', async () => {
    const pc = computer();
    await (await pc.open()).begin(begin);
    pc.reboot();
    const after = await pc.open();
    await after.answer('later');
    expect(after.view().plan?.stage).toBe('waiting');
    await after.visit();
    expect(after.view().plan?.stage).toBe('ask');
  });

  it('that did not happen is mentioned the next day, and can be called off', async () => {
    const pc = computer();
    const first = await pc.open();
    await first.begin(begin);
    await first.visit();
    expect(first.view().plan?.stage).toBe('waiting');
    await pc.clock.pass(24 * 3600_000);
    const next = await pc.open();
    expect(next.view().plan?.stage).toBe('notYet');
    await next.answer('cancel');
    expect(next.view().plan).toBeNull();
    expect(pc.drafts.get(ID)).toMatchObject({ intake: { restarted: null } });
    expect(pc.atLogin.at(-1)).toBe(false);
  });

  it('ends with its draft: sent or discarded, nobody asks', async () => {
    const pc = computer();
    const restarts = await pc.open();
    await restarts.begin(begin);
    pc.send();
    await restarts.close();
    expect(restarts.view().plan).toBeNull();
    pc.reboot();
    expect((await pc.open()).view().plan).toBeNull();
  });

  it('a draft that could not be closed goes at the next start, and is counted once', async () => {
    const pc = computer();
    const restarts = await pc.open();
    await restarts.begin({ draftId: ID, what: 'app' });
    pc.keepDrafts(true);
    await restarts.answer('fixed');
    expect(pc.drafts.size).toBe(1);
    pc.keepDrafts(false);
    expect((await pc.open()).view().solved).toBe(1);
    expect(pc.drafts.size).toBe(0);
  });

  it('a program needs no start at login', async () => {
    const pc = computer();
    const restarts = await pc.open();
    await restarts.begin({ draftId: ID, what: 'app' });
    await restarts.visit();
    expect(restarts.view().plan?.stage).toBe('ask');
    await restarts.answer('notFixed');
    expect(pc.drafts.get(ID)).toMatchObject({
      intake: { restarted: 'app', restartedAt: '2026-03-02T09:00:00.000Z' },
    });
    expect(pc.atLogin).toEqual([]);
  });

  it('is refused honestly when nothing can be stored, or the draft is gone', async () => {
    const pc = computer();
    const restarts = await pc.open();
    pc.disk.isFull = true;
    expect(await restarts.begin(begin)).toMatchObject({ ok: false, fault: { kind: 'notStored' } });
    expect(restarts.view().plan).toBeNull();
    pc.drafts.clear();
    expect(await restarts.begin(begin)).toEqual(err({ kind: 'notFound' }));
  });

  it('a damaged record is as good as none', async () => {
    const pc = computer();
    for (const content of ['x', { plan: { draftId: 7 }, solved: 'many' }, null]) {
      pc.disk.content = content;
      expect((await pc.open()).view()).toMatchObject({ plan: null, solved: 0 });
    }
  });
});
