import type { CallFault } from '@shared/contract';
import type { Feature } from '@shared/domain/policy-keys';
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

/** Runs a call that an organisation can switch off; where it has, the fault is `refused`. */
export async function ifAllowed<Value>(
  services: LoadServices,
  feature: Feature,
  run: () => Promise<Result<Value, CallFault>>,
): Promise<Result<Value, CallFault>> {
  return (await services()).managed.allows(feature) ? run() : err({ kind: 'refused' });
}
