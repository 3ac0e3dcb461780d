// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessageDraft, TicketDraft } from '@shared/domain/draft';
import { emptyIntake } from '@shared/domain/intake';
import { call } from '../../../../src-renderer/api';
import { createDraftEditor, SAVE_DELAY } from '../../../../src-renderer/stores/draft-editor';
import { nameOfIncoming, type IncomingFile } from '../../../../src-renderer/stores/incoming-file';
import { createFakeMain, type FakeMain } from '../fake-main';

let main: FakeMain;

beforeEach(() => {
  vi.useFakeTimers();
  main = createFakeMain();
  vi.stubGlobal('deskbell', main.bridge);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const ticketEditor = () =>
  createDraftEditor<TicketDraft>({
    blank: { kind: 'ticket', intake: emptyIntake(), files: [] },
    open: () => call('drafts.create', { kind: 'ticket' }),
    isLazy: false,
  });

const messageEditor = () =>
  createDraftEditor<MessageDraft>({
    blank: { kind: 'message', ticketKey: 'id:t-1', text: '', files: [] },
    open: () => call('drafts.create', { kind: 'message', ticketKey: 'id:t-1' }),
    isLazy: true,
    merge: (stored, typed) => ({
      ...typed,
      text: stored.text === '' ? typed.text : `${stored.text}\n${typed.text}`,
    }),
  });

const textFile = (name: string, content = 'hello'): IncomingFile => ({
  kind: 'file',
  file: new File([content], name),
});
const problemOf = (draft: unknown) => (draft as TicketDraft).intake.problem;

describe('saving as one types', () => {
  it('stores the text after a short pause, once for many keystrokes', async () => {
    const editor = ticketEditor();
    await editor.open();
    for (const problem of ['T', 'Th', 'The', 'The printer']) {
      editor.edit({ intake: { ...editor.store.getState().content.intake, problem } });
      await vi.advanceTimersByTimeAsync(SAVE_DELAY / 2);
    }
    expect(main.count('drafts.save')).toBe(0);
    await vi.advanceTimersByTimeAsync(SAVE_DELAY);
    expect(main.count('drafts.save')).toBe(1);
    expect(problemOf(main.drafts()[0])).toBe('The printer');
    expect(editor.store.getState().saving).toEqual({ kind: 'saved' });
  });

  it('does not wait for a pause for ever', async () => {
    const editor = messageEditor();
    for (let i = 0; i < 20; i += 1) {
      editor.edit({ text: 'x'.repeat(i + 1) });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(main.count('drafts.save')).toBeGreaterThanOrEqual(1);
  });

  it('stores at once when told to, and what was typed while a save was on its way after it', async () => {
    const editor = ticketEditor();
    await editor.open();
    const release = main.hold('drafts.save');
    editor.edit({ intake: { ...emptyIntake(), problem: 'one' } });
    const flushed = editor.flush();
    editor.edit({ intake: { ...emptyIntake(), problem: 'two' } });
    release();
    expect(await flushed).toBe(true);
    expect(problemOf(main.drafts()[0])).toBe('two');
  });

  it('hands over the last words at once while a save is on its way: the page may be gone before that answers', async () => {
    const editor = ticketEditor();
    await editor.open();
    const release = main.hold('drafts.save');
    editor.edit({ intake: { ...emptyIntake(), problem: 'hal' } });
    const flushed = editor.flush();
    await vi.advanceTimersByTimeAsync(0);
    editor.edit({ intake: { ...emptyIntake(), problem: 'half' } });
    editor.hurry();
    await vi.advanceTimersByTimeAsync(0);
    const asked = main.log.filter(({ name }) => name === 'drafts.save').map(({ request }) => request);
    expect(asked.map((request) => problemOf((request as { draft: unknown }).draft))).toEqual(['hal', 'half']);
    release();
    expect(await flushed).toBe(true);
    expect(problemOf(main.drafts()[0])).toBe('half');
  });

  it('says when the last words could not be stored, and tries again', async () => {
    const editor = ticketEditor();
    await editor.open();
    const release = main.hold('drafts.save');
    editor.edit({ intake: { ...emptyIntake(), problem: 'hal' } });
    const flushed = editor.flush();
    await vi.advanceTimersByTimeAsync(0);
    main.fail('drafts.save', { kind: 'notStored', cause: 'diskFull' });
    editor.edit({ intake: { ...emptyIntake(), problem: 'half' } });
    editor.hurry();
    release();
    await flushed;
    await vi.advanceTimersByTimeAsync(0);
    expect(editor.store.getState().saving).toEqual({ kind: 'failed', cause: 'diskFull' });
    main.fail('drafts.save', null);
    await vi.advanceTimersByTimeAsync(6000);
    expect(problemOf(main.drafts()[0])).toBe('half');
  });

  it('says that nothing is stored, keeps the text and tries again by itself', async () => {
    const editor = ticketEditor();
    await editor.open();
    main.fail('drafts.save', { kind: 'notStored', cause: 'diskFull' });
    editor.edit({ intake: { ...emptyIntake(), problem: 'kept' } });
    await vi.advanceTimersByTimeAsync(SAVE_DELAY);
    expect(editor.store.getState().saving).toEqual({ kind: 'failed', cause: 'diskFull' });
    expect(editor.store.getState().content.intake.problem).toBe('kept');
    main.fail('drafts.save', null);
    await vi.advanceTimersByTimeAsync(6000);
    expect(editor.store.getState().saving).toEqual({ kind: 'saved' });
    expect(problemOf(main.drafts()[0])).toBe('kept');
  });
});

describe('a draft that is only made when something is typed', () => {
  it('leaves nothing behind when nothing is typed', async () => {
    const editor = messageEditor();
    expect(await editor.flush()).toBe(true);
    expect(main.drafts()).toHaveLength(0);
  });

  it('keeps what an earlier draft of the same place held', async () => {
    const first = messageEditor();
    first.edit({ text: 'before' });
    await first.flush();
    const second = messageEditor();
    second.edit({ text: 'after' });
    await second.flush();
    expect(second.store.getState().content.text).toBe('before\nafter');
  });
});

describe('sending', () => {
  it('stores first and sends once, however often it is asked', async () => {
    const editor = ticketEditor();
    await editor.open();
    editor.edit({ intake: { ...emptyIntake(), problem: 'The printer is gone' } });
    const [first, second] = await Promise.all([editor.send(), editor.send()]);
    expect(main.count('drafts.send')).toBe(1);
    expect(first).toEqual(second);
    expect(main.items()).toHaveLength(1);
    expect(editor.store.getState().phase).toBe('ended');
  });

  it('never brings a sent draft back by a late save', async () => {
    const editor = messageEditor();
    editor.edit({ text: 'Yes' });
    await editor.send();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(main.drafts()).toHaveLength(0);
    expect(editor.store.getState().content.text).toBe('');
  });

  it('sends nothing that could not be stored, and keeps the text', async () => {
    const editor = messageEditor();
    main.fail('drafts.save', { kind: 'notStored', cause: 'noPermission' });
    editor.edit({ text: 'Yes' });
    expect(await editor.send()).toEqual({ ok: false, fault: { kind: 'notStored', cause: 'noPermission' } });
    expect(main.count('drafts.send')).toBe(0);
    expect(editor.store.getState().content.text).toBe('Yes');
  });

  it('starts a new draft after a message was sent', async () => {
    const editor = messageEditor();
    editor.edit({ text: 'one' });
    const first = await editor.send();
    editor.edit({ text: 'two' });
    const second = await editor.send();
    expect(first.ok && second.ok && first.value.ref !== second.value.ref).toBe(true);
    expect(main.items()).toHaveLength(2);
  });
});

describe('files', () => {
  it('go to main as bytes, and what is typed meanwhile stays', async () => {
    const editor = ticketEditor();
    await editor.open();
    editor.edit({ intake: { ...emptyIntake(), problem: 'typed' } });
    await editor.addFiles([textFile('note.txt')]);
    const { content } = editor.store.getState();
    expect(content.files.map((file) => file.name)).toEqual(['note.txt']);
    expect(content.intake.problem).toBe('typed');
  });

  it.each([
    ['a folder', { kind: 'folder', name: 'Documents' } as const, 'folder'],
    ['an empty file', textFile('empty.txt', ''), 'empty'],
    ['a program', textFile('setup.exe'), 'program'],
    ['a file that disappeared', { kind: 'file', file: vanished('gone.txt') } as const, 'unreadable'],
    ['a huge file, without reading it', { kind: 'file', file: huge('video.mov') } as const, 'tooLarge'],
  ])('%s is refused in words and never sent to main', async (_, incoming, problem) => {
    const editor = ticketEditor();
    await editor.open();
    await editor.addFiles([incoming, textFile('good.txt')]);
    expect(editor.store.getState().refused).toMatchObject([{ name: nameOfIncoming(incoming), problem }]);
    expect(main.count('drafts.addFile')).toBe(1);
  });

  it('stop at the limit', async () => {
    const editor = ticketEditor();
    await editor.open();
    await editor.addFiles(Array.from({ length: 12 }, (_, i) => textFile(`${i}.txt`)));
    expect(editor.store.getState().content.files).toHaveLength(10);
    expect(editor.store.getState().refused.map((one) => one.problem)).toEqual(['tooMany', 'tooMany']);
  });
});

function vanished(name: string): File {
  const blob = new File(['x'], name);
  blob.slice = () => {
    throw new DOMException('gone', 'NotFoundError');
  };
  return blob;
}

function huge(name: string): File {
  const blob = new File(['x'], name);
  Object.defineProperty(blob, 'size', { value: 200 * 1024 * 1024 });
  blob.arrayBuffer = () => Promise.reject(new Error('must not be read'));
  return blob;
}
