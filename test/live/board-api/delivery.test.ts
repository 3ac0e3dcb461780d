import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PracticeFault } from '@shared/board-api';
import { createMemoryDisk } from '../../support/memory-documents';
import { createWrite, ref } from '../../support/samples';
import { createMemorySpool, startClient } from '../client';
import { describeDelivery } from '../delivery';
import { PRACTICE, startPracticeBoard, type PracticeBoard } from './practice-board';

describeDelivery(PRACTICE);

describe('Board API: faults of the board itself', () => {
  let board: PracticeBoard;
  beforeAll(async () => {
    board = await startPracticeBoard();
  });
  afterAll(() => board.close());

  const FAULTS: [string, PracticeFault['fault']][] = [
    ['slow', { kind: 'delay', ms: 300 }],
    ['slower than the client waits', { kind: 'delay', ms: 1_500 }],
    ['dropped before', { kind: 'dropBefore' }],
    ['dropped after', { kind: 'dropAfter' }],
    ['cut', { kind: 'cutBody' }],
    ['a page', { kind: 'html' }],
    ['500', { kind: 'status', status: 500 }],
    ['502', { kind: 'status', status: 502 }],
    ['503', { kind: 'status', status: 503 }],
    ['503 with a time', { kind: 'status', status: 503, retryAfterSeconds: 2 }],
    ['429 with a time', { kind: 'status', status: 429, retryAfterSeconds: 2 }],
  ];

  it.each(FAULTS)(
    'a ticket that meets %s is filed exactly once',
    { timeout: 30_000 },
    async (_name, fault) => {
      for (const where of ['/v1/tickets', '/v1/refs', '/v1/events']) {
        await board.fault({ method: where === '/v1/tickets' ? 'POST' : 'GET', path: where, times: 2, fault });
      }
      const client = await startClient(board.connect(), createMemoryDisk(), createMemorySpool());
      const id = ref();
      await client.outbox.submit(id, id, createWrite());
      await vi.waitFor(() => expect(client.tickets.findByRef(id)).toBeDefined(), {
        timeout: 25_000,
        interval: 20,
      });
      await client.stop();
      await board.clearFaults();
      expect((await board.writes()).get(id)).toBe(1);
    },
  );

  it.each([400, 403, 404, 413, 415, 422])(
    'a ticket that is refused with %i waits for the user',
    async (status) => {
      await board.fault({ method: 'POST', path: '/v1/tickets', times: 1, fault: { kind: 'status', status } });
      const client = await startClient(board.connect(), createMemoryDisk(), createMemorySpool());
      const id = ref();
      await client.outbox.submit(id, id, createWrite());
      await vi.waitFor(() => expect(client.outbox.get(id)?.state.kind).toBe('needsAttention'), 10_000);
      await client.outbox.sendNow(id);
      await vi.waitFor(() => expect(client.tickets.findByRef(id)).toBeDefined(), 10_000);
      await client.stop();
      expect((await board.writes()).get(id)).toBe(1);
    },
  );

  it('agreement and announcements arrive as they change', async () => {
    const client = await startClient(board.connect(), createMemoryDisk(), createMemorySpool());
    await vi.waitFor(() => expect(client.facts.agreement()).not.toBeNull(), 10_000);
    await board.control('PUT', '/practice/agreement', { standing: 'serviceHold' });
    await vi.waitFor(() => expect(client.facts.agreement()?.standing).toBe('serviceHold'), 10_000);
    const outage = {
      id: 'o1',
      at: '2026-03-02T08:00:00.000Z',
      severity: 'outage',
      title: 'Mail',
      text: 'Slow.',
      endedAt: null,
    };
    await board.control('PUT', '/practice/announcements', { announcements: [outage] });
    await vi.waitFor(
      () => expect(client.facts.announcements()).toEqual([{ ...outage, affected: 0, joined: false }]),
      10_000,
    );
    await client.stop();
  });

  it('a status that is none of the six steps keeps its own words', async () => {
    const client = await startClient(board.connect(), createMemoryDisk(), createMemorySpool());
    const id = ref();
    await client.outbox.submit(id, id, createWrite());
    await vi.waitFor(() => expect(client.tickets.findByRef(id)).toBeDefined(), 10_000);
    const ticketId = client.tickets.findByRef(id)?.id ?? '';
    await board.control('POST', `/practice/tickets/${ticketId}/status`, { label: 'Waiting for vendor' });
    await vi.waitFor(
      () =>
        expect(client.tickets.get(ticketId)).toMatchObject({ step: null, statusLabel: 'Waiting for vendor' }),
      10_000,
    );
    await client.stop();
  });

  it('many tickets are listed and kept', { timeout: 60_000 }, async () => {
    await board.control('POST', '/practice/seed', { count: 1_000 });
    const disk = createMemoryDisk();
    const client = await startClient(board.connect(), disk, createMemorySpool());
    await vi.waitFor(() => expect(client.tickets.list().length).toBeGreaterThanOrEqual(1_000), 50_000);
    await vi.waitFor(() => expect(client.tickets.syncedAt()).not.toBeNull(), 10_000);
    await client.stop();
    expect(disk.texts('tickets').size).toBe(client.tickets.list().length);
  });
});
