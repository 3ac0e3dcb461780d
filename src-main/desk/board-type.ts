import type { BoardTarget, Sender, SignInWay } from '@shared/domain/board';
import type { Credential } from '@shared/domain/credential';
import type { DeskFault } from '@shared/domain/fault';
import type { Result } from '@shared/domain/result';
import type { Clock, Log, Random } from '../platform/types';
import type { BoardPerson, DeskConnector } from './connector';
import type { WaysTo } from './ways';

/** The session of an account, as a connector needs it. */
export interface BoardSession {
  /**
   * What is good now, as far as known; `null`: nobody is signed in. Rejects when it cannot be found out at the moment
   * (no network to renew it): the call is then `offline`.
   */
  credential(): Promise<Credential | null>;
  /**
   * The board refused it: gets another without asking the user, where the session can. Resolves to whether there is one;
   * rejects as `credential` does.
   */
  renew?(refused: Credential): Promise<boolean>;
}

/** What every kind of board works with. */
export interface BoardTools {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: Random;
  /** E.g. `Deskbell/0.1.0`. */
  readonly userAgent: string;
  /** Certificates trusted beside the system's own, PEM. */
  readonly ca?: readonly string[];
  /** How servers are reached: this computer may know proxies. Left out: straight. */
  readonly waysTo?: WaysTo;
  /** The language of what a connector words for people (e-mail), as a BCP 47 tag. Default: English. */
  readonly locale?: string;
}

/** A board that answers at an address. */
export interface FoundBoard<Target extends BoardTarget = BoardTarget> {
  readonly target: Target;
  /** How it calls itself. */
  readonly name: string;
  readonly signIn: SignInWay;
}

/**
 * A kind of board: how one is recognised, entered and worked with. One per folder of this place; `boards.ts` lists them, and
 * nothing else outside the folder knows its protocol.
 */
export interface BoardType<Target extends BoardTarget = BoardTarget> {
  readonly kind: Target['kind'];
  /** Looks whether such a board answers at a web address; `null`: something else does. Leaves nothing open. */
  find(
    address: URL,
    tools: BoardTools,
    signal?: AbortSignal,
  ): Promise<Result<FoundBoard<Target> | null, DeskFault>>;
  /** How one signs in to a board whose place is known already (policy, an account). May ask the board. */
  entrance(
    target: Target,
    tools: BoardTools,
    signal?: AbortSignal,
  ): Promise<Result<FoundBoard<Target>, DeskFault>>;
  /** Lets somebody in who only says who they are; left out where a board has no such way in. */
  admit?(
    target: Target,
    sender: Sender,
    tools: BoardTools,
    signal?: AbortSignal,
  ): Promise<Result<Credential, DeskFault>>;
  /**
   * What of all that the target names the board does not have, or hides from the signed-in user: by its names at the board.
   * Left out where a target names nothing.
   */
  lacking?(
    target: Target,
    session: BoardSession,
    tools: BoardTools,
  ): Promise<Result<readonly string[], DeskFault>>;
  /**
   * Makes the connector of an account. `person`: as known so far; a board that knows nobody takes its sender from it.
   * `lacking`: what the board does not have, so that its capabilities say so.
   */
  connect(
    target: Target,
    session: BoardSession,
    person: Omit<BoardPerson, 'id'>,
    tools: BoardTools,
    lacking?: readonly string[],
  ): DeskConnector;
}
