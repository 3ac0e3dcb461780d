import type { SignInProblem } from '@shared/domain/board';
import { useProblemWords } from '../../stores/sign-in-problem';
import { Notice } from '../../ui/Notice';

/** What is in the way, and where. */
export interface ShownProblem {
  readonly problem: SignInProblem;
  readonly place: string;
}

/** What is wrong in plain words, and what to do about it. `ofMail`: the place is a mail server. */
export function ProblemNotice({
  problem,
  place,
  ofMail = false,
}: ShownProblem & { readonly ofMail?: boolean }) {
  const { isHarmless, title, text } = useProblemWords()(problem, place, ofMail);
  return (
    <Notice tone={isHarmless ? 'info' : 'warning'} live={isHarmless ? 'polite' : 'assertive'} title={title}>
      {text}
    </Notice>
  );
}
