import type { Credential } from '@shared/domain/credential';

/** What a credential is to RT. */
export interface RtIdentity {
  /** The header `Authorization` to try, in this order: RT reads letters beyond ASCII in one of two ways. */
  readonly headers: readonly [string, string];
  /** The name of the user, or the id: both stand for the user wherever RT takes one. */
  readonly user: string;
}

/** A token of RT: its own id, the user's id and a secret. */
const TOKEN = /^\d+-(\d+)-[0-9a-f]{16,}$/i;

/** How to sign in with a credential; `null`: RT takes no such one. */
export function identityOf(credential: Credential | null): RtIdentity | null {
  switch (credential?.kind) {
    case 'token': {
      const user = TOKEN.exec(credential.token)?.[1];
      const header = `token ${credential.token}`;
      return user === undefined ? null : { headers: [header, header], user };
    }
    case 'password': {
      const pair = `${credential.name}:${credential.password}`;
      // RT takes the bytes for letters one by one: right for Latin-1. A fixed one reads UTF-8 (RFC 7617, section 2.1).
      const isLatin = [...pair].every((letter) => letter <= '\u00ff');
      const utf8 = basic(Buffer.from(pair, 'utf8'));
      return {
        headers: [isLatin ? basic(Buffer.from(pair, 'latin1')) : utf8, utf8],
        user: credential.name,
      };
    }
    case 'bearer':
    case 'nothing':
    case undefined:
      return null;
  }
}

const basic = (bytes: Buffer): string => `Basic ${bytes.toString('base64')}`;
