import { ok } from '@shared/domain/result';
import type { Handlers } from './guard';
import type { LoadServices } from './services.types';

/** Calls about what the user has chosen. */
export const settingsHandlers = (
  services: LoadServices,
): Pick<Handlers, 'settings.get' | 'settings.set'> => ({
  'settings.get': async () => ok((await services()).settings.get()),
  'settings.set': async ({ settings: wanted }) => {
    const { settings } = await services();
    await settings.set(wanted);
    return ok(settings.get());
  },
});
