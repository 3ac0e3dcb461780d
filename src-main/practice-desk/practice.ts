import type { PracticeChange } from '@shared/contract';
import { practiceHours } from '@shared/domain/practice-hours';
import type { PracticeDesk } from './practice-desk';
import type { DeskClock } from './types';

/** The cases of an agreement that a tester can switch on the embedded practice desk, at any pace. */
export interface Practice {
  change(change: PracticeChange): Promise<void>;
}

/** The switches of a desk; `holidayName` is what a holiday that the tester asks for is called. */
export function createPractice(
  desk: Pick<PracticeDesk, 'agreement' | 'changeAgreement' | 'setOutage'>,
  clock: DeskClock,
  holidayName: string,
): Practice {
  return {
    async change({ hours, standing, afterHours, kind, outage }) {
      if (outage !== undefined) await desk.setOutage(outage);
      const parts = [hours, standing, afterHours, kind];
      if (parts.every((part) => part === undefined)) return;
      const before = desk.agreement();
      await desk.changeAgreement({
        ...(standing === undefined ? {} : { standing }),
        ...(afterHours === undefined ? {} : { afterHours }),
        ...(kind === undefined ? {} : { kind }),
        ...(hours === undefined
          ? {}
          : { hours: practiceHours(before.hours, hours, clock.now(), holidayName) }),
      });
    },
  };
}
