import type { Topic } from './lexicon/lexicon';
import type { Reading } from './reading';

/** What speaks for or against a new problem beginning at a unit. Every feature is between 0 and 1. */
export const FEATURES = [
  'bias',
  'otherThing', 'otherThingContent', 'aside', 'asideNewTopic', 'andStart', 'andNewTopic', 'andRequest', 'alsoStart', 'alsoContent', 'alsoNewTopic', 'alsoSameTopic', 'alsoTried', 'alsoRequest', 'secondNoun', 'secondStart',
  'announced', 'announcedItem', 'announcedSecond', 'announcedVague', 'announcedMatch', 'announcedNewTopic',
  'item', 'itemDistinct', 'itemProblems', 'itemShort', 'itemTried', 'itemAfterSteps',
  'line', 'paragraph', 'lineNewTopic', 'paragraphNewTopic',
  'fault', 'request', 'question', 'noContent', 'contentBefore', 'faultThenRequest', 'requestThenFault', 'questionAfterFault',
  'topicNew', 'topicNewContent', 'topicShared', 'topicNone', 'topicNewFault', 'topicNewRequest',
  'tried', 'consequence', 'fine', 'environment', 'greeting', 'closing', 'steps', 'circumstance',
  'referenceStart', 'linkStart', 'links', 'familiar', 'unfamiliarStart', 'short', 'early', 'afterClosing', 'longText', 'together', 'fragments', 'listIntro', 'label',
] as const; // prettier-ignore
/** The name of a feature. */
export type Feature = (typeof FEATURES)[number];
/** One value for each feature. */
export type Features = Readonly<Record<Feature, number>>;

/** How many words from its beginning a unit has to say that something new comes. */
const OPENING = 9;
const START = 4;
/** What topics too common to tell two problems apart are: they come along with any problem. */
const BLAND: ReadonlySet<Topic> = new Set<Topic>(['computer']);

const flag = (...conditions: readonly boolean[]): number => (conditions.every(Boolean) ? 1 : 0);
const has = (reading: Reading, mark: keyof Reading['marks']): boolean => reading.marks[mark] > 0;

/** Whether a unit complains, wants or asks something. */
export const hasContent = (reading: Reading): boolean =>
  has(reading, 'fault') || has(reading, 'request') || has(reading, 'question');

/** What was read before a unit. */
interface Past {
  readonly topics: Set<Topic>;
  readonly stems: Set<string>;
  words: number;
  fault: boolean;
  request: boolean;
  question: boolean;
  announced: number;
  /** Steps or attempts were announced, and their list still runs. */
  steps: boolean;
}

/**
 * The features of each unit but the first, in order: what speaks for a new problem beginning there. One pass over the
 * text; each unit is compared with the sum of those before it.
 */
export function featuresOf(readings: readonly Reading[]): Features[] {
  const past: Past = {
    topics: new Set(),
    stems: new Set(),
    words: 0,
    fault: false,
    request: false,
    question: false,
    announced: 0,
    steps: false,
  };
  const lists = listsOf(readings);
  const whole = sumUp(readings);
  return readings.flatMap((reading, index) => {
    const features = index === 0 ? [] : [compare(past, readings, index, lists[index] ?? null, whole)];
    remember(past, reading);
    return features;
  });
}

/** What is known of the whole text. */
interface Whole {
  readonly words: number;
  /** Lines after the first that are no items: a line break among many says little. */
  readonly lines: number;
  /** It says itself that all is one. */
  readonly together: boolean;
}

const sumUp = (readings: readonly Reading[]): Whole => ({
  words: readings.reduce((sum, { unit }) => sum + unit.words.length, 0),
  lines: readings.filter(({ unit }, i) => i > 0 && unit.opensLine && unit.item === null).length,
  together: readings.some((reading) => has(reading, 'together')),
});

/** A note rather than a sentence. */
const isFragment = ({ unit }: Reading): boolean => unit.fragment && unit.words.length < 9;

function remember(past: Past, reading: Reading): void {
  reading.topics.forEach((topic) => past.topics.add(topic));
  reading.stems.forEach((word) => past.stems.add(word));
  past.words += reading.unit.words.length;
  past.fault ||= has(reading, 'fault');
  past.request ||= has(reading, 'request') && !has(reading, 'fault');
  past.question ||= has(reading, 'question');
  past.announced = Math.max(past.announced, reading.announced);
  if (has(reading, 'steps')) past.steps = true;
  else if (reading.unit.item === null && reading.unit.opensParagraph) past.steps = false;
}

/** What the items of a list have in common; the same object for each of its units. */
interface List {
  readonly count: number;
  /** The part of its items with a topic of their own. */
  readonly distinct: number;
  /** The part of its items that complain or want something. */
  readonly problems: number;
  /** The part of its items that tell of attempts or that something works. */
  readonly tried: number;
  /** Words per item. */
  readonly length: number;
}

/** The list each unit belongs to: items in a row, with no ordinary line between them. */
function listsOf(readings: readonly Reading[]): (List | null)[] {
  const lists: (List | null)[] = [];
  let items: Reading[] = [];
  let from = 0;
  const close = (to: number): void => {
    const list = items.length >= 2 ? describe(items) : null;
    for (let i = from; i < to; i += 1) lists[i] = list;
    items = [];
    from = to;
  };
  readings.forEach((reading, index) => {
    if (reading.unit.item === null && (reading.unit.opensLine || items.length === 0)) close(index);
    if (reading.unit.item !== null) items.push(reading);
  });
  close(readings.length);
  return lists;
}

