import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { FEATURES, type Feature, type Features } from '../../../src-shared/domain/problems/features';
import { boundariesOf } from '../../../src-shared/domain/problems/find';
import { corpus, type Sample } from './corpus';

/** One place in a training text: its features, and whether another problem begins there. */
interface Place {
  readonly features: Features;
  readonly begins: boolean;
  readonly text: number;
  readonly weight: number;
}
/** A learned model. */
export interface Model {
  readonly weights: Readonly<Record<Feature, number>>;
  readonly cut: number;
  readonly several: number;
}

const ROUNDS = 3000;
const RATE = 0.5;
/** Keeps weights small: with few texts, no single feature may decide alone. */
const RIDGE = 0.004;
/** Features that may only speak for a cut, or only against one, so that chance in the texts does not turn them round. */
const FOR: readonly Feature[] = [
  'otherThing', 'otherThingContent', 'alsoNewTopic', 'secondNoun', 'announcedItem', 'announcedSecond', 'topicNewContent', 'topicNew',
  'lineNewTopic', 'paragraphNewTopic', 'itemDistinct', 'alsoRequest', 'topicNewFault', 'topicNewRequest', 'faultThenRequest', 'requestThenFault', 'afterClosing',
]; // prettier-ignore
const AGAINST: readonly Feature[] = [
  'alsoTried', 'alsoSameTopic', 'topicShared', 'tried', 'fine', 'environment', 'closing', 'steps', 'referenceStart', 'linkStart', 'links', 'familiar',
  'itemTried', 'itemAfterSteps', 'noContent', 'consequence', 'greeting', 'short', 'early', 'itemShort', 'circumstance',
]; // prettier-ignore

/** Places of the texts; where cuts are marked. Each text weighs the same for each side. */
export function placesOf(samples: readonly Sample[]): Place[] {
  return samples.flatMap(({ text, lang, cuts = [] }, index) => {
    const boundaries = boundariesOf(text, lang);
    const begins = boundaries.map(({ unit }) => cuts.some((cut) => cut <= unit.start && text.slice(cut, unit.start).trim() === ''));
    const others = begins.filter((begin) => !begin).length;
    return boundaries.map(({ features }, i) => ({
      features,
      begins: begins[i] ?? false,
      text: index,
      weight: begins[i] ? 1 : Math.min(1, 2.5 / others),
    }));
  });
}

/** Logistic regression by gradient descent, with the signs of some weights given. */
export function train(samples: readonly Sample[]): Model {
  const places = placesOf(samples);
  const total = places.reduce((sum, { weight }) => sum + weight, 0);
  const weights = FEATURES.map(() => 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = weights.map(() => 0);
    for (const place of places) {
      const slip = (1 / (1 + Math.exp(-score(weights, place.features))) - (place.begins ? 1 : 0)) * place.weight;
      FEATURES.forEach((name, i) => {
        gradient[i] = (gradient[i] ?? 0) + slip * place.features[name];
      });
    }
    FEATURES.forEach((name, i) => {
      const ridge = name === 'bias' ? 0 : RIDGE * (weights[i] ?? 0);
      const value = (weights[i] ?? 0) - RATE * ((gradient[i] ?? 0) / total + ridge);
      weights[i] = FOR.includes(name) ? Math.max(0, value) : AGAINST.includes(name) ? Math.min(0, value) : value;
    });
  }
  const record = Object.fromEntries(FEATURES.map((name, i) => [name, round2(weights[i] ?? 0)])) as Record<Feature, number>;
  const several = thresholdOf(samples, record);
  return { weights: record, several, cut: several };
}

/** The threshold with the best F-score that counts precision twice. */
function thresholdOf(samples: readonly Sample[], weights: Readonly<Record<Feature, number>>): number {
  const judged = samples.map(({ text, lang, label }) => ({ label, best: bestScore(text, lang, weights) }));
  const beta2 = 0.25;
  let best = { value: -1, at: 0 };
  for (let at = -3; at <= 3; at += 0.05) {
    const hits = judged.filter((s) => s.label === 'several' && s.best >= at).length;
    const wrong = judged.filter((s) => s.label === 'one' && s.best >= at).length;
    const missed = judged.filter((s) => s.label === 'several' && s.best < at).length;
    const value = ((1 + beta2) * hits) / ((1 + beta2) * hits + beta2 * missed + wrong);
    if (value >= best.value) best = { value, at };
  }
  return round2(best.at);
}

/** The highest score of a text under other weights than the shipped ones. */
export function bestScore(text: string, lang: Sample['lang'], weights: Readonly<Record<Feature, number>>): number {
  return boundariesOf(text, lang).reduce(
    (most, { features }) => Math.max(most, FEATURES.reduce((sum, name) => sum + weights[name] * features[name], 0)),
    -Infinity,
  );
}

const score = (weights: readonly number[], features: Features): number =>
  FEATURES.reduce((sum, name, i) => sum + (weights[i] ?? 0) * features[name], 0);
const round2 = (value: number): number => Math.round(value * 100) / 100;

/** Precision, recall and F1 when each fifth of the training texts is judged by what the others teach. */
export function crossCheck(samples: readonly Sample[], folds = 5): { precision: number; recall: number; f1: number; wrong: string[] } {
  const judged = Array.from({ length: folds }, (_, fold) => {
    const model = train(samples.filter((_sample, i) => i % folds !== fold));
    return samples
      .filter((_sample, i) => i % folds === fold)
      .map((s) => ({ ...s, found: bestScore(s.text, s.lang, model.weights) >= model.several }));
  }).flat();
  const hits = judged.filter((s) => s.found && s.label === 'several').length;
  const found = judged.filter((s) => s.found).length;
  const precision = hits / found;
  const recall = hits / judged.filter((s) => s.label === 'several').length;
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    wrong: judged.filter((s) => s.found !== (s.label === 'several')).map(({ id }) => id),
  };
}

/** Learns from the training part of the corpus and writes src-shared/domain/problems/weights.ts. */
export function main(root: string): void {
  const samples = corpus(root).filter(({ split }) => split === 'train');
  const check = crossCheck(samples);
  const model = train(samples);
  const lines = FEATURES.filter((name) => model.weights[name] !== 0).map((name) => `  ${name}: ${model.weights[name]},`);
  writeFileSync(
    path.join(root, 'src-shared/domain/problems/weights.ts'),
    `import type { Feature } from './features';

/** What each feature adds to the log odds of a new problem. Learned by test/bench/problems/train.ts; do not edit by hand. */
export const WEIGHTS: Readonly<Partial<Record<Feature, number>>> = {
${lines.join('\n')}
};
/** From this score on a unit begins a problem of its own, if the text has several. */
export const CUT = ${model.cut};
/** From this highest score on a text has several problems. */
export const SEVERAL = ${model.several};
`,
  );
  console.log(`learned from ${samples.length} texts; cross-checked on themselves:`, check);
}
