import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayHaveArrived } from '@shared/domain/outbox-rules';
import { createOutbox } from '../../../src-main/outbox/outbox';
import { createDocuments } from '../../../src-main/platform/documents';
import { createSpool } from '../../../src-main/platform/spool';
import { bundleForNode } from '../../support/bundle';
import { quietLog } from '../../support/quiet-log';

let folder = '';
let program = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'crash-'));
  program = await bundleForNode('test/support/crash/outbox-writer.ts', folder);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the program and kills it with SIGKILL a while after its first promise; gives all it said. */
async function killedAfter(ms: number, data: string): Promise<string[][]> {
  const child = spawn(process.execPath, [program, data], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => void (said += chunk));
  const exit = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), exit]);
  await sleep(ms);
  child.kill('SIGKILL');
  expect(await exit).toEqual([null, 'SIGKILL']);
  const lines = said.split('\n');
  // The last line may be cut off by the kill.
  return lines.slice(0, -1).map((line) => line.split(' '));
}

describe('an outbox whose program is killed at any moment', () => {
  it('has everything it accepted, with its files, and nothing damaged, however often it happens', async () => {
    const data = path.join(folder, 'data');
    const promised: string[][] = [];
    for (const ms of [0, 7, 31, 64, 113]) promised.push(...(await killedAfter(ms + Math.random() * 20, data)));

    const clock = { now: () => new Date() };
    const spool = createSpool(path.join(data, 'spool'));
    const documents = createDocuments(data, { clock, log: quietLog() });
    const outbox = createOutbox({ documents, spool, clock, random: Math.random, log: quietLog() });
    expect(await outbox.load()).toEqual({ quarantined: 0 });

    expect(promised.filter(([what]) => what === 'accepted').length).toBeGreaterThan(10);
    for (const [what, ref = '', sha256 = ''] of promised) {
      const item = outbox.get(ref);
      if (!item) throw new Error(`${what} ${ref} is lost`);
      if (what === 'accepted') {
        expect(item.write).toMatchObject({ intake: { problem: `problem of ${ref}` }, files: [{ sha256 }] });
        expect(new TextDecoder().decode(await spool.read(sha256))).toBe(`file of ${ref}`);
      }
      if (what === 'sending') expect(mayHaveArrived(item.state)).toBe(true);
      if (what === 'delivered') expect(item.state.kind).toBe('delivered');
    }
    expect(new Set(outbox.items().map(({ sequence }) => sequence)).size).toBe(outbox.items().length);
  }, 60_000);
});
