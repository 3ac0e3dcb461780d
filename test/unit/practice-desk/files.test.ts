import { createHash, randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Upload } from '../../../src-shared/board-api';
import { MAX_FILE_BYTES } from '../../../src-shared/domain/attachment';
import { fakeClock, signIn, startDesk, type Ask, type Client } from './support/desk';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const stage = (client: Client, name: string, bytes: Uint8Array, ask: Ask = {}): Promise<Response> =>
  client.send('POST', `/v1/uploads?name=${encodeURIComponent(name)}`, {
    bytes,
    ...ask,
    headers: { 'Content-Type': 'image/png', ...ask.headers },
  });

async function staged(client: Client, name = 'picture.png', bytes: Uint8Array = PNG): Promise<Upload> {
  const answer = await stage(client, name, bytes);
  expect(answer.status).toBe(201);
  return (await answer.json()) as Upload;
}

describe('uploads', () => {
  it('become attachments of a ticket or message, byte for byte', async () => {
    const ada = await signIn(await startDesk());
    const upload = await staged(ada, 'Bild 📷 שלום.png');
    expect(upload).toMatchObject({
      name: 'Bild 📷 שלום.png',
      type: 'image/png',
      size: PNG.length,
      sha256: sha256(PNG),
    });
    const { ticketId } = await ada.file('See the picture', {}, [upload.id]);
    const second = await staged(ada, 'second.png');
    await ada.post(`/v1/tickets/${ticketId}/messages`, { text: '', uploads: [second.id] });
    const { messages } = await ada.ticket(ticketId);
    expect(messages.map((message) => message.attachments.map((file) => file.name))).toEqual([
      ['Bild 📷 שלום.png'],
      ['second.png'],
    ]);

    const answer = await ada.send('GET', `/v1/attachments/${messages[0]?.attachments[0]?.id}`);
    expect(answer.headers.get('Content-Type')).toBe('image/png');
    expect(answer.headers.get('Content-Disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('Bild 📷 שלום.png')}`,
    );
    expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).toBe(true);
    const known = await ada.send('GET', `/v1/attachments/${messages[0]?.attachments[0]?.id}`, {
      headers: { 'If-None-Match': answer.headers.get('ETag') ?? '' },
    });
    expect(known.status).toBe(304);
  });

  it('take a file of exactly 25 MB and refuse one byte more, announced or not', async () => {
    const ada = await signIn(await startDesk());
    const largest = Buffer.alloc(MAX_FILE_BYTES, 1);
    expect((await stage(ada, 'largest.bin', largest)).status).toBe(201);
    const tooLarge = Buffer.alloc(MAX_FILE_BYTES + 1, 1);
    expect((await stage(ada, 'larger.bin', tooLarge)).status).toBe(413);
    const unannounced = await fetch(`${ada.url}/v1/uploads?name=larger.bin`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${ada.token}` },
      body: new Blob([tooLarge]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(unannounced.status).toBe(413);
  });

  it.each([
    ['setup.exe', PNG, 415],
    ['run.sh', PNG, 415],
    ['harmless.txt', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), 415],
    ['empty.txt', Buffer.alloc(0), 422],
    ['', PNG, 400],
    ['x'.repeat(256), PNG, 400],
  ] as const)('refuse %s', async (name, bytes, status) => {
    const ada = await signIn(await startDesk());
    const answer = await stage(ada, name, bytes);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
  });

  it('are checked against a checksum where one is sent', async () => {
    const ada = await signIn(await startDesk());
    const base64 = createHash('sha256').update(PNG).digest('base64');
    const wrong = createHash('sha256').update('other').digest();
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await stage(ada, 'a.png', PNG, { headers })).status;
    expect(await status({ 'X-Content-SHA256': sha256(PNG).toUpperCase() })).toBe(201);
    expect(await status({ 'Content-Digest': `sha-256=:${base64}:` })).toBe(201);
    expect(await status({ Digest: `sha-256=${base64}` })).toBe(201);
    expect(await status({ 'X-Content-SHA256': wrong.toString('hex') })).toBe(422);
    expect(await status({ 'Content-Digest': `sha-256=:${wrong.toString('base64')}:` })).toBe(422);
    expect(await status({ Digest: `sha-256=${wrong.toString('base64')}` })).toBe(422);
  });

  it('with a key are staged once', async () => {
    const ada = await signIn(await startDesk());
    const key = randomUUID();
    const first = await stage(ada, 'a.png', PNG, { key });
    const again = await stage(ada, 'a.png', PNG, { key });
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await again.json()).toEqual(await first.json());
    expect((await stage(ada, 'b.png', PNG, { key })).status).toBe(409);
  });

  it('can be named once, by their owner, while they are kept', async () => {
    const clock = fakeClock();
    const desk = await startDesk({ clock });
    const [ada, bo] = [await signIn(desk, 'Ada'), await signIn(desk, 'Bo')];
    const upload = await staged(ada);
    await expect(bo.file('Mine now', {}, [upload.id])).rejects.toThrow('/uploads/0');
    await expect(ada.file('Twice', {}, [upload.id, upload.id])).rejects.toThrow('/uploads/1');
    await ada.file('Once', {}, [upload.id]);
    await expect(ada.file('Again', {}, [upload.id])).rejects.toThrow('/uploads/0');

    const late = await staged(ada, 'late.png', Buffer.from('never named'));
    clock.advance(23 * 3_600_000);
    const kept = await staged(ada, 'kept.png', Buffer.from('named in time'));
    clock.advance(2 * 3_600_000);
    await ada.get('/v1/me');
    await expect(ada.file('Too late', {}, [late.id])).rejects.toThrow('/uploads/0');
    await ada.file('In time', {}, [kept.id]);
  });

  it('whose bytes are lost are 404, and the desk goes on', async () => {
    const desk = await startDesk();
    const ada = await signIn(desk);
    const upload = await staged(ada);
    const { ticketId } = await ada.file('See the picture', {}, [upload.id]);
    await rm(path.join(desk.dataDir, 'files', upload.sha256));
    const { messages } = await ada.ticket(ticketId);
    expect((await ada.send('GET', `/v1/attachments/${messages[0]?.attachments[0]?.id}`)).status).toBe(404);
    expect((await ada.send('GET', '/v1/me')).status).toBe(200);
  });

  it('leave nothing behind when they are refused', async () => {
    const desk = await startDesk();
    const ada = await signIn(desk);
    await stage(ada, 'setup.exe', PNG);
    expect(await readdir(path.join(desk.dataDir, 'files', 'arriving'))).toEqual([]);
  });
});

describe('the note that comes with a solution', () => {
  it('is a real PDF with the steps in it', async () => {
    const ada = await signIn(await startDesk());
    const { ticketId, ticketNumber } = await ada.file('The printer jams', { restarted: 'both' });
    const resolved = await ada.advance(ticketId, 'resolved');
    const [note] = resolved.messages.at(-1)?.attachments ?? [];
    expect(note).toMatchObject({ name: `How-to ${ticketNumber}.pdf`, type: 'application/pdf' });
    const pdf = Buffer.from(await (await ada.send('GET', `/v1/attachments/${note?.id}`)).arrayBuffer());
    expect(pdf.length).toBe(note?.size);
    const text = pdf.toString('latin1');
    expect(text.startsWith('%PDF-1.4')).toBe(true);
    expect(text).toContain('If the printer stops again');
    const start = Number(/startxref\n(\d+)/.exec(text)?.[1]);
    expect(text.slice(start, start + 4)).toBe('xref');
    for (const [, offset] of text.slice(start).matchAll(/^(\d{10}) 00000 n /gm)) {
      expect(text.slice(Number(offset))).toMatch(/^\d+ 0 obj/);
    }
  });
});
