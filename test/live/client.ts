import { createOutbox } from '../../src-main/outbox/outbox';
import type { DeskConnector } from '../../src-main/desk/connector';
import type { Spool } from '../../src-main/platform/documents.types';
import { createClock } from '../../src-main/platform/clock';
import type { Clock, NetworkState } from '../../src-main/platform/types';
import { createSync } from '../../src-main/sync/sync';
import { createFacts } from '../../src-main/tickets/facts';
import { createTickets } from '../../src-main/tickets/tickets';
import type { MemoryDisk } from '../support/memory-documents';
import { quietLog } from '../support/quiet-log';
import { spooled } from './board';

/** A clock that runs `speed` times as fast: waits of minutes take a moment. */
export function createFastClock(speed: number): Clock {
  const clock = createClock();
  const start = Date.now();
  return {
    now: () => new Date(start + (Date.now() - start) * speed),
    after: (ms, callback) => clock.after(Math.max(ms / speed, 1), callback),
  };
}

/** A spool in memory that outlives the client, as the disk does. */
export function createMemorySpool(): Spool {
  const files = new Map<string, Uint8Array>();
  return {
    async put(bytes) {
      const { sha256 } = spooled('', bytes);
      files.set(sha256, bytes);
      return sha256;
    },
    async read(sha256) {
      const bytes = files.get(sha256);
      if (!bytes) throw new Error('gone');
      return bytes;
    },
    has: async (sha256) => files.has(sha256),
    sweep: async () => undefined,
  };
}

const ALWAYS_ONLINE: NetworkState = { isOnline: () => true, onChange: () => () => undefined };

/** Deskbell without its window: outbox, cache and sync on what is on disk, as after a start. */
export async function startClient(connector: DeskConnector, disk: MemoryDisk, spool: Spool, speed = 400) {
  const clock = createFastClock(speed);
  const log = quietLog();
  const random = Math.random;
  const { documents } = disk;
  const outbox = createOutbox({ documents, spool, clock, random, log });
  const tickets = createTickets({ documents, clock, log });
  const facts = createFacts({ documents, log });
  await Promise.all([outbox.load(), tickets.load(), facts.load()]);
  const sync = createSync({
    outbox,
    connector,
    tickets,
    facts,
    spool,
    clock,
    network: ALWAYS_ONLINE,
    random,
    log,
  });
  sync.start();
  return {
    outbox,
    tickets,
    facts,
    sync,
    log,
    /** Ends the client as quitting does. */
    async stop() {
      await sync.stop();
      connector.close();
    },
  };
}
