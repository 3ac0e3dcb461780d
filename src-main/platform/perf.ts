import fs from 'node:fs';

/** The moments of a start that are measured (`npm run bench`). */
export type PerfMark =
  'main' | 'ready' | 'tray' | 'window-created' | 'ready-to-show' | 'usable' | 'services' | 'reopened';

/** Notes that a moment was reached. */
export type MarkPerf = (mark: PerfMark) => void;

/**
 * Appends every mark as a JSON line `{"mark", "at"}` to a file; `at` is in milliseconds since 1970, with fractions.
 * Without a file nothing is done.
 */
export function createPerf(file: string | undefined): MarkPerf {
  if (!file) return () => undefined;
  return (mark) => {
    const at = performance.timeOrigin + performance.now();
    fs.appendFileSync(file, `${JSON.stringify({ mark, at })}\n`);
  };
}
