import type { PracticeChange } from '@shared/contract';
import { err, ok } from '@shared/domain/result';
import { onAccount } from './account-call';
import type { Handlers } from './guard';
import type { LoadServices } from './services.types';

/** Calls about emergencies, and about the cases that the practice desk can show. */
export const emergencyHandlers = (
  services: LoadServices,
): Pick<Handlers, 'emergency.end' | 'practice.change'> => ({
  'emergency.end': ({ ref, because }) =>
    onAccount(services, async ({ emergencies }) => {
      await emergencies.end(ref, because);
      return ok(undefined);
    }),
  'practice.change': (change: PracticeChange) =>
    onAccount(services, async ({ practice }) => {
      if (practice === null) return err({ kind: 'notFound' });
      await practice.change(change);
      return ok(undefined);
    }),
});
