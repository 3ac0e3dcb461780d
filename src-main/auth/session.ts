import type { Credential } from '@shared/domain/credential';
import type { DeskFault } from '@shared/domain/fault';
import type { Result } from '@shared/domain/result';
import type { Secrets } from '../platform/secrets';
import type { Log } from '../platform/types';

/** Where a board lets somebody in; resolves with the token of a new session. */
export type SignIn = () => Promise<Result<string, DeskFault>>;

/** What a session needs. */
export interface SessionDeps {
  /** Under which name the token is kept. */
  readonly name: string;
  readonly secrets: Secrets;
  readonly signIn: SignIn;
  readonly log: Log;
}

/** The session of an account at its board. */
export interface Session {
  /**
   * What is good now, as far as known; `null`: the user has to sign in. Rejects when it cannot be found out at the moment
   * (no network to renew it): calls are then `offline`.
   */
  credential(): Promise<Credential | null>;
  /**
   * The board refused it: gets another without asking the user. Resolves to whether there is one; at once where it is not the
   * one that was `refused` any more. Rejects when it cannot be found out at the moment.
   */
  renew(refused?: Credential): Promise<boolean>;
  /** Ends it, at the provider too where that is possible, and forgets everything secret. */
  end(): Promise<void>;
}

/**
 * Handed out while the board cannot be reached to sign in: the request then fails as `offline`, which is what it is,
 * and not as signed out. A board that does answer refuses it, and `renew` follows.
 */
const NO_TOKEN_YET = 'not-signed-in-yet';

/** Makes a session that signs in by itself when it must, for boards that need no user for it (a practice desk); nothing is asked of the keyring or the board before the first token is wanted. */
export function createSelfSession({ name, secrets, signIn, log }: SessionDeps): Session {
  let token: string | null = null;
  let asking: Promise<string | null> | null = null;

  const enter = async (): Promise<string | null> => {
    const answer = await signIn();
    if (!answer.ok) {
      log.info('session.signIn', { outcome: answer.fault.kind });
      return answer.fault.kind === 'rejected' || answer.fault.kind === 'authExpired' ? null : NO_TOKEN_YET;
    }
    token = answer.value;
    await secrets.keep(name, token).catch((error: unknown) => log.error('session.keep', error));
    return token;
  };
  /** Of several requests at once only one signs in. */
  const once = (ask: () => Promise<string | null>): Promise<string | null> => {
    asking ??= ask().finally(() => (asking = null));
    return asking;
  };

  return {
    async credential() {
      const known =
        token ??
        (await once(async () => {
          token = await secrets.read(name);
          return token ?? enter();
        }));
      return known === null ? null : { kind: 'bearer', token: known };
    },
    async renew() {
      token = null;
      const fresh = await once(enter);
      return fresh !== null && fresh !== NO_TOKEN_YET;
    },
    async end() {
      token = null;
      await secrets.forget(name);
    },
  };
}
