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
/** What each feature adds. */
export type Weights = Readonly<Record<Feature, number>>;

const ROUNDS = 2000;
const RATE = 1;
/** How often "several" shall be right on training texts the model did not learn from; they are harder than most. */
const PRECISION = 0.9;
/** In a text that has several problems for sure, a further cut needs less. */
const CUT_BELOW = 0.2;
/** Keeps weights small: with few texts, no single feature may decide alone. */
const RIDGE = 0.001;
/** Features that may only speak for a cut, or only against one, so that chance in the texts does not turn them round. */
const FOR: readonly Feature[] = [
  'otherThing', 'otherThingContent', 'aside', 'asideNewTopic', 'andNewTopic', 'andRequest', 'alsoNewTopic', 'secondNoun', 'announcedItem', 'announcedSecond', 'announcedMatch', 'announcedNewTopic', 'topicNewContent', 'topicNew',
  'lineNewTopic', 'paragraphNewTopic', 'itemDistinct', 'alsoRequest', 'topicNewFault', 'topicNewRequest', 'faultThenRequest', 'requestThenFault', 'afterClosing',
]; // prettier-ignore
const AGAINST: readonly Feature[] = [
  'alsoTried', 'alsoSameTopic', 'topicShared', 'tried', 'fine', 'environment', 'closing', 'steps', 'referenceStart', 'linkStart', 'links', 'familiar',
  'itemTried', 'itemAfterSteps', 'noContent', 'consequence', 'greeting', 'short', 'early', 'itemShort', 'circumstance', 'longText', 'together', 'fragments', 'label', 'announcedVague',
]; // prettier-ignore

