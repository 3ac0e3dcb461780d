import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_POLICY } from '@shared/domain/policy-keys';
import { createJsonFile, type JsonFile } from '../../../src-main/platform/json-file';
import { createCommandLineSource } from '../../../src-main/policy/command-line';
import { readEarlyPolicy } from '../../../src-main/policy/early-policy';
import { createPolicyKeeper, READ_AGAIN_MS, type ResolvedPolicy } from '../../../src-main/policy/policy';
import {
  ABSENT,
  failed,
  found,
  type PolicySource,
  type SourceReading,
} from '../../../src-main/policy/source';
import { sourceOf } from '../../../src-main/policy/sources';
import { createManualClock } from '../../support/manual-clock';
import { quietLog } from '../../support/quiet-log';

let folder: string;
let kept: JsonFile;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskbell-policy-'));
  kept = createJsonFile(path.join(folder, 'policy.json'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A source that says what it is told to. */
function aSource(first: SourceReading, name: PolicySource['name'] = 'file') {
  let next = first;
  let reads = 0;
  const source: PolicySource = {
    name,
    read: async () => {
      reads += 1;
      return next;
    },
  };
  return { source, say: (reading: SourceReading) => void (next = reading), reads: () => reads };
}

const start = async (source: PolicySource) => {
  const clock = createManualClock();
  const log = quietLog();
  const keeper = createPolicyKeeper({ source, kept, clock, log });
  const heard: ResolvedPolicy[] = [];
  keeper.onChange((now) => heard.push(now));
  const before = keeper.current();
  await keeper.refresh();
  return { keeper, clock, log, heard, before };
};
/** As when Deskbell ends and starts again. */
const startAgain = async (source: PolicySource) => {
  await kept.settled();
  kept = createJsonFile(path.join(folder, 'policy.json'));
  return start(source);
};

const A = found({ organisation: 'A', features: { screenshots: false } });
const B = found({ organisation: 'B' });
const FAILED = failed('noPermission');

describe('the one policy that counts', () => {
  it.each([
    ['nothing', 'found', [A], 'A', 'inForce'],
    ['nothing', 'absent', [ABSENT], undefined, 'none'],
    ['nothing', 'failed', [FAILED], undefined, 'none'],
    ['one in force', 'another', [A, B], 'B', 'inForce'],
    ['one in force', 'absent', [A, ABSENT], undefined, 'none'],
    ['one in force', 'failed', [A, FAILED], 'A', 'kept'],
    ['one in force', 'failed and failed again', [A, FAILED, FAILED], 'A', 'kept'],
    ['a kept one', 'found', [A, FAILED, B], 'B', 'inForce'],
    ['a kept one', 'absent', [A, FAILED, ABSENT], undefined, 'none'],
    ['a cleared one', 'failed', [A, ABSENT, FAILED], undefined, 'none'],
  ] as const)(
    'after %s, with a source that is then %s, in one run and across restarts',
    async (_was, _is, readings, organisation, state) => {
      const [first, ...rest] = readings;
      const one = aSource(first);
      const { keeper, clock } = await start(one.source);
      for (const reading of rest) {
        one.say(reading);
        await clock.pass(READ_AGAIN_MS);
      }
      expect(keeper.current()).toMatchObject({
        state,
        policy: organisation === undefined ? {} : { organisation },
      });
      expect(keeper.current().unread).toBe(readings.at(-1) === FAILED ? 'noPermission' : null);
      await keeper.close();

      rmSync(path.join(folder, 'policy.json'), { force: true });
      let last = await start(aSource(first).source);
      for (const reading of rest) last = await startAgain(aSource(reading).source);
      expect(last.keeper.current()).toMatchObject({
        state,
        policy: organisation === undefined ? {} : { organisation },
      });
      await last.keeper.close();
    },
  );

  it('counts from the start as it was last, until the source has answered', async () => {
    await start(aSource(A).source);
    const { before, heard } = await startAgain(aSource(ABSENT).source);
    expect(before).toMatchObject({ state: 'kept', policy: { organisation: 'A' } });
    expect(heard.map(({ state }) => state)).toEqual(['none']);
  });

  it('is told of once for each real change', async () => {
    const one = aSource(A);
    const { heard, clock } = await start(one.source);
    await clock.pass(3 * READ_AGAIN_MS);
    expect(one.reads()).toBe(4);
    expect(heard).toHaveLength(1);
  });

  it('names what is wrong, keeps the rest, and forgets it when it is mended', async () => {
    const one = aSource(found({ organisation: 'A', colour: 'red', features: { screenshots: 'no' } }));
    const { keeper, log, clock } = await start(one.source);
    expect(keeper.current().policy).toEqual({ organisation: 'A' });
    expect(keeper.current().problems.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
      'colour unknown',
      'features.screenshots type',
    ]);
    expect(log.events).toContain('policy.wrong');
    one.say(A);
    await clock.pass(READ_AGAIN_MS);
    expect(keeper.current().problems).toEqual([]);
  });

  it('is none of a list or a single value: that is no policy, and what was known stays', async () => {
    const one = aSource(A);
    const { keeper, clock } = await start(one.source);
    one.say(found(['A']));
    await clock.pass(READ_AGAIN_MS);
    expect(keeper.current()).toMatchObject({
      state: 'kept',
      unread: 'notAPolicy',
      policy: { organisation: 'A' },
    });
  });

  it('survives a source that breaks', async () => {
    const { keeper } = await start({ name: 'file', read: () => Promise.reject(new Error('broken')) });
    expect(keeper.current()).toEqual({ state: 'none', policy: {}, problems: [], unread: 'other' });
  });

  it('reads once for those who ask at the same time, and no more after the end', async () => {
    const one = aSource(A);
    const { keeper, clock } = await start(one.source);
    await Promise.all([keeper.refresh(), keeper.refresh()]);
    expect(one.reads()).toBe(2);
    await keeper.close();
    await clock.pass(2 * READ_AGAIN_MS);
    expect(one.reads()).toBe(2);
  });
});

describe('the kept copy', () => {
  const forge = (content: unknown) =>
    writeFileSync(path.join(folder, 'policy.json'), JSON.stringify(content));

  it('never counts against what the source says', async () => {
    await start(aSource(A).source);
    await kept.settled();
    forge({ version: 1, source: 'file', policy: { organisation: 'forged' } });
    const { keeper } = await startAgain(aSource(A).source);
    expect(keeper.current()).toMatchObject({ state: 'inForce', policy: { organisation: 'A' } });
    await kept.settled();
    expect(kept.readNow()).toMatchObject({ policy: { organisation: 'A' } });
    forge({ version: 1, source: 'file', policy: { organisation: 'forged' } });
    const cleared = await startAgain(aSource(ABSENT).source);
    expect(cleared.keeper.current()).toMatchObject({ state: 'none', policy: {} });
  });

  it('is not taken over from another source', async () => {
    await start(aSource(A, 'commandLine').source);
    const { keeper } = await startAgain(aSource(FAILED, 'registry').source);
    expect(keeper.current()).toMatchObject({ state: 'none', policy: {} });
  });

  it('is held against the schema like everything that is read', async () => {
    forge({ version: 1, source: 'file', policy: { organisation: 'A', board: { kind: 'evil' } } });
    const { keeper } = await start(aSource(FAILED).source);
    expect(keeper.current()).toMatchObject({ state: 'kept', policy: { organisation: 'A' } });
    expect(keeper.current().policy).not.toHaveProperty('board');
  });

  it('is not there where nothing was ever managed', async () => {
    await start(aSource(ABSENT).source);
    expect(kept.readNow()).toBeUndefined();
  });
});

describe('what is needed before the source is read', () => {
  it('are the looks of the last time', async () => {
    await start(
      aSource(
        found({
          organisation: 'Lindner & Co',
          branding: { name: 'Helpdesk', accentLight: '#1f5fbf' },
          features: { screenshots: false },
          settings: { theme: 'dark' },
        }),
      ).source,
    );
    await kept.settled();
    const { view, theme } = readEarlyPolicy(kept);
    expect(theme).toBe('dark');
    expect(view).toEqual({
      ...NO_POLICY,
      organisation: 'Lindner & Co',
      branding: { name: 'Helpdesk', accentLight: '#1f5fbf', accentDark: null, logo: null },
      features: { ...NO_POLICY.features, screenshots: false },
    });
  });

  it('are none without a copy, and never more than looks whatever is in it', () => {
    expect(readEarlyPolicy(kept)).toEqual({ view: NO_POLICY, theme: null });
    fc.assert(
      fc.property(fc.jsonValue(), (content) => {
        const file = { ...kept, readNow: () => ({ policy: content }) };
        const { view } = readEarlyPolicy(file);
        expect({ ...view, organisation: null, branding: null, features: null }).toEqual({
          ...NO_POLICY,
          branding: null,
          features: null,
        });
      }),
    );
  });
});

describe('the source of a system', () => {
  const deps = { env: {}, userName: 'ada', chosenFile: null };

  it('is the one that belongs to it', () => {
    const names = (['win32', 'darwin', 'linux'] as const).map(
      (platform) => sourceOf({ ...deps, platform }).name,
    );
    expect(names).toEqual(['registry', 'managedPreferences', 'file']);
  });

  it('is the file that a developer names, where one is named', async () => {
    const file = path.join(folder, 'mine.json');
    const source = sourceOf({ ...deps, platform: 'win32', chosenFile: file });
    expect(source.name).toBe('commandLine');
    expect(await source.read()).toEqual({ kind: 'absent' });
    writeFileSync(file, '{"organisation": "x"}', { mode: 0o666 });
    expect(await source.read()).toMatchObject({ kind: 'found', content: { organisation: 'x' } });
    writeFileSync(file, '{');
    expect(await source.read()).toEqual({ kind: 'failed', fault: 'notReadable' });
    expect(await createCommandLineSource(folder).read()).toEqual({ kind: 'failed', fault: 'notAFile' });
  });
});
