import { err, ok } from '@shared/domain/result';
import { ifAllowed, onAccount } from './account-call';
import type { Handlers } from './guard';
import type { LoadServices } from './services.types';

/** Calls about e-mail as the way around a board that is out of reach. */
export const fallbackHandlers = (
  services: LoadServices,
): Pick<Handlers, Extract<keyof Handlers, `fallback.${string}`>> => ({
  'fallback.get': () =>
    onAccount(services, async ({ fallback }) =>
      ok({
        isManaged: fallback?.isManaged() ?? false,
        isPossible: fallback !== null && (await services()).managed.allows('mailFallback'),
        fallback: fallback?.settings() ?? null,
        hasPassword: (await fallback?.hasPassword()) ?? false,
      }),
    ),
  'fallback.set': ({ fallback: wanted, password }) =>
    ifAllowed(services, 'mailFallback', () =>
      onAccount(services, async ({ fallback }) => {
        if (fallback === null) return err({ kind: 'refused' });
        if (wanted !== null) return ok(await fallback.set(wanted, password));
        await fallback.remove();
        return ok({ kind: 'kept' });
      }),
    ),
});
