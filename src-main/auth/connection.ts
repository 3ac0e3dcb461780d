import type { CallFault } from '@shared/contract';
import { err, ok, type Result } from '@shared/domain/result';
import type { Log } from '../platform/types';
import type { Account, AccountStore } from './accounts';

/** An account at work: its stores are loaded and its board is followed. */
export interface OpenAccount {
  readonly account: Account;
  /** The session is good again, or may be: goes on where its end stopped everything. */
  resume(): Promise<void>;
  /** Ends the session at the board; what is on disk stays. */
  signOut(): Promise<void>;
  /** Stores everything and lets go of everything. */
  close(): Promise<void>;
}

/** What the connection needs. `Opened` is what opening an account gives. */
export interface ConnectionDeps<Opened extends OpenAccount> {
  readonly accounts: AccountStore;
  readonly open: (account: Account) => Promise<Opened>;
  readonly log: Log;
}

/** Connects to a service desk and leaves it; one account at a time, one step after the other. */
export interface ConnectionKeeper<Opened extends OpenAccount> {
  current(): Opened | null;
  /** Goes on with the account of the last time, if there is one. */
  restore(): Promise<void>;
  /** Works with an account from now on; another one is left first, and everything of it stays on disk. */
  connect(account: Account): Promise<Result<undefined, CallFault>>;
  /** Leaves the desk. Drafts and what waits to be sent stay on disk for the next time. */
  signOut(): Promise<Result<undefined, CallFault>>;
  /** Called after an account was opened or closed. */
  onChange(listener: (opened: Opened | null) => void): () => void;
  close(): Promise<void>;
}

/** Whether everything about two accounts agrees: the same person at a board that is spoken to in the same way. */
const isSame = (one: Account, other: Account): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Makes the keeper; nothing is opened yet. */
export function createConnection<Opened extends OpenAccount>(
  deps: ConnectionDeps<Opened>,
): ConnectionKeeper<Opened> {
  const { accounts, log } = deps;
  let opened: Opened | null = null;
  let tail: Promise<unknown> = Promise.resolve();
  const listeners = new Set<(opened: Opened | null) => void>();

  const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
    const result = tail.then(step);
    tail = result.catch(() => undefined);
    return result;
  };
  const become = (next: Opened | null): void => {
    opened = next;
    listeners.forEach((listener) => listener(next));
  };
  const leave = async (): Promise<void> => {
    const leaving = opened;
    if (!leaving) return;
    become(null);
    await leaving.close();
  };

  return {
    current: () => opened,
    restore: () =>
      inTurn(async () => {
        const account = accounts.current();
        if (account && !opened) become(await deps.open(account));
      }),
    connect: (account) =>
      inTurn(async () => {
        if (opened && isSame(opened.account, account)) {
          await opened.resume();
          return ok(undefined);
        }
        await leave();
        try {
          const next = await deps.open(account);
          await accounts.setCurrent(next.account);
          become(next);
          return ok(undefined);
        } catch (error) {
          log.error('connection.open', error);
          return err<CallFault>({ kind: 'desk', fault: 'failed' });
        }
      }),
    signOut: () =>
      inTurn(async () => {
        const leaving = opened;
        await accounts.setCurrent(null);
        // The board is let go of first: ending the session is no news to anybody then, and may take a moment.
        await leave();
        await leaving?.signOut();
        return ok(undefined);
      }),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => inTurn(leave),
  };
}