function describe(items: readonly Reading[]): List {
  const seen = new Set<Topic>();
  let distinct = 0;
  for (const { topics } of items) {
    const own = [...topics].filter((topic) => !BLAND.has(topic));
    if (own.length > 0 && own.every((topic) => !seen.has(topic))) distinct += 1;
    own.forEach((topic) => seen.add(topic));
  }
  const share = (test: (item: Reading) => boolean): number => items.filter(test).length / items.length;
  return {
    count: items.length,
    distinct: distinct / items.length,
    problems: share(hasContent),
    tried: share((item) => has(item, 'tried') || has(item, 'fine')),
    length: items.reduce((sum, { unit }) => sum + unit.words.length, 0) / items.length,
  };
}

function compare(
  past: Past,
  readings: readonly Reading[],
  index: number,
  list: List | null,
  whole: Whole,
): Features {
  const here = readings[index] as Reading;
  const before = readings[index - 1] as Reading;
  const next = readings[index + 1];
  const { unit, first, marks } = here;
  const own = hasContent(here);
  /** "The second one is the phone. It doesn't ring." says in the next sentence what is wrong. */
  const second = next && !next.unit.opensLine ? next : null;
  const content = own || (second !== null && hasContent(second));
  const fault = has(here, 'fault');
  const faultSoon = fault || (second !== null && has(second, 'fault'));
  const request = has(here, 'request');
  const topics = topicsOf(here).length > 0 || !second ? topicsOf(here) : topicsOf(second);
  /** What is named first is mostly what the sentence is about. */
  const [subject] = topics;
  const isNew = subject !== undefined && past.topics.size > 0 && !past.topics.has(subject);
  const isShared = subject !== undefined && past.topics.has(subject);
  const also = first.also < START;
  const and = first.and < 2;
  const requestStart = first.request < OPENING;
  const opens = first.otherThing < OPENING;
  const secondStart = first.second < START;
  const secondNoun =
    secondStart && first.problemNoun - first.second > 0 && first.problemNoun - first.second <= 3;
  const known = [...here.stems].filter((word) => past.stems.has(word)).length;
  const familiar = here.stems.size === 0 ? 0 : known / here.stems.size;
  const announced = past.announced >= 2;
  const item = unit.item !== null && list !== null;
  return {
    bias: 1,
    otherThing: flag(opens),
    otherThingContent: flag(opens, content, !has(here, 'tried')),
    aside: flag(first.aside < START),
    asideNewTopic: flag(first.aside < START, isNew || request),
    andStart: flag(and),
    andNewTopic: flag(and, isNew, content),
    andRequest: flag(and, requestStart, past.fault),
    alsoStart: flag(also),
    alsoContent: flag(also, content, !has(here, 'tried')),
    alsoNewTopic: flag(also, isNew, content),
    alsoSameTopic: flag(also, isShared),
    alsoTried: flag(also, has(here, 'tried')),
    alsoRequest: flag(first.also < OPENING, requestStart, past.fault),
    secondNoun: flag(secondNoun),
    secondStart: flag(secondStart),
    announced: flag(announced),
    announcedItem: flag(announced, item),
    announcedSecond: flag(announced, secondStart),
    announcedVague: flag(past.announced === Infinity),
    announcedMatch: flag(item, past.announced === list?.count),
    announcedNewTopic: flag(announced, past.announced < Infinity, isNew, own),
    item: flag(item),
    itemDistinct: item ? list.distinct : 0,
    itemProblems: item ? list.problems : 0,
    itemShort: flag(item && list.length < 6),
    itemTried: item ? list.tried : 0,
    itemAfterSteps: flag(item, past.steps),
    line: unit.opensLine ? 1 / Math.max(1, whole.lines) : 0,
    paragraph: flag(unit.opensParagraph),
    lineNewTopic: flag(unit.opensLine, isNew, content) / Math.max(1, whole.lines),
    paragraphNewTopic: flag(unit.opensParagraph, isNew, content),
    fault: flag(fault),
    request: flag(request),
    question: flag(has(here, 'question')),
    noContent: flag(!content, !opens, !secondNoun),
    contentBefore: flag(past.fault || past.request || past.question),
    faultThenRequest: flag(past.fault, !past.request, requestStart),
    requestThenFault: flag(past.request || past.question, !past.fault, fault, !request),
    questionAfterFault: flag(past.fault, has(here, 'question'), !fault, !request),
    topicNew: flag(isNew),
    topicNewContent: flag(isNew, content),
    topicShared: flag(isShared),
    topicNone: flag(topics.length === 0, !opens, !secondNoun),
    topicNewFault: flag(isNew, faultSoon, past.fault || past.request),
    topicNewRequest: flag(isNew, request, past.fault || past.request),
    tried: flag(first.tried < 6),
    consequence: flag(first.consequence < START),
    fine: flag(has(here, 'fine')),
    environment: flag(has(here, 'environment')),
    greeting: flag(first.greeting < 2),
    closing: flag(has(here, 'closing')),
    steps: flag(has(here, 'steps')),
    circumstance: flag(first.circumstance < 2),
    referenceStart: flag(first.reference < 3),
    linkStart: flag(first.link < 3),
    links: Math.min(1, marks.link / 3),
    familiar,
    unfamiliarStart: flag(first.determiner < 3, familiar < 0.2, own),
    short: flag(unit.words.length < 5),
    early: flag(past.words < 6),
    afterClosing: flag(has(before, 'closing')),
    longText: Math.min(1, whole.words / 200),
    together: flag(whole.together),
    fragments: flag(unit.opensLine, isFragment(here), isFragment(before)),
    listIntro: flag(unit.opensLine, before.unit.colon),
    label: flag(unit.item === 'label', list !== null),
  };
}

const topicsOf = (reading: Reading): Topic[] => [...reading.topics].filter((topic) => !BLAND.has(topic));
