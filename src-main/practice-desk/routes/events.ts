import type { ServerResponse } from 'node:http';
import { BoardEventSchema } from '@shared/board-api';
import type { Events, NumberedEvent } from '../board/events';
import type { Handlers } from '../http/handlers';
import type { DeskClock } from '../types';

/** How often a comment keeps the line open, in ms. */
const HEARTBEAT_MS = 15_000;
/** How long a client should wait before it connects again, in ms. */
const RECONNECT_MS = 2_000;
/** A client that reads so slowly is cut off; it goes on from its last event. */
const MAX_BUFFERED_BYTES = 1024 * 1024;

/** The event streams that are open. */
export interface EventStreams {
  readonly handlers: Pick<Handlers, 'followEvents'>;
  /** Ends all of them. */
  close(): void;
}

/** Server-sent events (`GET /v1/events`). */
export function createEventStreams(deps: { events: Events; clock: DeskClock }): EventStreams {
  const { events, clock } = deps;
  const open = new Set<ServerResponse>();

  function begin(outgoing: ServerResponse): void {
    outgoing.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    // The id without data tells a client where to go on from although nothing has happened yet.
    outgoing.write(`retry: ${RECONNECT_MS}\nid: ${events.latest()}\n\n`);
  }

  function heartbeat(outgoing: ServerResponse): () => void {
    let cancel = (): void => undefined;
    const beat = (): void => {
      outgoing.write(': still here\n\n');
      cancel = clock.after(HEARTBEAT_MS, beat);
    };
    cancel = clock.after(HEARTBEAT_MS, beat);
    return () => cancel();
  }

  /** Who follows has to prove again who they are; nothing is lost, as events go on from the last one. */
  function endAt(outgoing: ServerResponse, until: Date | null): () => void {
    if (until === null) return () => undefined;
    return clock.after(Math.max(until.getTime() - clock.now().getTime(), 0), () => outgoing.end());
  }

  return {
    handlers: {
      followEvents({ person, until, incoming, outgoing }) {
        const lastEventId = incoming.headers['last-event-id'];
        const missed = typeof lastEventId === 'string' ? events.since(person.id, lastEventId) : [];
        begin(outgoing);
        for (const event of missed) outgoing.write(textOf(event));
        const unfollow = events.follow(person.id, (event) => send(outgoing, event));
        const stopHeartbeat = heartbeat(outgoing);
        const stopWaiting = endAt(outgoing, until);
        open.add(outgoing);
        outgoing.once('close', () => {
          unfollow();
          stopHeartbeat();
          stopWaiting();
          open.delete(outgoing);
        });
        return { kind: 'sent' };
      },
    },
    close() {
      for (const outgoing of open) outgoing.end();
    },
  };
}

function send(outgoing: ServerResponse, event: NumberedEvent): void {
  if (outgoing.writableLength > MAX_BUFFERED_BYTES) outgoing.destroy();
  else outgoing.write(textOf(event));
}

const textOf = ({ id, event }: NumberedEvent): string =>
  `id: ${id}\ndata: ${JSON.stringify(BoardEventSchema.parse(event))}\n\n`;
