import type { DeskFault } from '@shared/domain/fault';
import type { TicketId } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import type { Ticket } from '@shared/domain/ticket';
import type { CallOptions, DeskConnector } from '../desk/connector';
import type { Clock, Log } from '../platform/types';
import type { Tickets } from '../tickets/tickets.types';
import type { TicketNews } from './sync.types';

/** What fetching needs. */
export interface PullDeps {
  readonly connector: Pick<DeskConnector, 'listChanged' | 'get'>;
  readonly tickets: Tickets;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly onNews: (news: TicketNews) => void;
}

/** Brings the cache up to date. */
export interface Pull {
  /** Lists what changed since the cursor. While one listing runs, everybody who asks gets the same next one. */
  changes(): Promise<Result<null, DeskFault>>;
  one(id: TicketId): Promise<Result<Ticket, DeskFault>>;
  /** When the request began whose answer brought this ticket last, in ms since 1970. */
  fetchedAt(id: TicketId): number | undefined;
}

/** A board that always says there is more would keep the client busy for ever. */
const MAX_PAGES = 1_000;

/** Creates what fetches tickets. News is told after the cache has it on disk, and the cursor is stored after its tickets. */
export function createPull({ connector, tickets, clock, log, signal, onNews }: PullDeps): Pull {
  const fetched = new Map<TicketId, number>();
  const options: CallOptions = { signal };
  let current: Promise<Result<null, DeskFault>> | null = null;
  let next: Promise<Result<null, DeskFault>> | null = null;

  async function store(list: readonly Ticket[], startedAt: number, catchingUp: boolean): Promise<void> {
    const changes = await tickets.upsert(list);
    list.forEach(({ id }) => fetched.set(id, startedAt));
    if (changes.length > 0) onNews({ changes, catchingUp });
  }

  async function list(): Promise<Result<null, DeskFault>> {
    const catchingUp = tickets.cursor() === null;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const startedAt = clock.now().getTime();
      const cursor = tickets.cursor();
      const page = await connector.listChanged(cursor, options);
      if (!page.ok) return cursor !== null && isForgotten(page.fault) ? listFromBeginning() : page;
      await store(page.value.tickets, startedAt, catchingUp);
      await tickets.setCursor(page.value.cursor);
      if (!page.value.more || page.value.cursor === cursor) break;
    }
    await tickets.confirm();
    return ok(null);
  }

  /** The board does not know the cursor any more (restored from a backup, or another board at the same address). */
  async function listFromBeginning(): Promise<Result<null, DeskFault>> {
    log.warn('sync.cursorForgotten');
    await tickets.setCursor(null);
    return list();
  }

  function start(): Promise<Result<null, DeskFault>> {
    const run = list()
      .catch((error: unknown): Result<null, DeskFault> => {
        log.error('sync.listFailed', error);
        return err({ kind: 'serverFault', status: null });
      })
      .finally(() => {
        current = null;
      });
    current = run;
    return run;
  }

  return {
    changes() {
      if (!current) return start();
      next ??= current.then(() => {
        next = null;
        return start();
      });
      return next;
    },

    async one(id) {
      const startedAt = clock.now().getTime();
      const found = await connector.get(id, options);
      if (found.ok) await store([found.value], startedAt, false);
      else if (found.fault.kind === 'conflict' && found.fault.reason === 'gone') await tickets.remove(id);
      return found;
    },

    fetchedAt: (id) => fetched.get(id),
  };
}

const isForgotten = (fault: DeskFault): boolean =>
  fault.kind === 'rejected' || (fault.kind === 'conflict' && fault.reason !== 'closed');
