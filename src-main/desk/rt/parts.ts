import type { Attachment } from '@shared/domain/attachment';
import type { RtPart } from './shapes';

/** What somebody wrote at once, taken apart. */
export interface Letter {
  /** The parts with the words, in their order; all of one kind. */
  readonly words: readonly RtPart[];
  readonly isHtml: boolean;
  readonly files: readonly Attachment[];
}

/** The largest words fetched, in bytes; longer ones are offered as a file. */
export const MAX_WORDS_BYTES = 1_000_000;

/**
 * Tells words from files. The words are the unnamed text parts: the plain ones where there are some, as mail programs send
 * the same as HTML once more. Everything else is a file but what only holds parts together.
 */
export function letterOf(parts: readonly RtPart[]): Letter {
  const content = parts.filter((part) => !/^multipart\//i.test(part.ContentType) && !isNothing(part));
  const unnamed = content.filter(
    ({ Filename, ContentLength }) => Filename === '' && ContentLength <= MAX_WORDS_BYTES,
  );
  const plain = unnamed.filter((part) => isType(part, 'text/plain'));
  const html = unnamed.filter((part) => isType(part, 'text/html'));
  const words = plain.length > 0 ? plain : html;
  const files = content.filter((part) => !plain.includes(part) && !html.includes(part));
  return { words, isHtml: plain.length === 0 && html.length > 0, files: files.map(fileOf) };
}

/** A message without words has an unnamed part all the same. */
const isNothing = ({ Filename, ContentLength }: RtPart): boolean => Filename === '' && ContentLength === 0;

const isType = ({ ContentType }: RtPart, type: string): boolean =>
  ContentType.split(';', 1)[0]?.trim().toLowerCase() === type;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/html': 'html',
  'message/rfc822': 'eml',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'application/pdf': 'pdf',
};

function fileOf({ id, Filename: name, ContentType: type, ContentLength: size }: RtPart): Attachment {
  const clean = name.replace(/[\u0000-\u001f\u007f]/g, ' ').slice(0, 255);
  const extension = EXTENSIONS[type.toLowerCase()] ?? 'bin';
  return { id, name: clean.trim() === '' ? `${id}.${extension}` : clean, type: type.slice(0, 200), size };
}
