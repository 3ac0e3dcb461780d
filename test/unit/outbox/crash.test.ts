import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayHaveArrived } from '@shared/domain/outbox-rules';
import { createOutbox } from '../../../src-main/outbox/outbox';
import { createDocuments } from '../../../src-main/platform/documents';
import { createSpool } from '../../../src-main/platform/spool';
import { bundleForNode } from '../../support/bundle';
import { killedAfter } from '../../support/crash/killed';
import { quietLog } from '../../support/quiet-log';

let folder = '';
let program = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'outbox-crash-'));
  program = await bundleForNode('test/support/crash/outbox-writer.ts', folder);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('an outbox whose program is killed at any moment', () => {
  it('has everything it accepted, with its files, and nothing damaged, however often it happens', async () => {
    const data = path.join(folder, 'data');
    const promised: string[][] = [];
    for (const ms of [0, 7, 31, 64, 113]) {
      promised.push(...(await killedAfter(ms + Math.random() * 20, program, data)));
    }

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
