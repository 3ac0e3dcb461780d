import { describe, expect, it } from 'vitest';
import { MAX_FILES } from '@shared/domain/attachment';
import type { Draft, MessageDraft, TicketDraft } from '@shared/domain/draft';
import type { OutboxItem } from '@shared/domain/outbox';
import type { Result } from '@shared/domain/result';
import type { TicketSummary } from '@shared/domain/ticket';
import { createDrafts } from '../../../src-main/drafts/drafts';
import { createOutbox } from '../../../src-main/outbox/outbox';
import { createManualClock } from '../../support/manual-clock';
import { createMemoryDisk } from '../../support/memory-documents';
import { createMemorySpool } from '../../support/memory-spool';
import { quietLog } from '../../support/quiet-log';
import { createWrite, messageWrite, rateWrite, ref } from '../../support/samples';

const RECEIPT = { ticketId: '7', ticketNumber: '4127' };
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);

function setUp() {
  const disk = createMemoryDisk();
  const clock = createManualClock();
  const spool = createMemorySpool();
  const log = quietLog();
  const tickets: TicketSummary[] = [];
  const open = () => {
    const outbox = createOutbox({ documents: disk.documents, spool, clock, random: () => 0.5, log });
    const drafts = createDrafts({
      documents: disk.documents,
      spool,
      outbox,
      tickets: { list: () => tickets },
      clock,
      ids: { ref },
      log,
    });
    const changes: (readonly Draft[])[] = [];
    drafts.onChange((all) => changes.push(all));
    return { outbox, drafts, changes };
  };
  return { disk, clock, spool, log, tickets, open, ...open() };
}

type Setup = ReturnType<typeof setUp>;

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

async function ticketDraft(
  { drafts }: Pick<Setup, 'drafts'>,
  problem = 'The printer is silent',
): Promise<TicketDraft> {
  const draft = valueOf(await drafts.create({ kind: 'ticket' }));
  if (draft.kind !== 'ticket') throw new Error('ticket');
  const typed: TicketDraft = { ...draft, intake: { ...draft.intake, problem } };
  valueOf(await drafts.save(typed));
  return typed;
}

async function messageDraft(
  { drafts }: Pick<Setup, 'drafts'>,
  ticketKey: string,
  text: string,
): Promise<MessageDraft> {
  const draft = valueOf(await drafts.create({ kind: 'message', ticketKey }));
  if (draft.kind !== 'message') throw new Error('message');
  const typed = { ...draft, text };
  if (text !== '') valueOf(await drafts.save(typed));
  return typed;
}

const problemOf = (draft: Draft | undefined): string | undefined =>
  draft?.kind === 'ticket' ? draft.intake.problem : undefined;
const boardTicket = (id: string, filedUnder: string | null): TicketSummary => ({
  id,
  number: id,
  ref: filedUnder,
  summary: '',
  step: 'received',
  statusLabel: '',
  closed: false,
  withdrawn: false,
  emergency: false,
  visit: null,
  assignee: null,
  createdAt: '2026-03-01T08:00:00.000Z',
  updatedAt: '2026-03-01T08:00:00.000Z',
  question: null,
  survey: 'none',
});

