import type { Credential } from '@shared/domain/credential';
import type { Secrets } from '../platform/secrets';
import type { Log } from '../platform/types';
import type { Account } from './accounts';
import { createKeptSession, type KeptSession } from './kept-session';
import type { Session } from './session';

/** The sessions of all accounts of this machine: one object for each, whoever asks. */
export interface Sessions {
  of(account: Pick<Account, 'id' | 'signIn'>): Session;
  /** The user has proved who they are: the account's session goes on with it. */
  begin(account: Pick<Account, 'id' | 'signIn'>, credential: Credential): Promise<void>;
}

/** What the sessions need. */
export interface SessionsDeps {
  readonly secrets: Secrets;
  readonly log: Log;
}

/** Makes the sessions; the keyring is asked when a credential is first wanted. */
export function createSessions({ secrets, log }: SessionsDeps): Sessions {
  const sessions = new Map<string, KeptSession>();
  const of = (account: Pick<Account, 'id'>): KeptSession => {
    const session = sessions.get(account.id) ?? createKeptSession({ name: account.id, secrets, log });
    sessions.set(account.id, session);
    return session;
  };
  return { of, begin: (account, credential) => of(account).begin(credential) };
}
