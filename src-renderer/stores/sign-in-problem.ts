import { useTranslation } from 'react-i18next';
import type { SignInProblem } from '@shared/domain/board';
import { connected, useApp } from './app-store';

/** What is called otherwise where the place is a mail server. */
const OF_MAIL = ['unreachable', 'certificate', 'notADesk', 'busy', 'wrongPassword', 'noRight'] as const;

/** What is wrong in plain words, and what to do about it. */
export interface ProblemWords {
  readonly title: string;
  readonly text: string;
  /** The user has done it, and nothing is the matter. */
  readonly isHarmless: boolean;
}

/** Says what is in the way of finding a desk or signing in. `ofMail`: the place is a mail server. */
export function useProblemWords(): (problem: SignInProblem, place: string, ofMail: boolean) => ProblemWords {
  const { t } = useTranslation('connect');
  const person = connected(useApp())?.person.name ?? '';
  return (problem, place, ofMail) => {
    const isHarmless = problem === 'cancelled' || problem === 'expired';
    const mail = ofMail ? OF_MAIL.find((one) => one === problem) : undefined;
    return mail === undefined
      ? {
          isHarmless,
          title: t(`problem.${problem}.title`, { place }),
          text: t(`problem.${problem}.text`, { person }),
        }
      : { isHarmless, title: t(`mailProblem.${mail}.title`, { place }), text: t(`mailProblem.${mail}.text`) };
  };
}
