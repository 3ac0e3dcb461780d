import { ok } from '@shared/domain/result';
import type { Screenshots } from '../device/screenshot/screenshots.types';
import { ifAllowed } from './account-call';
import type { Handlers } from './guard';
import type { LoadServices } from './services.types';

/** Gives what takes screenshots, loading it if need be. */
export type LoadScreenshots = () => Promise<Screenshots>;

/** Calls about pictures of the screen. What is allowed when is decided in device/screenshot. */
export const screenshotHandlers = (
  services: LoadServices,
  screenshots: LoadScreenshots,
): Pick<Handlers, 'screenshot.capture' | 'screenshot.collect'> => ({
  'screenshot.capture': () =>
    ifAllowed(services, 'screenshots', async () => ok(await (await screenshots()).fromWindow())),
  'screenshot.collect': () =>
    ifAllowed(services, 'screenshots', async () => ok((await screenshots()).collect())),
});
