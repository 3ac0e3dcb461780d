import { CredentialSchema, type Credential } from '@shared/domain/credential';
import type { Secrets } from '../platform/secrets';
import type { Log } from '../platform/types';
import type { Session } from './session';

/** What the session needs. */
export interface KeptSessionDeps {
  /** Under which name the credential is kept: the account's id. */
  readonly name: string;
  readonly secrets: Secrets;
  readonly log: Log;
}

/** A session with what the user gave once: name and password, or a token. Only the user can renew it. */
export interface KeptSession extends Session {
  /** The user has proved who they are, once more. Resolves when it is kept as well as this machine can. */
  begin(credential: Credential): Promise<void>;
}

/** Makes the session of an account; the keyring is asked when the first credential is wanted. */
export function createKeptSession({ name, secrets, log }: KeptSessionDeps): KeptSession {
  let known: Credential | null = null;
  return {
    async credential() {
      known ??= parse(await secrets.read(name));
      return known;
    },
    renew: async () => false,
    async begin(credential) {
      known = credential;
      await secrets
        .keep(name, JSON.stringify(credential))
        .catch((error: unknown) => log.error('session.keep', error));
    },
    async end() {
      known = null;
      await secrets.forget(name);
    },
  };
}

function parse(text: string | null): Credential | null {
  if (text === null) return null;
  try {
    const stored = CredentialSchema.safeParse(JSON.parse(text));
    return stored.success ? stored.data : null;
  } catch {
    return null;
  }
}
