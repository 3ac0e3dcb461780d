import { languageOf } from './problems/language';
import type { Language, Topic } from './problems/lexicon/lexicon';
import { vocabularyOf } from './problems/vocabulary';
import { fold } from './problems/words';

const WORD = /[\p{L}\p{N}]+(?:\p{M}+[\p{L}\p{N}]*)*/gu;
const BLAND: ReadonlySet<Topic> = new Set<Topic>(['computer']);
const LONGEST_NAME = 30;

/**
 * What each part of a text is about, in the writer's own word ("VPN", "Drucker"), to name the problems that were
 * noticed; `null` when a part names nothing that tells it from the others.
 */
export function namesOfParts(
  parts: readonly { readonly text: string }[],
  language?: Language,
): readonly string[] | null {
  const taken = new Set<string>();
  const names: string[] = [];
  for (const { text } of parts) {
    const name = thingsIn(text, language).find((one) => !taken.has(fold(one)));
    if (name === undefined) return null;
    taken.add(fold(name));
    names.push(name);
  }
  return names;
}

function thingsIn(text: string, language: Language | undefined): readonly string[] {
  const { signs } = vocabularyOf(languageOf(text, language));
  const found = [...text.matchAll(WORD)];
  const words = found.map(([word]) => fold(word));
  return found.flatMap((match, index) => {
    const topic = signs.at(words, index).find(({ value }) => 'topic' in value && !BLAND.has(value.topic));
    const last = topic && found[index + topic.length - 1];
    const name = last && text.slice(match.index, last.index + last[0].length);
    return name !== undefined && name.length <= LONGEST_NAME ? [name] : [];
  });
}
