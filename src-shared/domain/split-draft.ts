import { MAX_PARTS, type IntakeDraft, type SplitPart, type TicketDraft } from './draft';
import { splitIntake } from './problems/split-intake';
import type { Ref } from './primitives';

type Splittable = Pick<TicketDraft, 'intake' | 'files'>;
/** What of a draft changes with its parts. */
export type SplitChange = { readonly intake: IntakeDraft; readonly split: SplitPart[] | undefined };

const BETWEEN = '\n\n';

/**
 * The tickets that a draft becomes, one for each text (DOMAIN: one problem per ticket). The files go with the first
 * until the user says otherwise. More texts than a draft can be split into stay together in the last.
 */
export function splitDraft(draft: Splittable, texts: readonly string[], newRef: () => Ref): SplitPart[] {
  const kept = texts.slice(0, MAX_PARTS - 1);
  const rest = texts.slice(MAX_PARTS - 1);
  const cut = rest.length === 0 ? kept : [...kept, rest.join(BETWEEN)];
  const intakes = splitIntake(
    { ...draft.intake },
    cut.map((text) => ({ text })),
  );
  return intakes.map(({ problem, impact, lostFunction, workaround, workaroundText }, index) => ({
    id: newRef(),
    problem,
    impact,
    lostFunction,
    workaround,
    workaroundText,
    files: index === 0 ? draft.files.map(({ sha256 }) => sha256) : [],
  }));
}

/** Puts a part to the one before it: the texts join, the first one's answers win, and no file is lost. */
export function joinWithPrevious(draft: TicketDraft, index: number): SplitChange {
  const split = draft.split ?? [];
  const [first, second] = [split[index - 1], split[index]];
  if (first === undefined || second === undefined) return { intake: draft.intake, split: draft.split };
  const joined: SplitPart = {
    ...first,
    problem: joinTexts([first.problem, second.problem]),
    impact: first.impact ?? second.impact,
    lostFunction: first.lostFunction || second.lostFunction,
    workaround: first.workaround ?? second.workaround,
    workaroundText: first.workaroundText || second.workaroundText,
    files: [...new Set([...first.files, ...second.files])],
  };
  return withParts(draft, [...split.slice(0, index - 1), joined, ...split.slice(index + 1)]);
}

/** Takes a part away with its text; its files go to the first that is left. */
export function removePart(draft: TicketDraft, index: number): SplitChange {
  const split = draft.split ?? [];
  const gone = split[index];
  const left = split.filter((_, one) => one !== index);
  const [first, ...more] = left;
  if (gone === undefined || first === undefined) return { intake: draft.intake, split: draft.split };
  const named = new Set(left.flatMap(({ files }) => files));
  const orphans = gone.files.filter((file) => !named.has(file));
  return withParts(draft, [{ ...first, files: [...first.files, ...orphans] }, ...more]);
}

/** Makes one ticket of all parts again, with everything that was written in them. */
export function joinAll(draft: TicketDraft): SplitChange {
  const [first] = draft.split ?? [];
  if (first === undefined) return { intake: draft.intake, split: undefined };
  return withParts(draft, [
    { ...first, problem: joinTexts((draft.split ?? []).map(({ problem }) => problem)) },
  ]);
}

/** One part is no split any more: it becomes the draft itself. */
function withParts(draft: TicketDraft, parts: SplitPart[]): SplitChange {
  const [first, ...more] = parts;
  if (first === undefined || more.length > 0) return { intake: draft.intake, split: parts };
  const { problem, impact, lostFunction, workaround, workaroundText } = first;
  const intake = { ...draft.intake, problem, impact, lostFunction, workaround, workaroundText };
  return { intake, split: undefined };
}

const joinTexts = (texts: readonly string[]): string =>
  texts.filter((text) => text.trim() !== '').join(BETWEEN);