describe('typing', () => {
  it('is on disk when save resolves, also after a restart', async () => {
    const setup = setUp();
    const typed = await ticketDraft(setup, 'No sound');
    const again = setup.open().drafts;
    await again.load();
    expect(problemOf(again.get(typed.id))).toBe('No sound');
    expect(again.list()).toHaveLength(1);
  });

  it('keeps the newest of many saves, shares writes, and has each on disk within 150 ms', async () => {
    const setup = setUp();
    const { drafts, clock, disk } = setup;
    const draft = await ticketDraft(setup, '');
    const before = disk.writes();
    const saves = [];
    for (let count = 1; count <= 40; count += 1) {
      const problem = 'x'.repeat(count);
      const since = clock.now().getTime();
      saves.push(
        drafts.save({ ...draft, intake: { ...draft.intake, problem } }).then((saved) => {
          expect(saved.ok).toBe(true);
          expect(clock.now().getTime() - since).toBeLessThanOrEqual(150);
        }),
      );
      await clock.pass(10);
    }
    await clock.pass(150);
    await Promise.all(saves);
    expect(disk.writes() - before).toBeLessThanOrEqual(6);
    const again = setup.open().drafts;
    await again.load();
    expect(problemOf(again.get(draft.id))).toBe('x'.repeat(40));
  });

  it('is written at once when the program is about to end', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup);
    const last = { ...draft, intake: { ...draft.intake, problem: 'last words' } };
    void setup.drafts.save(last);
    await new Promise((resolve) => setImmediate(resolve));
    await setup.drafts.flush();
    expect(setup.disk.texts('drafts').get(draft.id)).toContain('last words');
  });

  it('says when it could not be stored, keeps the text, and stores it with the next try', async () => {
    const setup = setUp();
    const { drafts, disk, clock } = setup;
    const draft = await ticketDraft(setup);
    await clock.pass(1000);
    disk.failWith('diskFull');
    const lost = { ...draft, intake: { ...draft.intake, problem: 'does not fit' } };
    expect(await drafts.save(lost)).toEqual({ ok: false, fault: { kind: 'notStored', cause: 'diskFull' } });
    expect(problemOf(drafts.get(draft.id))).toBe('does not fit');
    disk.failWith(null);
    await clock.pass(1000);
    expect((await drafts.save(lost)).ok).toBe(true);
    expect(disk.texts('drafts').get(draft.id)).toContain('does not fit');
  });

  it('does not bring back a draft that was discarded, and does not turn one into another', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup);
    const message = await messageDraft(setup, 'id:7', 'hello');
    expect(await setup.drafts.save({ ...message, ticketKey: 'id:8' })).toMatchObject({
      fault: { kind: 'refused' },
    });
    expect(await setup.drafts.save({ ...message, id: draft.id })).toMatchObject({
      fault: { kind: 'refused' },
    });
    const late = setup.drafts.save(draft);
    valueOf(await setup.drafts.discard(draft.id));
    await setup.clock.pass(200);
    await late;
    expect(await setup.drafts.save(draft)).toEqual({ ok: false, fault: { kind: 'notFound' } });
    expect([...setup.disk.texts('drafts').keys()]).toEqual([message.id]);
    valueOf(await setup.drafts.discard(draft.id));
  });

  it('keeps files out of what the window saves', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup);
    const withFile = valueOf(
      await setup.drafts.addFile({ draftId: draft.id, name: 'a.png', type: 'image/png', bytes: PNG }),
    );
    await setup.clock.pass(1000);
    valueOf(await setup.drafts.save(draft));
    expect(setup.drafts.get(draft.id)).toMatchObject({ files: (withFile as TicketDraft).files });
  });

  it('does not end a draft that could not be discarded', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup);
    setup.disk.failWith('noPermission');
    expect(await setup.drafts.discard(draft.id)).toMatchObject({
      fault: { kind: 'notStored', cause: 'noPermission' },
    });
    expect(setup.drafts.get(draft.id)).toBeDefined();
  });
});

describe('the draft of a place', () => {
  it('is the unsent one there is, else a new one', async () => {
    const setup = setUp();
    const { drafts } = setup;
    const typed = await ticketDraft(setup, 'kept');
    expect(valueOf(await drafts.create({ kind: 'ticket' })).id).toBe(typed.id);
    const message = valueOf(await drafts.create({ kind: 'message', ticketKey: 'id:7' }));
    expect(valueOf(await drafts.create({ kind: 'message', ticketKey: 'id:7' }))).toBe(message);
    expect(valueOf(await drafts.create({ kind: 'message', ticketKey: 'id:8' })).id).not.toBe(message.id);
    const survey = valueOf(await drafts.create({ kind: 'survey', ticketId: '7' }));
    expect(valueOf(await drafts.create({ kind: 'survey', ticketId: '7' }))).toBe(survey);
    valueOf(await drafts.send(typed.id));
    expect(valueOf(await drafts.create({ kind: 'ticket' })).id).not.toBe(typed.id);
  });

  it('is an empty one beside those begun where the user starts another, and then again one begun', async () => {
    const setup = setUp();
    const { drafts, clock } = setup;
    const typed = await ticketDraft(setup, 'kept');
    await clock.pass(1000);
    const another = valueOf(await drafts.create({ kind: 'ticket', fresh: true }));
    expect(another.id).not.toBe(typed.id);
    expect(valueOf(await drafts.create({ kind: 'ticket', fresh: true })).id).toBe(another.id);
    expect(valueOf(await drafts.create({ kind: 'ticket' })).id).toBe(typed.id);
    if (another.kind !== 'ticket') throw new Error('not a ticket');
    valueOf(await drafts.save({ ...another, intake: { ...another.intake, problem: 'the second' } }));
    await clock.pass(1000);
    expect(valueOf(await drafts.create({ kind: 'ticket' })).id).toBe(another.id);
    expect(valueOf(await drafts.create({ kind: 'ticket', fresh: true })).id).not.toBe(another.id);
    expect(drafts.list().flatMap((draft) => (draft.kind === 'ticket' ? [draft.intake.problem] : []))).toEqual(
      ['kept', 'the second', ''],
    );
  });
});

