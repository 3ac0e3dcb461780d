import type { Handlers } from './guard';
import type { LoadServices } from './services.types';

/** Calls that connect to a service desk and leave it. */
export const connectionHandlers = (
  services: LoadServices,
): Pick<Handlers, 'connection.connectPractice' | 'connection.signOut'> => ({
  'connection.connectPractice': async () => (await services()).connection.connectPractice(),
  'connection.signOut': async () => (await services()).connection.signOut(),
});
