import { useTranslation } from 'react-i18next';
import type { SignInProblem } from '@shared/domain/board';
import { connected, useApp } from '../../stores/app-store';
import { Notice } from '../../ui/Notice';

/** What is in the way, and where. */
export interface ShownProblem {
  readonly problem: SignInProblem;
  readonly place: string;
}

/** What is wrong in plain words, and what to do about it. */
export function ProblemNotice({ problem, place }: ShownProblem) {
  const { t } = useTranslation('connect');
  const person = connected(useApp())?.person.name ?? '';
  const isHarmless = problem === 'cancelled' || problem === 'expired';
  return (
    <Notice
      tone={isHarmless ? 'info' : 'warning'}
      live={isHarmless ? 'polite' : 'assertive'}
      title={t(`problem.${problem}.title`, { place })}
    >
      {t(`problem.${problem}.text`, { person })}
    </Notice>
  );
}
