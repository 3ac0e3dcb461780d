import { describe, expect, it } from 'vitest';
import type { SplitPart, TicketDraft } from '@shared/domain/draft';
import { splitDraft } from '@shared/domain/split-draft';
import { createDrafts } from '../../../src-main/drafts/drafts';
import { createOutbox } from '../../../src-main/outbox/outbox';
import type { Outbox } from '../../../src-main/outbox/outbox.types';
import { createManualClock } from '../../support/manual-clock';
import { createMemoryDisk } from '../../support/memory-documents';
import { createMemorySpool } from '../../support/memory-spool';
import { quietLog } from '../../support/quiet-log';
import { ref } from '../../support/samples';

function setUp() {
  const disk = createMemoryDisk();
  const clock = createManualClock();
  const spool = createMemorySpool();
  const log = quietLog();
  const open = (change: (outbox: Outbox) => Outbox = (outbox) => outbox) => {
    const outbox = createOutbox({ documents: disk.documents, spool, clock, random: () => 0.5, log });
    const drafts = createDrafts({
      documents: disk.documents,
      spool,
      outbox: change(outbox),
      tickets: { list: () => [] },
      clock,
      ids: { ref },
      log,
    });
    return { outbox, drafts };
  };
  return { disk, open };
}

type Opened = ReturnType<ReturnType<typeof setUp>['open']>;

async function splitInThree({ drafts }: Opened): Promise<TicketDraft & { split: SplitPart[] }> {
  const made = await drafts.create({ kind: 'ticket' });
  if (!made.ok || made.value.kind !== 'ticket') throw new Error('ticket');
  const split = splitDraft(made.value, ['The VPN drops.', 'The printer jams.', 'No mail.'], ref);
  const draft = { ...made.value, split };
  const saved = await drafts.save(draft);
  if (!saved.ok) throw new Error('not saved');
  return draft;
}

/** A save that does not wait for the pause between two writes. */
async function save({ drafts }: Opened, draft: TicketDraft): Promise<void> {
  const saved = drafts.save(draft);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await drafts.flush();
  await saved;
}

const problems = ({ outbox }: Opened): string[] =>
  outbox.items().flatMap(({ write }) => (write.kind === 'create' ? [write.intake.problem] : []));

describe('sending a draft in parts', () => {
  it('hands over each part once, under its own key, however often it is sent, and ends the draft', async () => {
    const { open, disk } = setUp();
    const opened = open();
    const draft = await splitInThree(opened);
    const [first, second] = await Promise.all([
      opened.drafts.sendParts(draft.id),
      opened.drafts.sendParts(draft.id),
    ]);
    const third = await opened.drafts.sendParts(draft.id);
    expect(first).toMatchObject({ ok: true });
    expect(second).toEqual(first);
    expect(third.ok && third.value.map((item) => item.ref)).toEqual(draft.split.map(({ id }) => id));
    expect(problems(opened)).toEqual(['The VPN drops.', 'The printer jams.', 'No mail.']);
    expect(opened.drafts.list()).toEqual([]);
    expect(disk.texts('drafts').size).toBe(0);
    expect((await opened.drafts.save(draft)).ok).toBe(false);
  });

  it.each([1, 2])('goes on at the next start where Deskbell ended after %i of 3 parts', async (accepted) => {
    const { open } = setUp();
    let left = accepted;
    const dying = open((outbox) => ({
      ...outbox,
      submit: (...args) => (left-- > 0 ? outbox.submit(...args) : new Promise(() => undefined)),
    }));
    const draft = await splitInThree(dying);
    void dying.drafts.sendParts(draft.id);
    await expect.poll(() => problems(dying).length).toBe(accepted);

    const again = open();
    await again.drafts.load();
    expect(problems(again).toSorted()).toEqual(
      ['No mail.', 'The VPN drops.', 'The printer jams.'].toSorted(),
    );
    expect(again.outbox.items().map((item) => item.ref)).toEqual(draft.split.map(({ id }) => id));
    expect(again.drafts.list()).toEqual([]);
  });

  it('stays a draft, cuts and all, when Deskbell ends before anything was handed over', async () => {
    const { open } = setUp();
    const draft = await splitInThree(open());
    const again = open();
    await again.drafts.load();
    expect(again.drafts.list()).toMatchObject([{ id: draft.id, split: draft.split }]);
    expect(problems(again)).toEqual([]);
  });

  it('sends nothing at all when one part cannot go', async () => {
    const { open } = setUp();
    const opened = open();
    const draft = await splitInThree(opened);
    const [one, two, three] = draft.split;
    if (!one || !two || !three) throw new Error('three parts');
    await save(opened, { ...draft, split: [one, { ...two, problem: '  ' }, three] });
    expect(await opened.drafts.sendParts(draft.id)).toMatchObject({ ok: false, fault: { kind: 'invalid' } });
    expect(problems(opened)).toEqual([]);
    expect(opened.drafts.list()).toHaveLength(1);
  });

  it('refuses a draft that is not split', async () => {
    const { open } = setUp();
    const opened = open();
    const { split: _, ...whole } = await splitInThree(opened);
    await save(opened, whole);
    expect(await opened.drafts.sendParts(whole.id)).toEqual({ ok: false, fault: { kind: 'refused' } });
  });

  it('marks the first part as the whole would be, later ones by answers of their own, none when the user said that it can wait', async () => {
    for (const dismissedNotices of [[], ['emergency']]) {
      const opened = setUp().open();
      const draft = await splitInThree(opened);
      const split = draft.split.map((part, index) =>
        index === 1 ? { ...part, impact: 'stopped' as const } : part,
      );
      await save(opened, {
        ...draft,
        split,
        dismissedNotices,
        intake: { ...draft.intake, affected: 'everyone' },
      });
      await opened.drafts.sendParts(draft.id);
      const marks = opened.outbox
        .items()
        .map(({ write }) => write.kind === 'create' && write.intake.emergency);
      const asked = dismissedNotices.length === 0;
      expect(marks).toEqual([asked, asked, false]);
    }
  });
});