describe('files', () => {
  const add = (setup: Setup, draftId: string, name: string, bytes: Uint8Array = PNG) =>
    setup.drafts.addFile({ draftId, name, type: 'image/png', bytes });

  it('are kept with the draft, once each, and come back after a restart', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup);
    await Promise.all([
      add(setup, draft.id, 'a.png'),
      add(setup, draft.id, 'a.png'),
      add(setup, draft.id, 'b.png'),
    ]);
    const again = setup.open().drafts;
    await again.load();
    const kept = again.get(draft.id);
    expect(kept?.kind === 'ticket' && kept.files.map(({ name, size }) => [name, size])).toEqual([
      ['a.png', 7],
      ['b.png', 7],
    ]);
    expect(setup.spool.files.size).toBe(1);
  });

  it.each([
    ['empty', 'note.txt', new Uint8Array()],
    ['program', 'setup.exe', PNG],
    ['program', 'photo.png', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46])],
  ])('%s: %s is refused and the draft stays as it is', async (problem, name, bytes) => {
    const setup = setUp();
    const draft = await ticketDraft(setup);
    expect(await add(setup, draft.id, name, bytes)).toEqual({
      ok: false,
      fault: { kind: 'file', problem, name },
    });
    expect(setup.drafts.get(draft.id)).toMatchObject({ files: [] });
  });

  it('are limited in number', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup);
    const added = await Promise.all(
      Array.from({ length: MAX_FILES + 1 }, (_, n) =>
        add(setup, draft.id, `${n}.png`, Uint8Array.from([n + 1])),
      ),
    );
    expect(added.filter(({ ok }) => ok)).toHaveLength(MAX_FILES);
    expect(added.at(-1)).toMatchObject({ fault: { kind: 'file', problem: 'tooMany' } });
  });

  it('can be taken out again', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup);
    valueOf(await add(setup, draft.id, 'a.png'));
    const both = valueOf(await add(setup, draft.id, 'b.png'));
    const sha256 = both.kind === 'ticket' ? (both.files[0]?.sha256 ?? '') : '';
    const left = valueOf(await setup.drafts.removeFile({ draftId: draft.id, sha256, name: 'a.png' }));
    expect(left).toMatchObject({ files: [{ name: 'b.png' }] });
    expect(valueOf(await setup.drafts.removeFile({ draftId: draft.id, sha256, name: 'a.png' }))).toEqual(
      left,
    );
  });

  it('that do not fit on the disk are refused with the reason', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup);
    setup.spool.failWith('diskFull');
    expect(await add(setup, draft.id, 'a.png')).toEqual({
      ok: false,
      fault: { kind: 'file', problem: 'diskFull', name: 'a.png' },
    });
    setup.spool.failWith(null);
    setup.disk.failWith('noPermission');
    expect(await add(setup, draft.id, 'a.png')).toMatchObject({ fault: { kind: 'notStored' } });
    expect(setup.drafts.get(draft.id)).toMatchObject({ files: [] });
  });

  it('nobody refers to are swept at the next start, but not while something was moved aside', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup);
    valueOf(await add(setup, draft.id, 'a.png', Uint8Array.from([1])));
    const sentDraft = await messageDraft(setup, 'id:7', 'see file');
    setup.tickets.push(boardTicket('7', null));
    valueOf(await add(setup, sentDraft.id, 'b.png', Uint8Array.from([2])));
    valueOf(await setup.drafts.send(sentDraft.id));
    await setup.spool.put(Uint8Array.from([3]));
    setup.disk.texts('drafts').set(ref(), 'damaged');
    expect(await setup.open().drafts.load()).toEqual({ quarantined: 1 });
    expect(setup.spool.files.size).toBe(3);
    await setup.open().drafts.load();
    expect(setup.spool.files.size).toBe(2);
  });

  it('cannot go along with a survey', async () => {
    const setup = setUp();
    const survey = valueOf(await setup.drafts.create({ kind: 'survey', ticketId: '7' }));
    expect(await add(setup, survey.id, 'a.png')).toEqual({ ok: false, fault: { kind: 'refused' } });
  });
});

