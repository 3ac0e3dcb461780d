import type { Message, Question } from '@shared/domain/ticket';

/** Addresses have question marks that ask nothing. */
const ADDRESS = /\b(?:https?|mailto|ftp):\S+/gi;
/** What an e-mail quotes was asked before. */
const QUOTED = /^\s*>.*$/gm;
const QUESTION_MARK = /[?\u037e\u055e\u061f\u2047-\u2049\uff1f]/u;

/**
 * The question that waits for the user. RT has no mark for one, so it is guessed: the last thing said is the desk's, the
 * ticket is open, and there is a question mark in it beyond addresses and quotations. There are no ready answers.
 */
export function openQuestion(messages: readonly Message[], isOpen: boolean): Question | null {
  const last = messages.at(-1);
  if (!isOpen || last?.author.kind !== 'staff' || messages.length < 2) return null;
  return asks(last.text) ? { messageId: last.id, quickAnswers: [] } : null;
}

const asks = (text: string): boolean => QUESTION_MARK.test(text.replace(QUOTED, '').replace(ADDRESS, ''));
