import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoardTicket, TicketPage } from '../../../src-shared/board-api';
import { signIn, startDesk, type Client } from './support/desk';

const query = (parts: Record<string, string | number | undefined>): string =>
  new URLSearchParams(
    Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  ).toString();

const page = (client: Client, parts: Record<string, string | number | undefined>): Promise<TicketPage> =>
  client.get(`/v1/tickets?${query(parts)}`);

/** All pages since a watermark, with something done between any two of them. */
async function walk(
  client: Client,
  updatedSince: string | undefined,
  limit: number,
  between: () => Promise<unknown> = async () => undefined,
): Promise<{ tickets: BoardTicket[]; watermark: string; pages: number }> {
  const tickets: BoardTicket[] = [];
  let cursor: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const next = await page(client, { updatedSince, cursor, limit });
    tickets.push(...next.tickets);
    if (next.nextCursor === null) return { tickets, watermark: next.watermark, pages };
    cursor = next.nextCursor;
    await between();
  }
}

describe('GET /v1/tickets', () => {
  it('gives every ticket once, oldest change first, whatever the page size', async () => {
    const desk = await startDesk();
    const ada = await signIn(desk);
    await (await signIn(desk, 'Bo')).post('/practice/seed', { count: 30 });
    await ada.post('/practice/seed', { count: 57 });
    for (const limit of [1, 7, 57, 100]) {
      const { tickets, pages } = await walk(ada, undefined, limit);
      expect(new Set(tickets.map((ticket) => ticket.id)).size).toBe(57);
      expect(tickets).toHaveLength(57);
      expect(pages).toBe(Math.ceil(57 / limit));
      const versions = tickets.map((ticket) => ticket.version);
      expect(versions).toEqual([...versions].sort((one, other) => one - other));
    }
  });

  it('gives after a watermark exactly what changed since, and keeps its order across a restart', async () => {
    const desk = await startDesk();
    const ada = await signIn(desk);
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C', 'D']) ids.push((await ada.file(name)).ticketId);
    const { watermark } = await page(ada, {});
    expect((await page(ada, { updatedSince: watermark })).tickets).toEqual([]);
    await ada.advance(ids[2]!);
    await ada.advance(ids[0]!);
    await desk.close();
    const again = await signIn(await startDesk({ dataDir: desk.dataDir }));
    const changed = await page(again, { updatedSince: watermark });
    expect(changed.tickets.map((ticket) => ticket.id)).toEqual([ids[2], ids[0]]);
    expect((await walk(again, undefined, 1)).tickets.map((ticket) => ticket.id)).toEqual([
      ids[1],
      ids[3],
      ids[2],
      ids[0],
    ]);
  });

  it('never misses a change, also one that happens between two pages', async () => {
    const desk = await startDesk();
    const ada = await signIn(desk);
    const ids: string[] = [];
    for (let index = 0; index < 6; index += 1) ids.push((await ada.file(`Problem ${index}`)).ticketId);

    const step = fc.record({
      change: fc.array(fc.nat(5), { maxLength: 4 }),
      limit: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
        const seen = new Map<string, number>();
        let watermark: string | undefined;
        const note = (tickets: readonly BoardTicket[]): void => {
          for (const ticket of tickets) seen.set(ticket.id, ticket.version);
        };
        for (const { change, limit } of steps) {
          const pending = [...change];
          const touch = async (): Promise<void> => {
            const index = pending.pop();
            if (index !== undefined)
              await ada.post(`/practice/tickets/${ids[index]}/reply`, { text: 'Hello' });
          };
          const walked = await walk(ada, watermark, limit, touch);
          note(walked.tickets);
          watermark = walked.watermark;
          while (pending.length > 0) await touch();
        }
        note((await walk(ada, watermark, 3)).tickets);
        for (const id of ids) expect(seen.get(id)).toBe((await ada.ticket(id)).version);
      }),
      { numRuns: 12 },
    );
  });

  it('answers 304 while nothing of the caller’s changed', async () => {
    const desk = await startDesk();
    const ada = await signIn(desk);
    const { ticketId } = await ada.file();
    const first = await ada.send('GET', '/v1/tickets');
    const known = { headers: { 'If-None-Match': first.headers.get('ETag') ?? '' } };
    await (await signIn(desk, 'Bo')).file();
    expect((await ada.send('GET', '/v1/tickets', known)).status).toBe(304);
    await ada.advance(ticketId);
    expect((await ada.send('GET', '/v1/tickets', known)).status).toBe(200);
  });

  it('refuses what is no cursor, and takes a watermark of lost data for none', async () => {
    const ada = await signIn(await startDesk());
    await ada.file();
    for (const parts of [
      { cursor: 'x' },
      { updatedSince: 'x' },
      { limit: 0 },
      { limit: 101 },
      { limit: 'many' },
    ]) {
      const answer = await ada.send('GET', `/v1/tickets?${query(parts)}`);
      expect(answer.status, JSON.stringify(parts)).toBe(400);
      expect(((await answer.json()) as { errors: unknown[] }).errors).toHaveLength(1);
    }
    const foreign = await signIn(await startDesk());
    await foreign.file();
    const { watermark } = await page(foreign, {});
    expect((await page(ada, { updatedSince: watermark })).tickets).toHaveLength(1);
  });

  it('is quick with thousands of tickets', async () => {
    const desk = await startDesk();
    const ada = await signIn(desk);
    await ada.post('/practice/seed', { count: 3_000 });
    const { watermark } = await walk(ada, undefined, 100);
    await ada.file('One more');
    const start = performance.now();
    expect((await page(ada, { updatedSince: watermark })).tickets).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(200);
  });
});

describe('GET /v1/tickets/{id}', () => {
  it('has its version as ETag and answers 304 to who has it', async () => {
    const ada = await signIn(await startDesk());
    const { ticketId } = await ada.file();
    const path = `/v1/tickets/${ticketId}`;
    const first = await ada.send('GET', path);
    const etag = first.headers.get('ETag') ?? '';
    expect(etag).toBe(`"${((await first.json()) as BoardTicket).version}"`);
    for (const header of [etag, `W/${etag}`, `"0", ${etag}`, '*']) {
      expect((await ada.send('GET', path, { headers: { 'If-None-Match': header } })).status, header).toBe(
        304,
      );
    }
    await ada.advance(ticketId);
    expect((await ada.send('GET', path, { headers: { 'If-None-Match': etag } })).status).toBe(200);
  });
});