describe('sending', () => {
  it('files once under the id of the draft, however often it is called, and ends the draft', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup, 'No\u0000 sound. Since today.');
    const sent = await Promise.all([setup.drafts.send(draft.id), setup.drafts.send(draft.id)]);
    const item = valueOf(sent[0]);
    expect(sent[1]).toEqual(sent[0]);
    expect(await setup.drafts.send(draft.id)).toEqual(sent[0]);
    expect(item).toMatchObject({
      ref: draft.id,
      lane: draft.id,
      write: {
        kind: 'create',
        summary: 'No sound. Since today',
        intake: { problem: 'No sound. Since today.' },
      },
    });
    expect(setup.outbox.items()).toHaveLength(1);
    expect(setup.drafts.list()).toEqual([]);
    expect(setup.disk.texts('drafts').size).toBe(0);
  });

  it('takes the newest text, even if it is not on disk yet, and refuses what is typed after', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup);
    const newest = setup.drafts.save({ ...draft, intake: { ...draft.intake, problem: 'The newest text' } });
    const sending = setup.drafts.send(draft.id);
    const late = setup.drafts.save({ ...draft, intake: { ...draft.intake, problem: 'too late' } });
    await setup.clock.pass(200);
    expect(valueOf(await sending).write).toMatchObject({ intake: { problem: 'The newest text' } });
    await newest;
    expect(await late).toEqual({ ok: false, fault: { kind: 'notFound' } });
    expect(setup.disk.texts('drafts').size).toBe(0);
  });

  it('forgets at the next start a draft that was sent just before a crash', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup);
    const before = new Map(setup.disk.texts('drafts'));
    valueOf(await setup.drafts.send(draft.id));
    for (const [name, text] of before) setup.disk.texts('drafts').set(name, text);
    const again = setup.open();
    await again.drafts.load();
    expect(again.drafts.list()).toEqual([]);
    expect(setup.disk.texts('drafts').size).toBe(0);
    expect(valueOf(await again.drafts.send(draft.id)).ref).toBe(draft.id);
    expect(again.outbox.items()).toHaveLength(1);
  });

  it('keeps the draft when nothing could be stored, and what is typed meanwhile', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup);
    await setup.clock.pass(1000);
    setup.disk.failWith('diskFull');
    const sending = setup.drafts.send(draft.id);
    const typing = setup.drafts.save({ ...draft, intake: { ...draft.intake, problem: 'typed meanwhile' } });
    expect(await sending).toEqual({ ok: false, fault: { kind: 'notStored', cause: 'diskFull' } });
    setup.disk.failWith(null);
    expect((await typing).ok).toBe(true);
    expect(problemOf(setup.drafts.get(draft.id))).toBe('typed meanwhile');
  });

  it('names what is missing or too long, and keeps everything', async () => {
    const setup = setUp();
    const invalid = (field: string, problem: string) => ({
      ok: false,
      fault: { kind: 'invalid', problems: [{ field, problem }] },
    });
    const ticket = await ticketDraft(setup, ' \u200b ');
    expect(await setup.drafts.send(ticket.id)).toEqual(invalid('problem', 'empty'));
    await setup.clock.pass(1000);
    valueOf(
      await setup.drafts.save({ ...ticket, intake: { ...ticket.intake, problem: 'x'.repeat(200_000) } }),
    );
    expect(await setup.drafts.send(ticket.id)).toEqual(invalid('problem', 'tooLong'));
    expect(problemOf(setup.drafts.get(ticket.id))).toHaveLength(200_000);
    setup.tickets.push(boardTicket('7', null));
    const message = await messageDraft(setup, 'id:7', ' ');
    expect(await setup.drafts.send(message.id)).toEqual(invalid('text', 'empty'));
    await setup.clock.pass(1000);
    valueOf(await setup.drafts.save({ ...message, text: 'x'.repeat(100_001) }));
    expect(await setup.drafts.send(message.id)).toEqual(invalid('text', 'tooLong'));
    const survey = valueOf(await setup.drafts.create({ kind: 'survey', ticketId: '7' }));
    expect(await setup.drafts.send(survey.id)).toEqual(invalid('answers', 'empty'));
    expect(setup.outbox.items()).toEqual([]);
  });

  it('a message may be a file alone', async () => {
    const setup = setUp();
    setup.tickets.push(boardTicket('7', null));
    const message = await messageDraft(setup, 'id:7', '');
    valueOf(await setup.drafts.addFile({ draftId: message.id, name: 'a.png', type: '', bytes: PNG }));
    expect(valueOf(await setup.drafts.send(message.id)).write).toMatchObject({
      text: '',
      files: [{ name: 'a.png', type: 'application/octet-stream' }],
    });
  });

  it('puts messages into the lane of their ticket, before and after the board took it', async () => {
    const setup = setUp();
    const { drafts, outbox, tickets } = setup;
    const create = valueOf(await drafts.send((await ticketDraft(setup)).id));
    const key = `ref:${create.ref}`;
    const send = async (ticketKey: string) =>
      valueOf(await drafts.send((await messageDraft(setup, ticketKey, 'more')).id));
    expect(await send(key)).toMatchObject({
      lane: create.lane,
      write: { target: { kind: 'outbox', ref: create.ref } },
    });
    await outbox.markSending(create.ref);
    await outbox.settle(create.ref, { kind: 'delivered', receipt: RECEIPT });
    expect(await send(key)).toMatchObject({
      lane: create.lane,
      write: { target: { kind: 'board', id: '7' } },
    });
    tickets.push(boardTicket('7', create.ref), boardTicket('8', null));
    expect(await send('id:7')).toMatchObject({ lane: create.lane });
    expect(await send('id:8')).toMatchObject({ lane: 'id:8', write: { target: { kind: 'board', id: '8' } } });
    const stray = await messageDraft(setup, 'id:99', 'to nobody');
    expect(await drafts.send(stray.id)).toEqual({ ok: false, fault: { kind: 'notFound' } });
  });

  it('a complete survey goes out as a rating', async () => {
    const setup = setUp();
    const survey = valueOf(await setup.drafts.create({ kind: 'survey', ticketId: '7' }));
    if (survey.kind !== 'survey') throw new Error('survey');
    const answers = { overall: 5, time: 4, quality: 3, process: 2, people: 1 } as const;
    valueOf(await setup.drafts.save({ ...survey, answers, comment: ' Thanks ' }));
    expect(valueOf(await setup.drafts.send(survey.id))).toMatchObject({
      lane: 'id:7',
      write: { kind: 'rate', answers, comment: 'Thanks', target: { kind: 'board', id: '7' } },
    });
  });
});

