import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { emptyIntake } from '../../../src-shared/domain/intake';
import { RATINGS, signIn, startDesk, type Client } from './support/desk';

const creation = (problem = 'The printer is jammed') => ({
  summary: problem,
  intake: { ...emptyIntake(), problem },
  uploads: [],
});

async function listed(client: Client): Promise<number> {
  return (await client.get<{ tickets: unknown[] }>('/v1/tickets')).tickets.length;
}

describe('idempotency keys', () => {
  it.each(['/v1/tickets', '/v1/tickets/x/messages', '/v1/tickets/x/state', '/v1/tickets/x/survey'])(
    'are needed for POST %s, and must be UUIDs',
    async (path) => {
      const ada = await signIn(await startDesk());
      expect((await ada.send('POST', path, { body: {} })).status).toBe(400);
      expect((await ada.send('POST', path, { body: {}, key: 'one' })).status).toBe(400);
    },
  );

  it('make a repeated write give the first answer, letter for letter, and say so', async () => {
    const ada = await signIn(await startDesk());
    const key = randomUUID();
    const first = await ada.send('POST', '/v1/tickets', { body: creation(), key });
    const second = await ada.send('POST', '/v1/tickets', { body: creation(), key });
    expect(first.status).toBe(201);
    expect(first.headers.get('Idempotent-Replayed')).toBeNull();
    expect(second.status).toBe(201);
    expect(second.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await second.text()).toBe(await first.text());
    expect(await listed(ada)).toBe(1);
  });

  it('do not care for the order of fields or the case of the key', async () => {
    const ada = await signIn(await startDesk());
    const key = randomUUID();
    const { summary, intake, uploads } = creation();
    await ada.post('/v1/tickets', { summary, intake, uploads }, key);
    const second = await ada.send('POST', '/v1/tickets', {
      body: { uploads, intake, summary },
      key: key.toUpperCase(),
    });
    expect(second.headers.get('Idempotent-Replayed')).toBe('true');
  });

  it('are refused for another body or another address', async () => {
    const ada = await signIn(await startDesk());
    const key = randomUUID();
    const { ticketId } = await ada.post('/v1/tickets', creation(), key);
    const otherBody = await ada.send('POST', '/v1/tickets', { body: creation('Something else'), key });
    const otherAddress = await ada.send('POST', `/v1/tickets/${ticketId}/messages`, {
      body: { text: 'Hi', uploads: [] },
      key,
    });
    for (const answer of [otherBody, otherAddress]) {
      expect(answer.status).toBe(409);
      expect(await answer.json()).toMatchObject({ conflict: 'keyReused' });
    }
    expect(await listed(ada)).toBe(1);
  });

  it('belong to a person: somebody else may use the same', async () => {
    const desk = await startDesk();
    const [ada, bo] = [await signIn(desk, 'Ada'), await signIn(desk, 'Bo')];
    const key = randomUUID();
    const mine = await ada.post('/v1/tickets', creation(), key);
    const theirs = await bo.post('/v1/tickets', creation(), key);
    expect(mine.ticketId).not.toBe(theirs.ticketId);
    expect(await ada.get(`/v1/refs/${key}`)).toEqual(mine);
    expect(await bo.get(`/v1/refs/${key}`)).toEqual(theirs);
  });

  it('let only one of many writes at once happen', async () => {
    const ada = await signIn(await startDesk());
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ada.post('/v1/tickets', creation(), key)),
    );
    expect(new Set(answers.map((answer) => answer.ticketId)).size).toBe(1);
    const { ticketId } = answers[0]!;
    const message = randomUUID();
    await Promise.all(
      Array.from({ length: 20 }, () =>
        ada.post(`/v1/tickets/${ticketId}/messages`, { text: 'Hello', uploads: [] }, message),
      ),
    );
    expect((await ada.ticket(ticketId)).messages.filter((entry) => entry.text === 'Hello')).toHaveLength(1);
    const { writes } = await ada.get<{ writes: Record<string, number> }>('/practice/writes');
    expect(writes).toEqual({ [key]: 1, [message]: 1 });
  });

  it('hold across a restart', async () => {
    const desk = await startDesk();
    const ada = await signIn(desk);
    const key = randomUUID();
    const first = await ada.post('/v1/tickets', creation(), key);
    await desk.close();
    const again = await signIn(await startDesk({ dataDir: desk.dataDir }));
    const second = await again.send('POST', '/v1/tickets', { body: creation(), key });
    expect(second.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await second.json()).toEqual(first);
  });

  it('of a refused write are still free', async () => {
    const ada = await signIn(await startDesk());
    const { ticketId } = await ada.file();
    const key = randomUUID();
    const works = { change: 'works', text: '' };
    expect((await ada.send('POST', `/v1/tickets/${ticketId}/state`, { body: works, key })).status).toBe(409);
    expect((await ada.send('GET', `/v1/refs/${key}`)).status).toBe(404);
    await ada.advance(ticketId, 'resolved');
    await ada.post(`/v1/tickets/${ticketId}/state`, works, key);
    expect(await ada.get(`/v1/refs/${key}`)).toMatchObject({ ref: key, ticketId });
  });

  it('make state changes and surveys happen once as well', async () => {
    const ada = await signIn(await startDesk());
    const { ticketId } = await ada.file();
    await ada.advance(ticketId, 'resolved');
    const [state, survey] = [randomUUID(), randomUUID()];
    const many = <T>(ask: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: 8 }, ask));
    await many(() => ada.post(`/v1/tickets/${ticketId}/state`, { change: 'works', text: '' }, state));
    await many(() => ada.post(`/v1/tickets/${ticketId}/survey`, { answers: RATINGS, comment: '' }, survey));
    const { writes } = await ada.get<{ writes: Record<string, number> }>('/practice/writes');
    expect(writes).toMatchObject({ [state]: 1, [survey]: 1 });
  });
});
