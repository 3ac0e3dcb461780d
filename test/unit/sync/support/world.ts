import { createOutbox } from '../../../../src-main/outbox/outbox';
import type { NetworkState } from '../../../../src-main/platform/types';
import { createSync } from '../../../../src-main/sync/sync';
import type { Reach, SyncDeps, TicketNews, UploadProgress } from '../../../../src-main/sync/sync.types';
import { createFacts } from '../../../../src-main/tickets/facts';
import { createTickets } from '../../../../src-main/tickets/tickets';
import { createMemoryDisk, type MemoryDisk } from '../../../support/memory-documents';
import { quietLog } from '../../../support/quiet-log';
import type { Capabilities } from '@shared/domain/board';
import { createFakeDesk, type FakeDesk } from './fake-desk';
import { createManualClock, type ManualClock } from './manual-clock';

/** A network that goes and comes as told. */
export function createFakeNetwork(online = true) {
  const listeners = new Set<(online: boolean) => void>();
  const network: NetworkState = {
    isOnline: () => online,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const set = (next: boolean): void => {
    online = next;
    listeners.forEach((listener) => listener(next));
  };
  return { ...network, set, listeners: () => listeners.size };
}

/** What to begin with. */
export interface WorldOptions {
  readonly capabilities?: Partial<Capabilities>;
  readonly deps?: Partial<SyncDeps>;
  readonly online?: boolean;
  /** Of an earlier world: what a restart finds. */
  readonly disk?: MemoryDisk;
  readonly desk?: FakeDesk;
  /** E-mail as the way around the board. */
  readonly mail?: FakeDesk;
  readonly clock?: ManualClock;
}

/** Real outbox, cache and sync around a board in memory. */
export async function createWorld(options: WorldOptions = {}) {
  const clock = options.clock ?? createManualClock();
  const disk = options.disk ?? createMemoryDisk();
  const desk = options.desk ?? createFakeDesk(clock, options.capabilities);
  const network = createFakeNetwork(options.online ?? true);
  const { mail } = options;
  const log = quietLog();
  const random = () => 0.5;
  const files = new Map<string, Uint8Array>();
  const spool = {
    put: async () => '',
    has: async () => true,
    read: async (sha256: string) => files.get(sha256) ?? Promise.reject(new Error('gone')),
    sweep: async () => undefined,
  };
  const outbox = createOutbox({ documents: disk.documents, spool, clock, random, log });
  const tickets = createTickets({ documents: disk.documents, clock, log });
  const facts = createFacts({ documents: disk.documents, log });
  await Promise.all([outbox.load(), tickets.load(), facts.load()]);
  const sync = createSync({
    outbox,
    connector: desk,
    tickets,
    facts,
    spool,
    clock,
    network,
    random,
    log,
    ...(mail && { mail: { connector: async () => mail, canSend: () => network.isOnline() } }),
    ...options.deps,
  });
  const news: TicketNews[] = [];
  const reaches: Reach['state'][] = [];
  const progress: UploadProgress[] = [];
  sync.onNews((one) => news.push(one));
  sync.onReach((reach) => reaches.push(reach.state));
  sync.onProgress((one) => progress.push(one));
  const stateOf = (ref: string) => outbox.get(ref)?.state.kind ?? 'pruned';
  return {
    clock,
    disk,
    desk,
    network,
    log,
    outbox,
    tickets,
    facts,
    sync,
    news,
    reaches,
    progress,
    stateOf,
    files,
  };
}
