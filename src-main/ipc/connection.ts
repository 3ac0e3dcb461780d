import type { CallFault } from '@shared/contract';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok } from '@shared/domain/result';
import { onAccount } from './account-call';
import type { Handlers } from './guard';
import type { LoadServices } from './services.types';

/** Calls that find a service desk, connect to it, look at it and leave it. */
export const connectionHandlers = (
  services: LoadServices,
): Pick<Handlers, Extract<keyof Handlers, `connection.${string}`>> => ({
  'connection.connectPractice': async () => (await services()).signIn.practice(),
  'connection.signOut': async () => (await services()).connection.signOut(),
  'connection.find': async ({ address }) => ok(await (await services()).signIn.find(address)),
  'connection.byMail': async (route) => ok(await (await services()).signIn.byMail(route)),
  'connection.signIn': async ({ offer, proof }) => ok(await (await services()).signIn.enter(offer, proof)),
  'connection.signInAgain': async ({ proof }) => ok(await (await services()).signIn.again(proof)),
  'connection.cancelSignIn': async () => {
    (await services()).signIn.cancel();
    return ok(undefined);
  },
  'connection.check': () =>
    onAccount(services, async ({ connector }) => {
      const checked = await connector.check();
      return checked.ok ? ok([...checked.value]) : err(callFaultOf(checked.fault));
    }),
});

function callFaultOf(fault: DeskFault): CallFault {
  if (fault.kind === 'authExpired') return { kind: 'desk', fault: 'signedOut' };
  return { kind: 'desk', fault: fault.kind === 'offline' ? 'offline' : 'failed' };
}