/** Places of the texts; where cuts are marked. Each text weighs the same for each side. */
export function placesOf(samples: readonly Sample[]): Place[] {
  return samples.flatMap(({ text, lang, cuts = [] }, index) => {
    const boundaries = boundariesOf(text, lang);
    const begins = boundaries.map(({ unit }) =>
      cuts.some((cut) => cut <= unit.start && text.slice(cut, unit.start).trim() === ''),
    );
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
export function train(samples: readonly Sample[]): Weights {
  const places = placesOf([...samples, ...compose(samples), ...disturb(samples)]);
  const total = places.reduce((sum, { weight }) => sum + weight, 0);
  const rows = places.map(({ features }) => Float64Array.from(FEATURES, (name) => features[name]));
  const ridge = FEATURES.map((name) => (name === 'bias' ? 0 : RIDGE));
  const low = FEATURES.map((name) => (FOR.includes(name) ? 0 : -Infinity));
  const high = FEATURES.map((name) => (AGAINST.includes(name) ? 0 : Infinity));
  const weights = new Float64Array(FEATURES.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = new Float64Array(FEATURES.length);
    places.forEach(({ begins, weight }, at) => {
      const row = rows[at] as Float64Array;
      const slip = (sigmoid(dot(weights, row)) - (begins ? 1 : 0)) * weight;
      for (let i = 0; i < row.length; i += 1) gradient[i] = (gradient[i] ?? 0) + slip * (row[i] ?? 0);
    });
    weights.forEach((weight, i) => {
      const value = weight - RATE * ((gradient[i] ?? 0) / total + (ridge[i] ?? 0) * weight);
      weights[i] = Math.min(high[i] ?? 0, Math.max(low[i] ?? 0, value));
    });
  }
  return Object.fromEntries(FEATURES.map((name, i) => [name, round2(weights[i] ?? 0)])) as Weights;
}

/** How people go on to another problem, for texts composed of two. */
const JOINTS: Readonly<Record<Sample['lang'], readonly string[]>> = {
  en: ['\nAlso, ', '\n\nAnother thing: ', '\n\n', ' And ', '\nThe other problem: ', '\n'],
  de: ['\nAußerdem: ', '\n\nNoch etwas: ', '\n\n', ' Und ', '\nDas andere Problem: ', '\n'],
  fr: ['\nDe plus, ', '\n\nAutre chose : ', '\n\n', ' Et ', "\nL'autre souci : ", '\n'],
  es: ['\nAdemás, ', '\n\nOtra cosa: ', '\n\n', ' Y ', '\nEl otro problema: ', '\n'],
};

/**
 * Longer texts with two problems: each text with one, followed by another one of its language. People rarely write so
 * neatly, but it shows what a change of topic in a long text looks like.
 */
function compose(samples: readonly Sample[]): Sample[] {
  return Object.entries(JOINTS).flatMap(([lang, joints]) => {
    const ones = samples.filter((sample) => sample.label === 'one' && sample.lang === lang);
    return ones.flatMap((first, i): Sample[] => {
      const other = ones[(i * 7 + 5) % ones.length];
      const joint = joints[i % joints.length] ?? ' ';
      if (!other || other === first || [first, other].some(saysItIsOne)) return [];
      const lead = joint.length - joint.trimStart().length;
      const text = `${first.text}${joint}${other.text}`;
      return [{ ...first, label: 'several', n: 2, cuts: [first.text.length + lead], text }];
    });
  });
}

/** Two such texts after each other would teach that saying so means nothing. */
const saysItIsOne = ({ text, lang }: Sample): boolean =>
  boundariesOf(text, lang).some(({ features }) => features.together === 1);

/** Words that add something but need not add a problem. */
const WEAK: Readonly<Record<Sample['lang'], readonly string[]>> = {
  en: ['Also ', 'And '],
  de: ['Außerdem ', 'Und '],
  fr: ['De plus, ', 'Et '],
  es: ['Además, ', 'Y '],
};

/**
 * Texts with one problem written in another way: a line or paragraph for each sentence, or a weak word in front of
 * one. So neither a line break nor an "also" alone passes for another problem.
 */
function disturb(samples: readonly Sample[]): Sample[] {
  return samples
    .filter(({ label }) => label === 'one')
    .flatMap((sample, i): Sample[] => {
      const units = boundariesOf(sample.text, sample.lang).map(({ unit }) => unit);
      const breakAt = (gap: string, at: (n: number) => boolean): string =>
        units.reduceRight(
          (text, { start }, n) => (at(n) ? text.slice(0, start) + gap + text.slice(start) : text),
          sample.text,
        );
      const words = WEAK[sample.lang];
      return [
        breakAt(i % 3 === 0 ? '\n\n' : '\n', () => true),
        breakAt(words[i % words.length] ?? '', (n) => n === (i * 5) % (units.length || 1)),
        breakAt(`\n${words[(i + 1) % words.length] ?? ''}`, (n) => n === (i * 3 + 1) % (units.length || 1)),
      ].map((text) => ({ ...sample, text }));
    });
}

/** What was judged, by a model that never saw it. */
interface Judged {
  readonly id: string;
  readonly label: Sample['label'];
  readonly best: number;
}

/** The texts, each fifth judged by what the other four teach. */
function crossJudge(samples: readonly Sample[], folds = 5): Judged[] {
  return Array.from({ length: folds }, (_, fold) => {
    const weights = train(samples.filter((_sample, i) => i % folds !== fold));
    return samples
      .filter((_sample, i) => i % folds === fold)
      .map(({ id, label, text, lang }) => ({ id, label, best: bestScore(text, lang, weights) }));
  }).flat();
}

/** Precision and recall of "several" from a threshold on. */
function ratesAt(judged: readonly Judged[], threshold: number): { precision: number; recall: number } {
  const found = judged.filter(({ best }) => best >= threshold);
  const hits = found.filter(({ label }) => label === 'several').length;
  const all = judged.filter(({ label }) => label === 'several').length;
  return { precision: hits / (found.length || 1), recall: hits / (all || 1) };
}

/** The lowest threshold from which on "several" is right often enough: a needless question costs more than a miss. */
function thresholdOf(judged: readonly Judged[]): number {
  const steps = Array.from({ length: 121 }, (_, i) => 3 - i * 0.05);
  const wrong = steps.findIndex((at) => at < 1 && ratesAt(judged, at).precision < PRECISION);
  return round2(steps[wrong - 1] ?? 0);
}

/** The highest score of a text under other weights than the shipped ones. */
export function bestScore(text: string, lang: Sample['lang'], weights: Weights): number {
  return boundariesOf(text, lang).reduce(
    (most, { features }) =>
      Math.max(
        most,
        FEATURES.reduce((sum, name) => sum + weights[name] * features[name], 0),
      ),
    -Infinity,
  );
}

const sigmoid = (odds: number): number => 1 / (1 + Math.exp(-odds));
function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
const round2 = (value: number): number => Math.round(value * 100) / 100;

/** Learns from the training part of the corpus and writes src-shared/domain/problems/weights.ts. */
export function main(root: string): void {
  const samples = corpus(root).filter(({ split }) => split === 'train');
  const judged = crossJudge(samples);
  const threshold = thresholdOf(judged);
  const weights = train(samples);
  const lines = FEATURES.filter((name) => weights[name] !== 0).map((name) => `  ${name}: ${weights[name]},`);
  writeFileSync(
    path.join(root, 'src-shared/domain/problems/weights.ts'),
    `import type { Feature } from './features';

/** What each feature adds to the log odds of a new problem. Learned by test/bench/problems/train.ts; do not edit by hand. */
export const WEIGHTS: Readonly<Partial<Record<Feature, number>>> = {
${lines.join('\n')}
};
/** From this score on a unit begins a problem of its own, if the text has several. */
export const CUT = ${round2(threshold - CUT_BELOW)};
/** From this highest score on a text has several problems. */
export const SEVERAL = ${threshold};
`,
  );
  console.log(
    `learned from ${samples.length} texts; cross-checked on themselves:`,
    ratesAt(judged, threshold),
  );
}
