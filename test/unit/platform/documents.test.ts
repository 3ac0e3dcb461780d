import { mkdtemp, readdir, readFile, rm, stat, writeFile, mkdir, chmod } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createDocuments, type StoreClass } from '../../../src-main/platform/documents';
import { StorageError } from '../../../src-main/platform/documents.types';
import { quietLog } from '../../support/quiet-log';

const run = promisify(execFile);
const NoteSchema = z.object({ text: z.string(), count: z.number().int() });
const clock = { now: () => new Date('2026-03-02T08:42:00.000Z') };

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'documents-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const openNotes = (loadStore?: () => Promise<StoreClass>) =>
  createDocuments(root, { clock, log: quietLog(), ...(loadStore && { loadStore }) })('notes', NoteSchema);

/** A store that behaves like electron-store until `act` of the write decides otherwise. */
const storeThat =
  (act: (file: string, text: string) => Promise<void> | void) => async (): Promise<StoreClass> => {
    const fs = await import('node:fs');
    return class {
      readonly #file: string;
      readonly #text: () => string;
      constructor(options: { cwd: string; name: string; serialize: () => string }) {
        this.#file = path.join(options.cwd, `${options.name}.json`);
        this.#text = options.serialize;
      }
      get store() {
        return {};
      }
      set store(_value: Record<string, unknown>) {
        fs.mkdirSync(path.dirname(this.#file), { recursive: true });
        void act(this.#file, this.#text());
      }
    };
  };

describe('a folder of documents', () => {
  it('gives back after a restart what was written, and nothing that was removed', async () => {
    const notes = openNotes();
    await notes.write('a', { text: 'one', count: 1 });
    await notes.write('b', { text: 'two', count: 2 });
    await notes.write('a', { text: 'three', count: 3 });
    await notes.remove('b');
    await notes.remove('never-there');
    const again = await openNotes().loadAll();
    expect([...again.documents]).toEqual([['a', { text: 'three', count: 3 }]]);
    expect(again.quarantined).toBe(0);
  });

  it('keeps any text as it is', async () => {
    const notes = openNotes();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        await notes.write('any', { text, count: 0 });
        expect((await openNotes().loadAll()).documents.get('any')).toEqual({ text, count: 0 });
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the last of many writes given at once, and leaves nothing half-written', async () => {
    const notes = openNotes();
    await Promise.all(
      Array.from({ length: 30 }, (_, count) => notes.write('same', { text: 'x'.repeat(count), count })),
    );
    expect((await openNotes().loadAll()).documents.get('same')?.count).toBe(29);
    expect(await readdir(path.join(root, 'notes', 'staging'))).toEqual([]);
  });

  it('is private to the user', async () => {
    await openNotes().write('a', { text: '', count: 0 });
    expect((await stat(path.join(root, 'notes'))).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(root, 'notes', 'a.json'))).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['no JSON', '{"format":1,"docu'],
    ['an empty file', ''],
    ['another shape', '{"format":1,"document":{"text":7}}'],
    ['another format', '{"format":2,"document":{"text":"x","count":1}}'],
    ['invalid UTF-8', Buffer.from('{"format":1,"document":{"text":"\xff","count":1}}', 'latin1')],
  ])('moves %s aside, counts it and reads the rest', async (_what, content) => {
    await openNotes().write('good', { text: 'fine', count: 1 });
    await writeFile(path.join(root, 'notes', 'bad.json'), content);
    const loaded = await openNotes().loadAll();
    expect(loaded.quarantined).toBe(1);
    expect([...loaded.documents.keys()]).toEqual(['good']);
    const aside = path.join(root, 'notes', 'quarantine');
    expect(await readdir(aside)).toEqual(['2026-03-02T08-42-00-000Z-bad.json']);
    expect(await readFile(path.join(aside, '2026-03-02T08-42-00-000Z-bad.json'))).toEqual(
      Buffer.from(content),
    );
    expect((await openNotes().loadAll()).quarantined).toBe(0);
  });

  it('moves a folder aside that stands in the place of a document', async () => {
    await mkdir(path.join(root, 'notes', 'odd.json'), { recursive: true });
    expect((await openNotes().loadAll()).quarantined).toBe(1);
  });

  it('forgets a write that was cut off before it was accepted', async () => {
    await openNotes().write('a', { text: 'old', count: 1 });
    await writeFile(path.join(root, 'notes', 'staging', 'a.json'), '{"format":1,"docum');
    await writeFile(path.join(root, 'notes', 'staging', 'a.json.tmp-1234567890abcdef'), '{"for');
    expect((await openNotes().loadAll()).documents.get('a')?.text).toBe('old');
    expect(await readdir(path.join(root, 'notes', 'staging'))).toEqual([]);
  });

  it('makes its folder again when somebody removed it meanwhile', async () => {
    const notes = openNotes();
    await notes.write('a', { text: 'one', count: 1 });
    await rm(path.join(root, 'notes'), { recursive: true });
    await notes.write('b', { text: 'two', count: 2 });
    expect([...(await openNotes().loadAll()).documents.keys()]).toEqual(['b']);
  });

  it('refuses a document that could not be read back', async () => {
    const notes = openNotes();
    await expect(notes.write('a', { text: 'x', count: 0.5 })).rejects.toBeInstanceOf(StorageError);
    expect((await openNotes().loadAll()).documents.size).toBe(0);
  });

  it.each(['', '../a', 'a/b', 'a.b', 'a\\b', 'a'.repeat(101)])('refuses the name %j', async (name) => {
    await expect(openNotes().write(name, { text: '', count: 0 })).rejects.toThrow(TypeError);
    await expect(openNotes().remove(name)).rejects.toThrow(TypeError);
  });
});

describe('a disk that fails', () => {
  const fails = (code: string) => Object.assign(new Error(code), { code });

  it.each([
    ['ENOSPC', 'diskFull'],
    ['EDQUOT', 'diskFull'],
    ['EACCES', 'noPermission'],
    ['EPERM', 'noPermission'],
    ['EROFS', 'noPermission'],
    ['EIO', 'other'],
  ])('reports %s as %s and keeps the old document', async (code, reason) => {
    await openNotes().write('a', { text: 'old', count: 1 });
    const failing = openNotes(
      storeThat(() => {
        throw fails(code);
      }),
    );
    await expect(failing.write('a', { text: 'new', count: 2 })).rejects.toMatchObject({
      name: 'StorageError',
      reason,
    });
    expect((await openNotes().loadAll()).documents.get('a')?.text).toBe('old');
  });

  it('notices a write that stopped half-way without an error', async () => {
    await openNotes().write('a', { text: 'old', count: 1 });
    const { writeFileSync } = await import('node:fs');
    const half = openNotes(storeThat((file, text) => writeFileSync(file, text.slice(0, 10))));
    await expect(half.write('a', { text: 'new', count: 2 })).rejects.toMatchObject({ reason: 'diskFull' });
    const loaded = await openNotes().loadAll();
    expect(loaded.documents.get('a')?.text).toBe('old');
    expect(loaded.quarantined).toBe(0);
    expect(await readdir(path.join(root, 'notes', 'staging'))).toEqual([]);
  });

  it('that is really full takes a document whole or not at all', async () => {
    const full = path.join(root, 'full');
    await mkdir(full);
    // Only root may mount; others have the two tests above.
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', full]).then(
      () => true,
      () => false,
    );
    try {
      const open = () => createDocuments(full, { clock, log: quietLog() })('notes', NoteSchema);
      const small = { text: 'old'.repeat(5000), count: 1 };
      await open().write('a', small);
      const large = open().write('a', { text: 'new'.repeat(20_000), count: 2 });
      if (mounted) await expect(large).rejects.toMatchObject({ reason: 'diskFull' });
      else await large;
      const { documents, quarantined } = await open().loadAll();
      expect(quarantined).toBe(0);
      expect(documents.get('a')?.count).toBe(mounted ? 1 : 2);
      await open().write('b', { text: 'still fits', count: 3 });
    } finally {
      if (mounted) await run('umount', [full]);
    }
  });

  it('reports a place where no folder can be made, and works once it can', async () => {
    await writeFile(path.join(root, 'notes'), 'a file in the way');
    const notes = openNotes();
    await expect(notes.write('a', { text: 'x', count: 1 })).rejects.toBeInstanceOf(StorageError);
    await expect(notes.loadAll()).rejects.toBeInstanceOf(StorageError);
    await rm(path.join(root, 'notes'));
    await notes.write('a', { text: 'x', count: 1 });
    expect((await notes.loadAll()).documents.size).toBe(1);
    await chmod(path.join(root, 'notes'), 0o700);
  });
});
