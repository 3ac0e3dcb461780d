import { isDeepStrictEqual } from 'node:util';
import type { Policy } from '@shared/domain/policy';
import type { ReadFault } from '@shared/domain/policy-keys';
import { readPolicy } from '@shared/domain/policy-reading';
import type { PolicyProblem, PolicyView } from '@shared/domain/policy-view';
import type { JsonFile } from '../platform/json-file';
import type { Clock, Log } from '../platform/types';
import type { PolicySource } from './source';

/** The managed settings as they count now. */
export interface ResolvedPolicy {
  /** `kept`: the source cannot be read (yet), and what it said last counts. */
  readonly state: PolicyView['state'];
  readonly policy: Policy;
  /** Wrong values of the source, which do not count. */
  readonly problems: readonly PolicyProblem[];
  /** Why the source could not be read the last time; `null`: it could. */
  readonly unread: ReadFault | null;
}

/** Keeps the managed settings up to date. */
export interface PolicyKeeper {
  current(): ResolvedPolicy;
  /** Reads the source now; resolves when what it says counts. Never rejects. */
  refresh(): Promise<void>;
  /** Called after a real change. */
  onChange(listener: (now: ResolvedPolicy) => void): () => void;
  /** Reads no more; resolves when the copy is on disk. */
  close(): Promise<void>;
}

/** What the keeper needs. */
export interface PolicyKeeperDeps {
  readonly source: PolicySource;
  /** The copy of what the source said last. */
  readonly kept: JsonFile;
  readonly clock: Clock;
  readonly log: Log;
}

/** How often the source is read again, in ms. */
export const READ_AGAIN_MS = 60 * 60_000;
const NOTHING: ResolvedPolicy = { state: 'none', policy: {}, problems: [], unread: null };

/**
 * One policy: what the source says counts whole. One that is gone clears everything; one that cannot be read leaves what
 * it said last, across a restart too, for which a copy is kept.
 *
 * That copy is in the user's own folder, so it is no source and never more than a stand-in: it counts only until the source
 * has answered and while it cannot be read, never against it, and never for another source. Whoever changes it can do no more than they
 * could do in `settings.json` and `account.json` beside it, and the next good reading writes it anew.
 */
export function createPolicyKeeper({ source, kept, clock, log }: PolicyKeeperDeps): PolicyKeeper {
  let current = readKept(kept.readNow(), source);
  let running: Promise<void> | null = null;
  let cancel = (): void => undefined;
  let isClosed = false;
  const listeners = new Set<(now: ResolvedPolicy) => void>();

  function become(next: ResolvedPolicy): void {
    if (isDeepStrictEqual(next, current)) return;
    current = next;
    listeners.forEach((listener) => listener(next));
  }

  function keep(policy: Policy | null): void {
    const copy = { version: 1, source: source.name, policy };
    if (isDeepStrictEqual(kept.readNow(), copy)) return;
    kept.write(copy).catch((error: unknown) => log.error('policy.notKept', error));
  }

  function takeIn(content: unknown, problems: readonly PolicyProblem[]): void {
    const read = readPolicy(content);
    if (read === null) return fail('notAPolicy');
    const all = [...problems, ...read.problems];
    log.info('policy.read', { outcome: 'found', kind: source.name, count: all.length });
    if (all.length > 0)
      log.warn('policy.wrong', { problems: all.map(({ path, reason }) => `${path} ${reason}`) });
    keep(read.policy);
    become({ state: 'inForce', policy: read.policy, problems: all, unread: null });
  }

  function fail(fault: ReadFault): void {
    log.warn('policy.read', { outcome: 'failed', kind: source.name, reason: fault });
    const state = current.state === 'none' ? 'none' : 'kept';
    become({ ...current, state, unread: fault });
  }

  function clear(): void {
    log.info('policy.read', { outcome: 'absent', kind: source.name });
    if (kept.readNow() !== undefined) keep(null);
    become(NOTHING);
  }

  async function read(): Promise<void> {
    const reading = await source.read().catch((error: unknown) => {
      log.error('policy.source', error);
      return { kind: 'failed', fault: 'other' } as const;
    });
    if (isClosed) return;
    switch (reading.kind) {
      case 'found':
        return takeIn(reading.content, reading.problems);
      case 'absent':
        return clear();
      case 'failed':
        return fail(reading.fault);
    }
  }

  function refresh(): Promise<void> {
    running ??= read().finally(() => {
      running = null;
      cancel();
      if (!isClosed) cancel = clock.after(READ_AGAIN_MS, () => void refresh());
    });
    return running;
  }

  return {
    current: () => current,
    refresh,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      isClosed = true;
      cancel();
      await kept.settled();
    },
  };
}

/** The copy of the last time, if it is of this source. */
function readKept(content: unknown, source: PolicySource): ResolvedPolicy {
  if (typeof content !== 'object' || content === null) return NOTHING;
  const { version, source: from, policy } = content as Record<string, unknown>;
  const read = version === 1 && from === source.name ? readPolicy(policy) : null;
  return read === null ? NOTHING : { state: 'kept', policy: read.policy, problems: [], unread: null };
}
