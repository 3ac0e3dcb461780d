import { writeSync } from 'node:fs';
import path from 'node:path';
import { createOutbox } from '../../../src-main/outbox/outbox';
import { createDocuments } from '../../../src-main/platform/documents';
import { createSpool } from '../../../src-main/platform/spool';
import { quietLog } from '../quiet-log';
import { createWrite, ref, spooledFile } from '../samples';

/**
 * Works on an outbox as fast as it can until it is killed: two lanes at once submit, send and settle. Says on standard
 * output what was promised, after it was promised: `accepted <ref> <sha256>`, `sending <ref>`, `delivered <ref>`.
 */
async function run(folder: string): Promise<void> {
  const clock = { now: () => new Date() };
  const log = quietLog();
  const spool = createSpool(path.join(folder, 'spool'));
  const outbox = createOutbox({
    documents: createDocuments(folder, { clock, log }),
    spool,
    clock,
    random: Math.random,
    log,
  });
  await outbox.load();
  await Promise.all([work(), work()]);

  async function work(): Promise<never> {
    for (let count = 0; ; count += 1) {
      const id = ref();
      const sha256 = await spool.put(new TextEncoder().encode(`file of ${id}`));
      const accepted = await outbox.submit(id, id, createWrite(`problem of ${id}`, [spooledFile(sha256)]));
      if (!accepted.ok) throw new Error('not accepted');
      say(`accepted ${id} ${sha256}`);
      if (count % 2 === 0) continue;
      await outbox.markSending(id);
      say(`sending ${id}`);
      await outbox.settle(id, { kind: 'delivered', receipt: { ticketId: id, ticketNumber: '1' } });
      say(`delivered ${id}`);
    }
  }
}

const say = (line: string): void => void writeSync(1, `${line}\n`);

await run(process.argv[2] ?? '');
