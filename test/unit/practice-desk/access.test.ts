import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientWith, signIn, startDesk } from './support/desk';

/** A request with headers that fetch would not let through. */
function rawStatus(url: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('who gets in', () => {
  it('answers GET /v1/board without a sign-in, everything else not', async () => {
    const desk = await startDesk();
    const board = (await (await fetch(`${desk.url}/v1/board`)).json()) as object;
    expect(board).toMatchObject({
      api: 'deskbell-board',
      version: 1,
      practice: true,
      signIn: { method: 'persona' },
    });
    for (const path of [
      '/v1/me',
      '/v1/tickets',
      '/v1/agreement',
      '/v1/announcements',
      '/v1/events',
      '/v1/refs/x',
    ]) {
      const answer = await fetch(`${desk.url}${path}`);
      expect(answer.status, path).toBe(401);
      expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer');
      expect(answer.headers.get('Content-Type')).toBe('application/problem+json');
    }
    expect((await clientWith(desk.url, 'no-such-token-at-all').send('GET', '/v1/me')).status).toBe(401);
  });

  it('refuses another host name than its own (DNS rebinding)', async () => {
    const desk = await startDesk();
    const board = `${desk.url}/v1/board`;
    expect(await rawStatus(board, { Host: 'evil.example' })).toBe(403);
    expect(await rawStatus(board, { Host: `evil.example:${desk.port}` })).toBe(403);
    expect(await rawStatus(board, { Host: `127.0.0.1:${desk.port + 1}` })).toBe(403);
    expect(await rawStatus(board, { Host: `127.0.0.1:${desk.port}` })).toBe(200);
    expect(await rawStatus(board, { Host: `localhost:${desk.port}` })).toBe(200);
  });

  it('refuses web pages, also with a preflight and for the practice controls', async () => {
    const desk = await startDesk();
    const page = { Origin: 'https://evil.example' };
    expect(await rawStatus(`${desk.url}/v1/board`, page)).toBe(403);
    expect(await rawStatus(`${desk.url}/v1/board`, { Origin: desk.url })).toBe(403);
    expect(await rawStatus(`${desk.url}/v1/tickets`, page, 'OPTIONS')).toBe(403);
    expect(await rawStatus(`${desk.url}/practice/faults`, page, 'DELETE')).toBe(403);
    expect(await rawStatus(`${desk.url}/v1/board`, { 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
    expect(await rawStatus(`${desk.url}/v1/board`, { 'Sec-Fetch-Site': 'none' })).toBe(200);
  });

  it('takes the same name, or the same e-mail, for the same person', async () => {
    const desk = await startDesk();
    const [one, other] = [await signIn(desk, 'Ada Berg'), await signIn(desk, ' ada berg ')];
    expect(one.token).not.toBe(other.token);
    const { ticketId } = await one.file();
    expect((await other.ticket(ticketId)).id).toBe(ticketId);
    expect(await one.get('/v1/me')).toMatchObject({ email: '', phone: '' });
  });

  it('keeps sessions across a restart, and stores no token', async () => {
    const desk = await startDesk();
    const ada = await signIn(desk);
    await desk.close();
    const again = await startDesk({ dataDir: desk.dataDir });
    expect((await clientWith(again.url, ada.token).send('GET', '/v1/me')).status).toBe(200);
    const { readFile } = await import('node:fs/promises');
    expect(await readFile(`${desk.dataDir}/desk.jsonl`, 'utf8')).not.toContain(ada.token);
  });
});

describe('a desk with an access token', () => {
  const token = 'a-token-that-only-the-app-knows';
  const owner = { name: 'Ola Owner', email: 'ola@example.org', phone: '' };

  it('knows its owner by it and lets nobody else sign in', async () => {
    const desk = await startDesk({ token, owner });
    const ola = clientWith(desk.url, token);
    expect(await ola.get('/v1/me')).toMatchObject(owner);
    const stranger = await fetch(`${desk.url}/v1/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'Eve', email: '', phone: '' }),
    });
    expect(stranger.status).toBe(401);
    for (const path of ['/practice/writes', '/practice/faults'])
      expect((await fetch(`${desk.url}${path}`)).status).toBe(401);
    expect((await ola.send('GET', '/practice/writes')).status).toBe(200);
  });

  it('stays the owner’s when the token and the name change', async () => {
    const desk = await startDesk({ token, owner });
    const { ticketId } = await clientWith(desk.url, token).file();
    await desk.close();
    const again = await startDesk({
      dataDir: desk.dataDir,
      token: 'another-token',
      owner: { ...owner, name: 'Ola New' },
    });
    expect((await clientWith(again.url, token).send('GET', '/v1/me')).status).toBe(401);
    const ola = clientWith(again.url, 'another-token');
    expect((await ola.ticket(ticketId)).id).toBe(ticketId);
    expect(await ola.get('/v1/me')).toMatchObject({ name: 'Ola New' });
  });

  it('gives a session of the owner to who knows it', async () => {
    const desk = await startDesk({ token, owner });
    const ola = clientWith(desk.url, token);
    const session = await ola.send('POST', '/v1/sessions', {
      body: { name: 'Ola Elsewhere', email: '', phone: '1' },
    });
    const { person, token: session1 } = (await session.json()) as {
      person: { id: string; name: string };
      token: string;
    };
    expect(await ola.get('/v1/me')).toMatchObject({ id: person.id, name: 'Ola Elsewhere' });
    expect(await clientWith(desk.url, session1).get('/v1/me')).toMatchObject({ id: person.id });
  });
});

describe('tickets of others', () => {
  it('do not exist: not to read, not to list, not to write to, nor their files', async () => {
    const desk = await startDesk();
    const [ada, bo] = [await signIn(desk, 'Ada'), await signIn(desk, 'Bo')];
    const { ticketId } = await ada.file();
    const resolved = await ada.advance(ticketId, 'resolved');
    const attachment = resolved.messages.at(-1)?.attachments[0];
    const key = randomUUID();

    expect((await bo.send('GET', `/v1/tickets/${ticketId}`)).status).toBe(404);
    expect((await bo.get<{ tickets: unknown[] }>('/v1/tickets')).tickets).toEqual([]);
    expect(
      (await bo.send('POST', `/v1/tickets/${ticketId}/messages`, { body: { text: 'Hi', uploads: [] }, key }))
        .status,
    ).toBe(404);
    expect(
      (await bo.send('POST', `/v1/tickets/${ticketId}/state`, { body: { change: 'works', text: '' }, key }))
        .status,
    ).toBe(404);
    expect((await bo.send('GET', `/v1/attachments/${attachment?.id}`)).status).toBe(404);
    expect((await ada.send('GET', `/v1/attachments/${attachment?.id}`)).status).toBe(200);
    expect((await bo.send('GET', `/v1/refs/${resolved.ref}`)).status).toBe(404);
    expect((await ada.ticket(ticketId)).version).toBe(resolved.version);
  });
});

describe('what the desk does not have', () => {
  it('is 404, and the wrong method is 405 with the right ones', async () => {
    const desk = await startDesk();
    const ada = await signIn(desk);
    expect((await ada.send('GET', '/v1/nothing')).status).toBe(404);
    const wrong = await ada.send('DELETE', '/v1/tickets');
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('Allow')).toBe('GET, POST');
    expect((await ada.send('HEAD', '/v1/events')).status).toBe(405);
  });

  it('is, with another pace than manual, everything below /practice', async () => {
    const desk = await startDesk({ pace: 'quick' });
    const ada = await signIn(desk);
    const { ticketId } = await ada.file();
    for (const [method, path] of [
      ['POST', `/practice/tickets/${ticketId}/advance`],
      ['POST', '/practice/faults'],
      ['GET', '/practice/writes'],
      ['POST', '/practice/seed'],
      ['PUT', '/practice/agreement'],
    ] as const) {
      expect((await ada.send(method, path, method === 'GET' ? {} : { body: {} })).status, path).toBe(404);
    }
  });
});
