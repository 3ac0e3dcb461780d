import type { DeskConnector } from '../desk/connector';
import type { Clock } from '../platform/types';
import type { Facts } from '../tickets/facts.types';

/** What keeping the facts needs. */
export interface FactKeeperDeps {
  readonly connector: Pick<DeskConnector, 'agreement' | 'announcements'>;
  readonly facts: Facts;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Which fact. */
export type Fact = 'agreement' | 'announcements';

/** Keeps agreement and announcements up to date. */
export interface FactKeeper {
  /** The board said that it changed, or it may have. */
  outdate(...facts: readonly Fact[]): void;
  /** Asks for what is outdated: never asked since the start, told to have changed, failed before, or a day old. */
  refresh(): Promise<void>;
}

/** How long a fact counts as fresh, in ms: a day. */
const FRESH_MS = 24 * 60 * 60_000;

/** Creates the keeper; everything is outdated at first. */
export function createFactKeeper({ connector, facts, clock, signal }: FactKeeperDeps): FactKeeper {
  const freshSince = new Map<Fact, number>();
  let running: Promise<void> | null = null;

  const isStale = (fact: Fact): boolean => {
    const age = clock.now().getTime() - (freshSince.get(fact) ?? Number.NEGATIVE_INFINITY);
    return age < 0 || age >= FRESH_MS;
  };

  async function bring(fact: Fact): Promise<void> {
    if (!isStale(fact)) return;
    freshSince.set(fact, clock.now().getTime());
    const done = fact === 'agreement' ? await bringAgreement() : await bringAnnouncements();
    if (!done) freshSince.delete(fact);
  }

  async function bringAgreement(): Promise<boolean> {
    const found = await connector.agreement({ signal });
    if (found.ok) await facts.setAgreement(found.value);
    return found.ok;
  }

  async function bringAnnouncements(): Promise<boolean> {
    const found = await connector.announcements({ signal });
    if (found.ok) await facts.setAnnouncements(found.value);
    return found.ok;
  }

  function refresh(): Promise<void> {
    if (running) return running.then(refresh);
    running = Promise.all([bring('agreement'), bring('announcements')])
      .then(() => undefined)
      .finally(() => {
        running = null;
      });
    return running;
  }

  return {
    outdate: (...which) => which.forEach((fact) => freshSince.delete(fact)),
    refresh,
  };
}
