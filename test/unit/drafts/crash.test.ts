import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDrafts } from '../../../src-main/drafts/drafts';
import { createOutbox } from '../../../src-main/outbox/outbox';
import { createClock } from '../../../src-main/platform/clock';
import { createDocuments } from '../../../src-main/platform/documents';
import { createSpool } from '../../../src-main/platform/spool';
import { bundleForNode } from '../../support/bundle';
import { killedAfter } from '../../support/crash/killed';
import { quietLog } from '../../support/quiet-log';
import { ref } from '../../support/samples';

let folder = '';
let program = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'drafts-crash-'));
  program = await bundleForNode('test/support/crash/drafts-writer.ts', folder);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('drafts whose program is killed while somebody types', () => {
  it('have all that was saved, and what was sent is an item and no draft', async () => {
    const data = path.join(folder, 'data');
    const saved = new Map<string, number>();
    const sent = new Set<string>();
    for (const ms of [20, 180, 330, 420]) {
      for (const [what, id = '', length] of await killedAfter(ms + Math.random() * 50, program, data)) {
        if (what === 'saved') saved.set(id, Math.max(saved.get(id) ?? 0, Number(length)));
        if (what === 'sent') sent.add(id);
      }
    }

    const clock = createClock();
    const log = quietLog();
    const documents = createDocuments(data, { clock, log });
    const spool = createSpool(path.join(data, 'spool'));
    const outbox = createOutbox({ documents, spool, clock, random: Math.random, log });
    const tickets = { list: () => [] };
    const drafts = createDrafts({ documents, spool, outbox, tickets, clock, ids: { ref }, log });
    expect(await drafts.load()).toEqual({ quarantined: 0 });

    expect(saved.size).toBeGreaterThan(0);
    for (const [id, length] of saved) {
      const [draft, item] = [drafts.get(id), outbox.get(id)];
      expect(Number(draft !== undefined) + Number(item !== undefined)).toBe(1);
      const problem =
        draft?.kind === 'ticket'
          ? draft.intake.problem
          : item?.write.kind === 'create' && item.write.intake.problem;
      expect(problem || '').toMatch(/^x+$/);
      expect((problem || '').length).toBeGreaterThanOrEqual(length);
    }
    for (const id of sent) expect(outbox.get(id)).toBeDefined();
    expect(drafts.list().length).toBeLessThanOrEqual(1);
  }, 60_000);
});
