import type { CallFault } from '@shared/contract';
import { err, type Result } from '@shared/domain/result';
import type { AccountServices, LoadServices } from './services.types';

/** Runs a call on the connected account; without one the fault is `notConnected`. */
export async function onAccount<Value>(
  services: LoadServices,
  run: (account: AccountServices) => Promise<Result<Value, CallFault>> | Result<Value, CallFault>,
): Promise<Result<Value, CallFault>> {
  const account = (await services()).connection.current();
  return account ? run(account) : err({ kind: 'notConnected' });
}
