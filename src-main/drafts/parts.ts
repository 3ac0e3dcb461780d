import type { SplitPart, TicketDraft } from '@shared/domain/draft';
import { goesAsEmergency } from '@shared/domain/emergency';

/**
 * The tickets that a draft with several problems becomes, in order, each under its part's id; `null`: it is not split.
 * What is the same for all of them is copied. A file that no part names goes with the first: nothing is left behind.
 */
export function partDrafts(draft: TicketDraft): readonly TicketDraft[] | null {
  const { split, dismissedNotices, ...whole } = draft;
  if (split === undefined) return null;
  const named = new Set(split.flatMap(({ files }) => files));
  const goesWith = (part: SplitPart, index: number, sha256: string): boolean =>
    part.files.includes(sha256) || (index === 0 && !named.has(sha256));
  return split.map((part, index) => {
    const { id, problem, impact, lostFunction, workaround, workaroundText } = part;
    const told = { problem, impact, lostFunction, workaround, workaroundText };
    // The user's own mark is for one of the problems, and people write of the worst first. Who is affected was said of the
    // whole: a later part is an emergency only by an answer of its own.
    const intake = { ...draft.intake, ...told, emergency: index === 0 && draft.intake.emergency };
    if (index === 0 || impact !== null) intake.emergency = goesAsEmergency({ intake, dismissedNotices });
    const files = draft.files.filter(({ sha256 }) => goesWith(part, index, sha256));
    return { ...whole, id, intake, files };
  });
}
