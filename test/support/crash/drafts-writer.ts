import { writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDrafts } from '../../../src-main/drafts/drafts';
import { createOutbox } from '../../../src-main/outbox/outbox';
import { createClock } from '../../../src-main/platform/clock';
import { createDocuments } from '../../../src-main/platform/documents';
import { createSpool } from '../../../src-main/platform/spool';
import { quietLog } from '../quiet-log';
import { ref } from '../samples';

/**
 * Types into a draft as a fast typist does and now and then sends it, until it is killed. Says on standard output what was
 * promised, after it was promised: `saved <id> <length>`, `sent <id>`.
 */
async function run(folder: string): Promise<void> {
  const clock = createClock();
  const log = quietLog();
  const documents = createDocuments(folder, { clock, log });
  const spool = createSpool(path.join(folder, 'spool'));
  const outbox = createOutbox({ documents, spool, clock, random: Math.random, log });
  const drafts = createDrafts({
    documents,
    spool,
    outbox,
    tickets: { list: () => [] },
    clock,
    ids: { ref },
    log,
  });
  await drafts.load();
  for (;;) await fileOne();

  async function fileOne(): Promise<void> {
    const created = await drafts.create({ kind: 'ticket' });
    if (!created.ok || created.value.kind !== 'ticket') throw new Error('no draft');
    const draft = created.value;
    for (let length = draft.intake.problem.length + 1; length % 40 !== 0; length += 1) {
      const typed = { ...draft, intake: { ...draft.intake, problem: 'x'.repeat(length) } };
      void drafts.save(typed).then((saved) => saved.ok && say(`saved ${draft.id} ${length}`));
      await sleep(5);
    }
    const sent = await drafts.send(draft.id);
    if (sent.ok) say(`sent ${draft.id}`);
  }
}

const say = (line: string): void => void writeSync(1, `${line}\n`);

await run(process.argv[2] ?? '');
