import type { DeskFault } from '@shared/domain/fault';
import { assertNever, type Result } from '@shared/domain/result';
import type { BoardPush, DeskConnector } from '../desk/connector';
import type { Clock, Log, Random } from '../platform/types';
import type { FactKeeper } from './fact-keeper';
import { pollDelay } from './pace';
import type { Pull } from './pull';
import type { Activity } from './sync.types';

/** What following needs. */
export interface FollowDeps {
  readonly connector: Pick<DeskConnector, 'capabilities' | 'subscribe' | 'whoAmI'>;
  readonly pull: Pick<Pull, 'changes'>;
  readonly facts: FactKeeper;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Whether asking makes sense now: somebody is signed in, and there is a network. */
  readonly canAsk: () => boolean;
  readonly signal: AbortSignal;
}

/**
 * Follows what happens at the board: by its pushes where it has them, else by asking. A board that cannot be read is only
 * asked whether it is there and lets the user in: once, and again for as long as it is not.
 */
export interface Follow {
  /** Starts, or starts anew with fresh connections: after signing in, a network change, or the machine's sleep. */
  start(): void;
  /** Lets go of the board until started again. */
  stop(): void;
  setActivity(activity: Activity): void;
  /** Asks now. */
  refresh(): Promise<void>;
}

/** Opening the window asks at once unless the last answer is younger than this, in ms. */
const RECENT_MS = 10_000;

/** Creates the follower. */
export function createFollow(deps: FollowDeps): Follow {
  const { connector, clock } = deps;
  const canRead = connector.capabilities.read;
  let activity: Activity = 'background';
  let running = false;
  let pushing = false;
  let failures = 0;
  let lastAskedAt = 0;
  let notBefore = 0;
  let cancelTimer = (): void => undefined;
  let unsubscribe = (): void => undefined;

  function arm(): void {
    cancelTimer();
    const isWaiting = running && deps.canAsk() && (canRead || failures > 0);
    const delay = isWaiting ? pollDelay({ activity, pushing, failures }, deps.random) : null;
    if (delay === null) return;
    cancelTimer = clock.after(Math.max(delay, notBefore - clock.now().getTime()), () => void ask());
  }

  async function ask(): Promise<void> {
    if (!running || !deps.canAsk()) return;
    cancelTimer();
    lastAskedAt = clock.now().getTime();
    book(canRead ? await deps.pull.changes() : await connector.whoAmI({ signal: deps.signal }));
    arm();
    if (failures === 0 && running) await deps.facts.refresh();
  }

  function book(result: Result<unknown, DeskFault>): void {
    failures = result.ok ? 0 : failures + 1;
    notBefore = !result.ok && result.fault.kind === 'throttled' ? Date.parse(result.fault.until) : 0;
  }

  function onPush(push: BoardPush): void {
    switch (push.kind) {
      case 'open':
        pushing = true;
        break;
      case 'closed':
        pushing = false;
        break;
      case 'announcements':
      case 'agreement':
        deps.facts.outdate(push.kind);
        run(deps.facts.refresh());
        return;
      case 'ticket':
      case 'reset':
        break;
      default:
        assertNever(push);
    }
    if (push.kind === 'closed' && failures > 0) arm();
    else run(ask());
  }

  const run = (task: Promise<void>): void =>
    void task.catch((error: unknown) => deps.log.error('sync.followFailed', error));

  function stop(): void {
    running = false;
    pushing = false;
    cancelTimer();
    unsubscribe();
    unsubscribe = () => undefined;
  }

  return {
    start() {
      stop();
      running = true;
      failures = 0;
      notBefore = 0;
      if (connector.capabilities.push && activity !== 'asleep') unsubscribe = connector.subscribe(onPush);
      run(ask());
    },
    stop,
    setActivity(next) {
      if (next === activity) return;
      activity = next;
      const stale = clock.now().getTime() - lastAskedAt > RECENT_MS;
      if (next === 'window' && stale && !pushing && (canRead || failures > 0)) run(ask());
      else arm();
    },
    refresh: ask,
  };
}
