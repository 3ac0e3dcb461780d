/** Where a list is scrolled to. Lengths in one unit, e.g. pixels. */
export interface ListView {
  readonly top: number;
  readonly height: number;
  readonly row: number;
  readonly count: number;
  /** Rows more on either side, so that fast scrolling shows no gap. */
  readonly overscan: number;
}

/** The indexes of the rows to draw, in order. */
export function visibleRange({ top, height, row, count, overscan }: ListView): number[] {
  if (count === 0 || row <= 0) return [];
  const first = Math.max(0, Math.min(count - 1, Math.floor(top / row)) - overscan);
  const last = Math.min(count - 1, Math.floor((top + height) / row) + overscan);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** The same rows and the one that holds the focus: it must stay in the document wherever the list is scrolled to. */
export function withKept(range: readonly number[], kept: number, count: number): number[] {
  if (kept < 0 || kept >= count || range.includes(kept)) return [...range];
  return [...range, kept].toSorted((a, b) => a - b);
}
