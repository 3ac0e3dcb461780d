import { randomUUID } from 'node:crypto';
import { cp, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openJournal, UnreadableJournal } from '../../../src-main/practice-desk/data/journal';
import { openStore } from '../../../src-main/practice-desk/data/store';
import { DataInUse } from '../../../src-main/practice-desk/practice-desk';
import { ok } from '../../../src-shared/domain/result';
import { memoryLog, newFolder, signIn, startDesk, systemClock } from './support/desk';

describe('the journal', () => {
  it('gives back every entry, in order, and goes on after it', async () => {
    const file = path.join(await newFolder(), 'j');
    const first = await openJournal(file);
    for (const entry of [{ a: 1 }, { text: 'Zeile\nzwei 📎' }]) await first.journal.append(entry);
    await first.journal.close();
    const second = await openJournal(file);
    await second.journal.append('third');
    await second.journal.close();
    const third = await openJournal(file);
    expect(third.entries).toEqual([{ a: 1 }, { text: 'Zeile\nzwei 📎' }, 'third']);
    await third.journal.close();
  });

  it('loses, when cut anywhere, at most the entry that was cut', async () => {
    const file = path.join(await newFolder(), 'j');
    const { journal } = await openJournal(file);
    const ends: number[] = [];
    for (const entry of ['one', 'two é', 'three']) {
      await journal.append(entry);
      ends.push(journal.size);
    }
    await journal.close();
    const whole = await readFile(file);
    for (let length = ends[0]!; length <= whole.length; length += 1) {
      await writeFile(file, whole.subarray(0, length));
      const { journal: cut, entries } = await openJournal(file);
      expect(entries).toHaveLength(ends.filter((end) => end <= length).length);
      await cut.append('after');
      await cut.close();
      const again = await openJournal(file);
      expect(again.entries.at(-1)).toBe('after');
      await again.journal.close();
    }
  });

  it('does not trust a journal with damage before its end', async () => {
    const file = path.join(await newFolder(), 'j');
    const { journal } = await openJournal(file);
    for (const entry of ['one', 'two', 'three']) await journal.append(entry);
    await journal.close();
    const bytes = await readFile(file);
    bytes[bytes.indexOf('two')] = 0x58;
    await writeFile(file, bytes);
    await expect(openJournal(file)).rejects.toBeInstanceOf(UnreadableJournal);
  });

  it('is rewritten as a whole or not at all', async () => {
    const file = path.join(await newFolder(), 'j');
    const { journal } = await openJournal(file);
    await journal.append('old');
    await journal.rewrite(['new 1', 'new 2']);
    await journal.append('new 3');
    await journal.close();
    await writeFile(`${file}.new`, 'half a rewrite of a process that was killed');
    const again = await openJournal(file);
    expect(again.entries).toEqual(['new 1', 'new 2', 'new 3']);
    await again.journal.close();
  });
});

describe('the store', () => {
  const open = (folder: string): ReturnType<typeof openStore> =>
    openStore(folder, { clock: systemClock, log: memoryLog() });

  it('keeps what transactions did, and nothing of those that failed, whatever their order', async () => {
    const act = fc.record({ id: fc.nat(4), name: fc.string(), drop: fc.boolean(), fails: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 15 }), async (acts) => {
        const folder = await newFolder();
        const store = await open(folder);
        const model = new Map<string, string>();
        await Promise.all(
          acts.map(({ id, name, drop, fails }) =>
            store.transact((tx) => {
              const row = { id: String(id), identity: name, name: `n${name}`, email: '', phone: '' };
              if (drop) tx.drop('person', String(id));
              else tx.put('person', String(id), row);
              return fails ? { ok: false as const, fault: 'no' } : ok(null);
            }),
          ),
        );
        for (const { id, name, drop, fails } of acts) {
          if (fails) continue;
          model.delete(String(id));
          if (!drop) model.set(String(id), name);
        }
        const state = (from: typeof store): [string, string][] =>
          [...from.table('person')].map(([id, row]) => [id, row.identity]);
        expect(state(store)).toEqual([...model]);
        await store.close();
        const again = await open(folder);
        expect(state(again)).toEqual([...model]);
        await again.close();
      }),
      { numRuns: 30 },
    );
  });

  it('shrinks its file when most of it is history, and keeps the order of changes', async () => {
    const folder = await newFolder();
    const store = await open(folder);
    const row = (id: number, size: number) => ({
      id: String(id),
      identity: 'x'.repeat(size),
      name: 'n',
      email: '',
      phone: '',
    });
    for (let index = 0; index < 40; index += 1) {
      await store.transact((tx) => ok(tx.put('person', String(index % 4), row(index % 4, 100_000))));
    }
    await store.transact((tx) => ok(tx.put('person', '1', row(1, 5))));
    await store.transact(() => ok(null));
    expect((await readFile(path.join(folder, 'desk.jsonl'))).length).toBeLessThan(2_500_000);
    await store.close();
    const again = await open(folder);
    expect([...again.table('person').keys()]).toEqual(['0', '2', '3', '1']);
    await again.close();
  });
});

