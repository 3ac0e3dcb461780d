import type { Credential } from '@shared/domain/credential';
import type { Secrets } from '../platform/secrets';
import type { Account } from './accounts';
import { createKeptSession, type KeptSession } from './kept-session';
import { createOidcSession, type OidcSession } from './oidc/oidc-session';
import type { ProviderTools } from './oidc/provider-fetch';
import type { Tokens } from './oidc/tokens';
import type { Session } from './session';

/** What a session begins with: what the user gave, or what their identity provider gave for them. */
export type Proven =
  | { readonly kind: 'credential'; readonly credential: Credential }
  | { readonly kind: 'tokens'; readonly tokens: Tokens };

/** As much of an account as its session is made of. */
export type SessionOwner = Pick<Account, 'id' | 'signIn'>;

/** The sessions of all accounts of this machine: one object for each, whoever asks. */
export interface Sessions {
  of(account: SessionOwner): Session;
  /** The user has proved who they are: the account's session goes on with it. */
  begin(account: SessionOwner, proven: Proven): Promise<void>;
  /** Another account takes this one's place: ends its session without a word to the user. */
  drop(account: SessionOwner): Promise<void>;
}

/** What the sessions need. */
export interface SessionsDeps {
  readonly secrets: Secrets;
  readonly tools: ProviderTools;
  /** Opens a page of an identity provider in the system's browser; resolves to whether there is one. */
  readonly openPage: (url: string) => Promise<boolean>;
}

type Kept = { readonly kind: 'kept'; readonly session: KeptSession };
type Oidc = { readonly kind: 'oidc'; readonly session: OidcSession };

/** Makes the sessions; the keyring is asked when a credential is first wanted. */
export function createSessions({ secrets, tools, openPage }: SessionsDeps): Sessions {
  const sessions = new Map<string, Kept | Oidc>();

  const make = ({ id: name, signIn: way }: SessionOwner): Kept | Oidc =>
    way.kind === 'browser'
      ? { kind: 'oidc', session: createOidcSession({ name, way, secrets, tools, openPage }) }
      : { kind: 'kept', session: createKeptSession({ name, secrets, log: tools.log }) };

  const find = (account: SessionOwner): Kept | Oidc => {
    // A board may have changed how it lets people in.
    const key = JSON.stringify([account.id, account.signIn]);
    const session = sessions.get(key) ?? make(account);
    sessions.set(key, session);
    return session;
  };

  return {
    of: (account) => find(account).session,
    async begin(account, proven) {
      const { kind, session } = find(account);
      if (kind === 'oidc' && proven.kind === 'tokens') return session.begin(proven.tokens);
      if (kind === 'kept' && proven.kind === 'credential') return session.begin(proven.credential);
      throw new TypeError('The proof does not fit the way in.');
    },
    async drop(account) {
      const { kind, session } = find(account);
      await (kind === 'oidc' ? session.drop() : session.end());
    },
  };
}
