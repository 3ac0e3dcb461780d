import path from 'node:path';
import type { Account } from '../auth/accounts';
import { createKeptSession } from '../auth/kept-session';
import { loadBoardType } from '../desk/boards';
import { createAway } from '../fallback/away';
import { createChosen } from '../fallback/chosen';
import { createFallback, type Fallback } from '../fallback/fallback';
import { createJsonFile } from '../platform/json-file';
import { boardTools } from './board';
import type { Shared } from './services.types';

/** Opens e-mail as the way around the account's board; `null` where the board itself is a mailbox. */
export function openFallback(account: Account, folder: string, shared: Shared): Fallback | null {
  if (account.target.kind === 'email') return null;
  const { core, managed, network, secrets } = shared;
  const { clock, log } = core;
  return createFallback({
    chosen: createChosen({
      file: createJsonFile(path.join(folder, 'fallback.json')),
      managedRoute: () => managed.policy().fallbackMail ?? null,
      person: account.person,
    }),
    onManaged: managed.onChange,
    away: createAway(createJsonFile(path.join(folder, 'away.json')), clock, log),
    session: createKeptSession({ name: `fallback-${account.id}`, secrets, log }),
    loadEmail: () => loadBoardType('email'),
    tools: boardTools(core),
    network,
    clock,
    log,
  });
}
