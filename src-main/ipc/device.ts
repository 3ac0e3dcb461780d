import { ok } from '@shared/domain/result';
import { ifAllowed, onAccount } from './account-call';
import type { Handlers } from './guard';
import type { LoadServices } from './services.types';

type DeviceCalls = Extract<keyof Handlers, `device.${string}` | `restart.${string}`>;

/** Calls about this computer: what it is, and restarting it. */
export const deviceHandlers = (services: LoadServices): Pick<Handlers, DeviceCalls> => ({
  'device.collect': () =>
    ifAllowed(services, 'deviceFacts', () =>
      onAccount(services, async ({ device }) => ok(await device.collect())),
    ),
  'restart.begin': (request) => onAccount(services, ({ restarts }) => restarts.begin(request)),
  'restart.answer': ({ answer }) => onAccount(services, ({ restarts }) => restarts.answer(answer)),
});
