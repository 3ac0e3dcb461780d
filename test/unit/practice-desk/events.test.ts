import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { afterEach, describe, expect, it } from 'vitest';
import type { BoardEvent } from '../../../src-shared/board-api';
import { fakeClock, signIn, startDesk, until, type Client } from './support/desk';

interface Stream {
  readonly events: readonly (BoardEvent & { readonly id: string | undefined })[];
  readonly text: () => string;
  readonly ended: () => boolean;
  end(): void;
}

const open: Stream[] = [];
afterEach(() => open.splice(0).forEach((stream) => stream.end()));

async function follow(client: Client, lastEventId?: string): Promise<Stream> {
  const controller = new AbortController();
  const answer = await fetch(`${client.url}/v1/events`, {
    headers: {
      Authorization: `Bearer ${client.token}`,
      ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }),
    },
    signal: controller.signal,
  });
  expect(answer.headers.get('Content-Type')).toBe('text/event-stream');
  const events: (BoardEvent & { id: string | undefined })[] = [];
  let text = '';
  let ended = false;
  const onEvent = (event: EventSourceMessage): void =>
    void events.push({ ...(JSON.parse(event.data) as BoardEvent), id: event.id });
  const parser = createParser({ onEvent });
  const read = async (): Promise<void> => {
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      parser.feed(chunk);
    }
  };
  void read().then(
    () => (ended = true),
    () => (ended = true),
  );
  const stream = { events, text: () => text, ended: () => ended, end: () => controller.abort() };
  open.push(stream);
  return stream;
}

describe('GET /v1/events', () => {
  it('tells of own tickets, the agreement and announcements, and of nobody else’s tickets', async () => {
    const desk = await startDesk();
    const [ada, bo] = [await signIn(desk, 'Ada'), await signIn(desk, 'Bo')];
    const stream = await follow(ada);
    await bo.file('Not yours');
    const { ticketId } = await ada.file('Mine');
    await ada.advance(ticketId);
    await ada.put('/practice/agreement', { standing: 'creditHold' });
    await ada.put('/practice/announcements', { announcements: [] });
    await until(
      () => stream.events,
      (events) => events.length === 4,
    );
    expect(stream.events.map((event) => event.type)).toEqual([
      'ticket',
      'ticket',
      'agreement',
      'announcements',
    ]);
    expect(stream.events[1]).toMatchObject({ ticketId, version: (await ada.ticket(ticketId)).version });
  });

  it('says where to go on from before anything has happened', async () => {
    const ada = await signIn(await startDesk());
    const first = await follow(ada);
    await until(first.text, (text) => text.includes('\n\n'));
    const id = /^id: (.+)$/m.exec(first.text())?.[1];
    first.end();
    await ada.file();
    const second = await follow(ada, id);
    await until(
      () => second.events,
      (events) => events.length === 1,
    );
  });

  it('goes on after Last-Event-ID without losing anything, also after a restart', async () => {
    const desk = await startDesk();
    const ada = await signIn(desk);
    const one = await ada.file('One');
    const first = await follow(ada);
    await ada.advance(one.ticketId);
    const [last] = await until(
      () => first.events,
      (events) => events.length === 1,
    );
    first.end();
    const two = await ada.file('Two');
    await ada.advance(one.ticketId);
    await desk.close();

    const again = await signIn(await startDesk({ dataDir: desk.dataDir }));
    const second = await follow(again, last?.id);
    await until(
      () => second.events,
      (events) => events.length === 2,
    );
    expect(second.events).toMatchObject([
      { type: 'ticket', ticketId: two.ticketId },
      { type: 'ticket', ticketId: one.ticketId, version: (await again.ticket(one.ticketId)).version },
    ]);
    const third = await follow(again, second.events.at(-1)?.id);
    const three = await again.file('Three');
    await until(
      () => third.events,
      (events) => events.some((event) => event.type === 'ticket' && event.ticketId === three.ticketId),
    );
    expect(third.events).toHaveLength(1);
  });

  it.each(['nonsense', Buffer.from(`${crypto.randomUUID()}.5`).toString('base64url')])(
    'asks to list again after an id it does not know (%s)',
    async (id) => {
      const ada = await signIn(await startDesk());
      const stream = await follow(ada, id);
      await until(
        () => stream.events,
        (events) => events.length === 1,
      );
      expect(stream.events).toMatchObject([{ type: 'reset' }]);
    },
  );

  it('sends a comment every 15 seconds', async () => {
    const clock = fakeClock();
    const ada = await signIn(await startDesk({ clock }));
    const stream = await follow(ada);
    await until(stream.text, (text) => text.includes('retry:'));
    clock.advance(14_000);
    expect(stream.text()).not.toContain('still here');
    clock.advance(1_000);
    await until(stream.text, (text) => text.endsWith(': still here\n\n'));
    clock.advance(15_000);
    await until(stream.text, (text) => text.match(/: still here/g)?.length === 2);
  });

  it('ends when the desk closes', async () => {
    const desk = await startDesk();
    const stream = await follow(await signIn(desk));
    await desk.close();
    await until(stream.ended, (ended) => ended);
  });
});
