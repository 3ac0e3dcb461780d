/** A run of plain text, or a web address that can be opened. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string };

const ADDRESS = /https:\/\/[^\s<>"'\u202a-\u202e\u2066-\u2069]+/g;
/** What ends a sentence or a bracket is not part of the address before it. */
const TAIL = /[.,;:!?…)\]}»”’]+$/;

/** The text in pieces, in order; joined they are the text again. Only `https:` addresses become links. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TAIL, '');
    if (!URL.canParse(address)) continue;
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    pieces.push({ kind: 'link', text: address, url: address });
    from = match.index + address.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}