describe('taking an item back', () => {
  async function submitted(setup: Setup, write = createWrite(), lane?: string): Promise<OutboxItem> {
    const id = ref();
    return valueOf(await setup.outbox.submit(id, lane ?? id, write));
  }

  it('makes a draft of it under a new id, files included, and takes it out of the outbox', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup, 'Was refused');
    valueOf(await setup.drafts.addFile({ draftId: draft.id, name: 'a.png', type: 'image/png', bytes: PNG }));
    const item = valueOf(await setup.drafts.send(draft.id));
    const [taken, again] = await Promise.all([
      setup.drafts.fromItem(item.ref),
      setup.drafts.fromItem(item.ref),
    ]);
    expect(again).toEqual(taken);
    const back = valueOf(taken);
    expect(back).toMatchObject({
      kind: 'ticket',
      intake: { problem: 'Was refused' },
      files: [{ name: 'a.png' }],
    });
    expect(back.id).not.toBe(item.ref);
    expect(setup.outbox.items()).toEqual([]);
    const restarted = setup.open().drafts;
    await restarted.load();
    expect(restarted.list()).toEqual([back]);
    expect(setup.spool.files.size).toBe(1);
  });

  it('knows messages and surveys, but not changes of state', async () => {
    const setup = setUp();
    const target = { kind: 'board', id: '7' } as const;
    setup.tickets.push(boardTicket('7', null));
    const message = await submitted(setup, messageWrite(target, 'hello'), 'id:7');
    expect(valueOf(await setup.drafts.fromItem(message.ref))).toMatchObject({
      kind: 'message',
      ticketKey: 'id:7',
      text: 'hello',
    });
    const rate = await submitted(setup, rateWrite(target), 'id:7');
    expect(valueOf(await setup.drafts.fromItem(rate.ref))).toMatchObject({
      kind: 'survey',
      ticketId: '7',
      answers: { time: 4 },
    });
    const state = await submitted(setup, { kind: 'state', target, change: 'works', text: '' }, 'id:7');
    expect(await setup.drafts.fromItem(state.ref)).toEqual({ ok: false, fault: { kind: 'refused' } });
    expect(setup.outbox.get(state.ref)).toBeDefined();
  });

  it('refuses a message whose ticket was discarded, and leaves it in the outbox', async () => {
    const setup = setUp();
    const create = await submitted(setup);
    const message = await submitted(setup, messageWrite({ kind: 'outbox', ref: create.ref }), create.lane);
    valueOf(await setup.outbox.discard(create.ref));
    expect(await setup.drafts.fromItem(message.ref)).toEqual({ ok: false, fault: { kind: 'refused' } });
    expect(setup.outbox.get(message.ref)).toBeDefined();
  });

  it('is too late once it may have arrived', async () => {
    const setup = setUp();
    const item = await submitted(setup);
    await setup.outbox.markSending(item.ref);
    const tooLate = { ok: false, fault: { kind: 'tooLate' } };
    expect(await setup.drafts.fromItem(item.ref)).toEqual(tooLate);
    await setup.outbox.settle(item.ref, { kind: 'failed', fault: { kind: 'ambiguous', cause: 'timeout' } });
    expect(await setup.drafts.fromItem(item.ref)).toEqual(tooLate);
    expect(await setup.drafts.fromItem(ref())).toEqual({ ok: false, fault: { kind: 'notFound' } });
  });

  it('gives way when the item leaves at the same moment', async () => {
    const setup = setUp();
    const item = await submitted(setup);
    const taking = setup.drafts.fromItem(item.ref);
    await setup.outbox.markSending(item.ref);
    expect(await taking).toEqual({ ok: false, fault: { kind: 'tooLate' } });
    expect(setup.drafts.list()).toEqual([]);
    expect(setup.disk.texts('drafts').size).toBe(0);
  });

  it('gives way when the item left and came back in doubt at the same moment', async () => {
    const setup = setUp();
    const item = await submitted(setup);
    setup.disk.beforeWrite(async (folder) => {
      if (folder !== 'drafts') return;
      await setup.outbox.markSending(item.ref);
      await setup.outbox.settle(item.ref, { kind: 'failed', fault: { kind: 'ambiguous', cause: 'timeout' } });
    });
    expect(await setup.drafts.fromItem(item.ref)).toEqual({ ok: false, fault: { kind: 'tooLate' } });
    expect(setup.outbox.get(item.ref)).toBeDefined();
    expect(setup.drafts.list()).toEqual([]);
    expect(setup.disk.texts('drafts').size).toBe(0);
  });

  it('never leaves both after a crash in the middle: the item stays', async () => {
    const setup = setUp();
    const item = await submitted(setup);
    const itemText = setup.disk.texts('outbox').get(item.ref) ?? '';
    valueOf(await setup.drafts.fromItem(item.ref));
    setup.disk.texts('outbox').set(item.ref, itemText);
    const again = setup.open();
    await again.drafts.load();
    expect(again.drafts.list()).toEqual([]);
    expect(again.outbox.items()).toHaveLength(1);
  });
});

describe('listeners', () => {
  it('hear of drafts when they are on disk or gone', async () => {
    const setup = setUp();
    const draft = await ticketDraft(setup);
    expect(setup.changes.map((all) => all.map(({ id }) => id))).toEqual([[draft.id]]);
    valueOf(await setup.drafts.send(draft.id));
    expect(setup.changes.at(-1)).toEqual([]);
  });
});
