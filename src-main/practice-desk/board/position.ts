/**
 * A place in the order of changes, as clients hold it (cursor, watermark, event id): opaque text that names the set of
 * data it belongs to, so that a desk that had to start fresh is told apart.
 */
export interface Position {
  readonly epoch: string;
  readonly sequence: number;
}

/** The text of a position. */
export const positionText = ({ epoch, sequence }: Position): string =>
  Buffer.from(`${epoch}.${sequence}`).toString('base64url');

/** The position of a text; `null` for anything that is none. */
export function readPosition(text: string): Position | null {
  const match = /^([0-9a-f-]{36})\.(\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString('utf8'));
  if (!match?.[1] || !match[2] || positionText({ epoch: match[1], sequence: Number(match[2]) }) !== text)
    return null;
  return { epoch: match[1], sequence: Number(match[2]) };
}
