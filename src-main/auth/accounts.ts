import * as z from 'zod';
import { BoardTargetSchema, SignInWaySchema } from '@shared/domain/board';
import type { JsonFile } from '../platform/json-file';

/** Somebody's account at a service desk, as far as it may be stored in clear: no secret is in it. */
export const AccountSchema = z.object({
  /** Names the account's folder, so that data of two accounts never mixes. */
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  /** The board: its kind, where it is, and how it is spoken to. */
  target: BoardTargetSchema,
  /** How one signs in again when the session has ended. */
  signIn: SignInWaySchema,
  /** The name one signs in with, where the board asks for one. */
  login: z.string().max(300).default(''),
  deskName: z.string().min(1).max(200),
  person: z.object({ name: z.string(), email: z.string(), phone: z.string() }),
});
/** Somebody's account at a service desk. */
export type Account = z.infer<typeof AccountSchema>;

/** Which account Deskbell is connected with. */
export interface AccountStore {
  current(): Account | null;
  /** Resolves when it is on disk. @throws StorageError */
  setCurrent(account: Account | null): Promise<void>;
}

/** Reads which account is connected; what is damaged counts as none, and the account's folder stays. */
export function createAccountStore(file: JsonFile): AccountStore {
  let current = readAccount(file.readNow());
  return {
    current: () => current,
    async setCurrent(account) {
      current = account;
      await file.write({ current: account });
    },
  };
}

function readAccount(content: unknown): Account | null {
  const stored = z.object({ current: AccountSchema.nullable() }).safeParse(content);
  return stored.success ? stored.data.current : null;
}