describe('the desk’s data', () => {
  it('survives a crash at any byte after the last acknowledged write', async () => {
    const desk = await startDesk();
    const ada = await signIn(desk);
    const key = randomUUID();
    const { ticketId } = await ada.file('Kept');
    const file = path.join(desk.dataDir, 'desk.jsonl');
    const acknowledged = (await readFile(file)).length;
    await ada.post(`/v1/tickets/${ticketId}/messages`, { text: 'Perhaps', uploads: [] }, key);
    await desk.close();
    const all = (await readFile(file)).length;

    for (const length of [acknowledged, acknowledged + 1, all - 1, all]) {
      const copy = path.join(await newFolder(), 'copy');
      await cp(desk.dataDir, copy, { recursive: true });
      await truncate(path.join(copy, 'desk.jsonl'), length);
      const crashed = await startDesk({ dataDir: copy });
      expect(crashed.movedAside).toBeNull();
      const again = await signIn(crashed);
      const { messages } = await again.ticket(ticketId);
      const there = length === all;
      expect(messages.map((message) => message.text)).toEqual(there ? ['Kept', 'Perhaps'] : ['Kept']);
      const retried = await again.send('POST', `/v1/tickets/${ticketId}/messages`, {
        body: { text: 'Perhaps', uploads: [] },
        key,
      });
      expect(retried.headers.get('Idempotent-Replayed')).toBe(there ? 'true' : null);
      expect((await again.ticket(ticketId)).messages.map((message) => message.text)).toEqual([
        'Kept',
        'Perhaps',
      ]);
    }
  });

  it.each([
    ['damage in the middle', (bytes: Buffer) => bytes.fill(0x20, 40, 60)],
    ['something else altogether', () => Buffer.from('not a journal\n')],
    ['another format', () => Buffer.from('')],
  ])('is moved aside and reported where it cannot be read (%s)', async (what, damage) => {
    const desk = await startDesk();
    await (await signIn(desk)).file('Gone');
    await desk.close();
    const file = path.join(desk.dataDir, 'desk.jsonl');
    if (what === 'another format') {
      await writeFile(file, '');
      const { journal } = await openJournal(file);
      await journal.append({ format: 'deskbell-practice-desk', version: 2 });
      await journal.append([]);
      await journal.close();
    } else {
      await writeFile(file, damage(await readFile(file)));
    }
    const damaged = await readFile(file);

    const log = memoryLog();
    const again = await startDesk({ dataDir: desk.dataDir, log });
    expect(log.lines).toContain('error practice-desk.unreadable');
    expect(again.movedAside).toContain(path.join(desk.dataDir, 'unreadable'));
    expect((await readFile(path.join(again.movedAside ?? '', 'desk.jsonl'))).equals(damaged)).toBe(true);
    const ada = await signIn(again);
    expect((await ada.get<{ tickets: unknown[] }>('/v1/tickets')).tickets).toEqual([]);
    await ada.file('New');
    expect(await readdir(path.join(desk.dataDir, 'unreadable'))).toHaveLength(1);
  });

  it('belongs to one desk at a time', async () => {
    const desk = await startDesk();
    await expect(startDesk({ dataDir: desk.dataDir })).rejects.toBeInstanceOf(DataInUse);
    await desk.close();
    await startDesk({ dataDir: desk.dataDir });
  });
});
