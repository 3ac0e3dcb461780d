import { ok } from '@shared/domain/result';
import type { Screenshots } from '../device/screenshot/screenshots.types';
import type { Handlers } from './guard';

/** Gives what takes screenshots, loading it if need be. */
export type LoadScreenshots = () => Promise<Screenshots>;

/** Calls about pictures of the screen. What is allowed when is decided in device/screenshot. */
export const screenshotHandlers = (
  screenshots: LoadScreenshots,
): Pick<Handlers, 'screenshot.capture' | 'screenshot.collect'> => ({
  'screenshot.capture': async () => ok(await (await screenshots()).fromWindow()),
  'screenshot.collect': async () => ok((await screenshots()).collect()),
});
