import { appHandlers, type AppCallDeps } from './app';
import { attachmentHandlers } from './attachments';
import { connectionHandlers } from './connection';
import { deviceHandlers } from './device';
import { draftHandlers } from './drafts';
import { emergencyHandlers } from './emergency';
import { fallbackHandlers } from './fallback';
import type { Handlers } from './guard';
import { outboxHandlers } from './outbox';
import { screenshotHandlers, type LoadScreenshots } from './screenshot';
import { settingsHandlers } from './settings';
import { ticketHandlers } from './tickets';
import { createWhenSeen } from './when-seen';

/** What all calls together need. */
export interface HandlerDeps extends AppCallDeps {
  readonly copyText: (text: string) => void;
  readonly screenshots: LoadScreenshots;
}

/** Every call of the contract, by area. They exist from the start; those that need services wait for them. */
export const createHandlers = (deps: HandlerDeps): Handlers => ({
  ...appHandlers(deps),
  ...attachmentHandlers(deps.services),
  ...connectionHandlers(deps.services),
  ...deviceHandlers(deps.services),
  ...draftHandlers(deps.services),
  ...emergencyHandlers(deps.services),
  ...fallbackHandlers(deps.services),
  ...outboxHandlers(deps.services, deps.copyText),
  ...screenshotHandlers(deps.services, deps.screenshots),
  ...settingsHandlers(deps.services),
  ...ticketHandlers(deps.services, createWhenSeen(deps.window)),
});
