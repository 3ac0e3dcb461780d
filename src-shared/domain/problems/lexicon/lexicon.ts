/** The languages the rules know. */
export const LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
/** A language the rules know. */
export type Language = (typeof LANGUAGES)[number];

/** What a word or phrase of a help request can show. */
export const MARKS = [
  /** Opens another problem: "another thing", "unrelated". */
  'otherThing',
  /** A turn that often brings something else: "by the way", "PS". */
  'aside',
  /** Begins with "and". */
  'and',
  /** Adds something, which may be a problem or a symptom: "also", "plus". */
  'also',
  /** Counts on: "second", "the other". */
  'second',
  /** More than one: "two", "several". With a problem noun behind it: an announcement. */
  'count',
  /** A word for a problem or request: "issue", "things". */
  'problemNoun',
  /** Something fails. */
  'fault',
  /** Something is wanted. */
  'request',
  /** Something is asked. */
  'question',
  /** What the writer did about it. */
  'tried',
  /** What follows from it: cost, deadline, anger. */
  'consequence',
  /** Points back: "it", "this". */
  'reference',
  /** Ties together: "same", "because", "therefore". */
  'link',
  /** Says that all is one: "the two are related". */
  'together',
  /** A counter-test: something works. */
  'fine',
  /** Facts about the machine: versions, models. */
  'environment',
  /** Opens the circumstances: "when", "since", "whenever". */
  'circumstance',
  /** Announces steps or attempts: "steps to reproduce", "what I tried". */
  'steps',
  'greeting',
  'closing',
  /** Belongs to the writer or is singled out: "my", "our", "the". */
  'determiner',
] as const;
/** What a word or phrase of a help request can show. */
export type Mark = (typeof MARKS)[number];

/** What a problem is about. Translations and synonyms lead to one topic. */
export const TOPICS = [
  'mail', 'mailSearch', 'calendar', 'contacts', 'printer', 'label', 'scanner', 'phone', 'mobile', 'voicemail',
  'network', 'vpn', 'files', 'backup', 'display', 'projector', 'input', 'dock', 'power', 'sound', 'camera',
  'meeting', 'browser', 'sheet', 'document', 'slides', 'pdf', 'design', 'business', 'sales', 'payroll', 'report', 'database',
  'signIn', 'newcomer', 'leaver', 'access', 'software', 'licence', 'website', 'door', 'till', 'security', 'clock',
  'server', 'training', 'signature', 'absence', 'list', 'language', 'window', 'noise', 'computer',
] as const; // prettier-ignore
/** What a problem is about. */
export type Topic = (typeof TOPICS)[number];

/**
 * The words of one language. Phrases are separated by commas; case and accents do not matter; `abc*` stands for words
 * that begin so, `*abc` for words that end so.
 */
export interface Lexicon {
  /** Words that carry the grammar: they tell the language and say nothing about the topic. */
  readonly common: string;
  readonly marks: Readonly<Record<Mark, string>>;
  readonly topics: Readonly<Partial<Record<Topic, string>>>;
  /** Abbreviations whose full stop ends no sentence. */
  readonly abbreviations: string;
}
