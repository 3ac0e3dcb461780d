import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { emptyIntake } from '../../../src-shared/domain/intake';
import type { PracticeFault } from '../../../src-shared/board-api';
import { signIn, startDesk, type Client } from './support/desk';

const creation = { summary: 'Mail', intake: { ...emptyIntake(), problem: 'Mail' }, uploads: [] };

async function withFault(fault: PracticeFault['fault'], more: Partial<PracticeFault> = {}): Promise<Client> {
  const ada = await signIn(await startDesk());
  await ada.post('/practice/faults', { method: 'POST', path: '/v1/tickets', times: 1, ...more, fault });
  return ada;
}

const count = async (ada: Client): Promise<number> =>
  (await ada.get<{ tickets: unknown[] }>('/v1/tickets')).tickets.length;

describe('faults', () => {
  it('drop a connection before the write is committed', async () => {
    const ada = await withFault({ kind: 'dropBefore' });
    const key = randomUUID();
    await expect(ada.send('POST', '/v1/tickets', { body: creation, key })).rejects.toThrow();
    expect((await ada.send('GET', `/v1/refs/${key}`)).status).toBe(404);
    expect(await count(ada)).toBe(0);
    expect((await ada.send('POST', '/v1/tickets', { body: creation, key })).status).toBe(201);
  });

  it('drop a connection after the write is committed', async () => {
    const ada = await withFault({ kind: 'dropAfter' });
    const key = randomUUID();
    await expect(ada.send('POST', '/v1/tickets', { body: creation, key })).rejects.toThrow();
    const known = await ada.get(`/v1/refs/${key}`);
    const again = await ada.send('POST', '/v1/tickets', { body: creation, key });
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await again.json()).toEqual(known);
    expect(await count(ada)).toBe(1);
  });

  it('send half of an answer after the write is committed', async () => {
    const ada = await withFault({ kind: 'cutBody' });
    const key = randomUUID();
    const answer = await ada.send('POST', '/v1/tickets', { body: creation, key });
    expect(answer.status).toBe(201);
    expect(Number(answer.headers.get('Content-Length'))).toBeGreaterThan(50);
    await expect(answer.text()).rejects.toThrow();
    expect(await count(ada)).toBe(1);
  });

  it('answer a status with Retry-After, without a write', async () => {
    const ada = await withFault({ kind: 'status', status: 429, retryAfterSeconds: 7 });
    const answer = await ada.send('POST', '/v1/tickets', { body: creation, key: randomUUID() });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('Retry-After')).toBe('7');
    expect(await answer.json()).toMatchObject({ status: 429 });
    expect(await count(ada)).toBe(0);
  });

  it('answer with a page in the board’s place', async () => {
    const ada = await withFault({ kind: 'html' });
    const answer = await ada.send('POST', '/v1/tickets', { body: creation, key: randomUUID() });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toContain('text/html');
    expect(await count(ada)).toBe(0);
  });

  it('delay, and then do what was asked', async () => {
    const ada = await withFault({ kind: 'delay', ms: 150 });
    const start = performance.now();
    expect((await ada.send('POST', '/v1/tickets', { body: creation, key: randomUUID() })).status).toBe(201);
    expect(performance.now() - start).toBeGreaterThan(140);
  });

  it('meet only what they name, as often as they say, in order', async () => {
    const ada = await withFault({ kind: 'status', status: 503 }, { times: 2 });
    await ada.post('/practice/faults', {
      method: '*',
      path: '*',
      times: 1,
      fault: { kind: 'status', status: 418 },
    });
    const write = (): Promise<number> =>
      ada.send('POST', '/v1/tickets', { body: creation, key: randomUUID() }).then((answer) => answer.status);
    expect([await write(), await write(), await write(), await write()]).toEqual([503, 503, 418, 201]);
  });

  it('stay until they are cleared where no number is given, and never meet the controls', async () => {
    const ada = await withFault({ kind: 'html' }, { method: '*', path: '*', times: null });
    for (let round = 0; round < 3; round += 1) {
      expect((await ada.send('GET', '/v1/me')).headers.get('Content-Type')).toContain('html');
    }
    expect((await ada.get<{ faults: unknown[] }>('/practice/faults')).faults).toHaveLength(1);
    expect((await ada.send('DELETE', '/practice/faults')).status).toBe(204);
    expect(await ada.get('/v1/me')).toMatchObject({ name: 'Ada Berg' });
  });

  it('can end an event stream after its head', async () => {
    const ada = await withFault({ kind: 'cutBody' }, { method: 'GET', path: '/v1/events' });
    const answer = await ada.send('GET', '/v1/events');
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });
});
