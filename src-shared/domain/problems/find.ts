import { FEATURES, featuresOf, type Features } from './features';
import { languageOf } from './language';
import type { Language } from './lexicon/lexicon';
import { read } from './reading';
import { unitsOf, type Unit } from './units';
import { CUT, SEVERAL, WEIGHTS } from './weights';

/** A piece of the text with one problem. */
export interface ProblemPart {
  readonly text: string;
  /** Where the text stands in the whole, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** Whether a text tells of one problem or of several (DOMAIN: one problem per ticket; guide, chapter 5). */
export type ProblemsFound =
  | { readonly kind: 'one' }
  | {
      readonly kind: 'several';
      /** At least two, in the order of the text, together all of it but the white space between them. */
      readonly parts: readonly ProblemPart[];
      /** From 0.5 to 1: how sure the rules are that it is more than one. */
      readonly confidence: number;
    };

/** A place where another problem may begin. */
export interface Boundary {
  readonly unit: Unit;
  readonly features: Features;
  /** Log odds that another problem begins here. */
  readonly score: number;
}

/** The places where another problem may begin, with their scores, in the order of the text. */
export function boundariesOf(text: string, language?: Language): Boundary[] {
  const spoken = languageOf(text, language);
  const readings = unitsOf(text, spoken).map((unit) => read(unit, spoken));
  return featuresOf(readings).map((features, i) => ({
    unit: (readings[i + 1] as (typeof readings)[number]).unit,
    features,
    score: scoreOf(features),
  }));
}

/**
 * Whether a text tells of one problem or of several, and where to cut it. Rather says one: a needless question costs
 * more than a missed split. Never throws, whatever the text; the time grows with its length only. `language` is that
 * of the app, and used when the text does not show its own.
 */
export function findProblems(text: string, options: { readonly language?: Language } = {}): ProblemsFound {
  const boundaries = boundariesOf(text, options.language);
  const best = boundaries.reduce((most, { score }) => Math.max(most, score), -Infinity);
  if (best < SEVERAL) return { kind: 'one' };
  const cuts = boundaries.filter(({ score }) => score >= Math.min(CUT, best)).map(({ unit }) => unit.start);
  return { kind: 'several', parts: partsAt(text, cuts), confidence: confidenceOf(best) };
}

const scoreOf = (features: Features): number =>
  FEATURES.reduce((sum, name) => sum + (WEIGHTS[name] ?? 0) * features[name], 0);

/** Half at the threshold, rising with the distance from it. */
const confidenceOf = (best: number): number => 1 / (1 + Math.exp(SEVERAL - best));

function partsAt(text: string, cuts: readonly number[]): ProblemPart[] {
  const starts = [0, ...cuts];
  return starts.map((from, i) => {
    const raw = text.slice(from, starts[i + 1] ?? text.length);
    const body = raw.trim();
    const start = from + raw.indexOf(body);
    return { text: body, start, end: start + body.length };
  });
}
