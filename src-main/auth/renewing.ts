import { backoffDelay } from '../desk/backoff';
import type { Clock, Log, Random } from '../platform/types';
import type { Session } from './session';

/** How the account's board can be reached; what follows the board tells it. */
export interface BoardReach {
  state(): 'checking' | 'online' | 'offline' | 'signedOut';
  onChange(listener: () => void): () => void;
  /** The session is good again: goes on where its end stopped everything. */
  resume(): void;
}

/** What watching over a session needs. */
export interface RenewingDeps {
  readonly reach: BoardReach;
  readonly session: Pick<Session, 'renew'>;
  /** Only the user can go on. Called again and again while it is so. */
  readonly onOver: () => void;
  /** The board has let the user in. */
  readonly onGood: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/** A session that is over is looked at again after this, in case it is not any more. In milliseconds. */
const LOOK_AGAIN_MS = 15_000;
/** A board that refuses what was renewed is not asked again and again. In milliseconds. */
const REFUSED = { first: 15_000, longest: 15 * 60_000 };

/**
 * When the board says that the session is over, gets another where that needs no user (a refresh token, a practice desk), and
 * tells where it does. A session that only the user can renew stays over until they sign in. Returns what ends the watch.
 */
export function keepRenewing({
  reach,
  session,
  onOver,
  onGood,
  clock,
  random,
  log,
}: RenewingDeps): () => void {
  let cancel = (): void => undefined;
  let isEnded = false;
  /** How often in a row the board has refused what was renewed. */
  let refusals = 0;

  const later = (ms: number): void => {
    if (!isEnded) cancel = clock.after(ms, look);
  };

  async function renew(): Promise<void> {
    try {
      if (await session.renew()) return goOn();
      if (!isEnded) onOver();
    } catch (error) {
      log.error('session.renew', error);
    }
    later(LOOK_AGAIN_MS);
  }

  function goOn(): void {
    refusals += 1;
    if (!isEnded) reach.resume();
  }

  function look(): void {
    cancel();
    if (reach.state() === 'signedOut') void renew();
  }

  const unlisten = reach.onChange(() => {
    cancel();
    if (reach.state() === 'online') {
      refusals = 0;
      onGood();
    }
    if (reach.state() !== 'signedOut') return;
    if (refusals === 0) return look();
    onOver();
    later(backoffDelay(REFUSED, refusals, random));
  });

  return () => {
    isEnded = true;
    unlisten();
    cancel();
  };
}
