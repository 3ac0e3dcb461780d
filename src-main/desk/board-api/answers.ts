import { ProblemSchema, type Problem } from '@shared/board-api';
import type { DeskFault } from '@shared/domain/fault';
import { GONE, jsonOf, type AnswerHead, type OwnWords } from '../http-faults';

/** What problem details (RFC 9457) say; the 4xx need them to be believed. */
export const ownWords: OwnWords = (answer, intent) => {
  const problem = problemOf(answer);
  if (!problem) return null;
  if (answer.status === 409 || answer.status === 412)
    return { kind: 'conflict', reason: conflictOf(problem) };
  // Reading what is not there is an answer; writing to it is a refusal that the user has to see.
  return answer.status === 404 && intent === 'read' ? GONE : rejection(problem);
};

/** A key that was used for other content is a duplicate too: sending it again can never work, and only the user can say what is meant. */
function conflictOf(problem: Problem): Extract<DeskFault, { kind: 'conflict' }>['reason'] {
  if (problem.conflict === 'closed') return 'closed';
  return problem.conflict === 'duplicate' || problem.conflict === 'keyReused' ? 'duplicate' : 'stale';
}

function rejection(problem: Problem): DeskFault {
  const fields = (problem.errors ?? []).slice(0, 50);
  return {
    kind: 'rejected',
    message: (problem.detail ?? problem.title ?? '').slice(0, 2000),
    fields: fields.map(({ pointer, detail }) => ({
      pointer: pointer.slice(0, 300),
      reason: detail.slice(0, 1000),
    })),
  };
}

/** The problem details of an answer (RFC 9457); `null` when it has none, so when the board did not say it. */
function problemOf(answer: AnswerHead): Problem | null {
  const parsed = ProblemSchema.safeParse(jsonOf(answer));
  return parsed.success ? parsed.data : null;
}
