/** At most `most` in any `withinMs` milliseconds. */
export interface Limit {
  readonly most: number;
  readonly withinMs: number;
}

/** Counts what is asked for. Returns whether one more is allowed at `now` (milliseconds), and counts it if so. */
export function createLimit({ most, withinMs }: Limit): (now: number) => boolean {
  let times: readonly number[] = [];
  return (now) => {
    // A clock that was set back must not lock the user out.
    times = times.filter((at) => at <= now && now - at < withinMs);
    if (times.length >= most) return false;
    times = [...times, now];
    return true;
  };
}
