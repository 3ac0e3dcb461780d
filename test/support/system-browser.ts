/** Stands in for the system's browser: what Deskbell opens outside goes to `browser.mjs`, without a window. */
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './app';
import { browse, type Habits, type Page } from './browser.mjs';

const PROGRAM = path.join(import.meta.dirname, 'browser.mjs');

/** The browser of a test. */
export type SystemBrowser = {
  /** What Deskbell needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  /** What whoever sits before it does from now on. */
  setHabits(habits: Habits): void;
  /** Forgets who signed in with it. */
  forgetCookies(): void;
  /** Every address that was opened, oldest first, with what it showed in the end. */
  opened(): { address: string; url: string; status: number; text: string }[];
  /** Goes on with the page that was opened last, as somebody who comes back to it. */
  goOn(habits: Habits): Promise<Page>;
};

/** Sets it up. On Linux the system's opener is a program of this name on the path. */
export function createSystemBrowser(habits: Habits): SystemBrowser {
  const folder = temporaryFolder();
  const file = (name: string): string => path.join(folder, name);
  const opener = file('xdg-open');
  writeFileSync(opener, `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' '${folder}' "$1"\n`);
  chmodSync(opener, 0o755);
  const setHabits = (next: Habits): void => writeFileSync(file('habits.json'), JSON.stringify(next));
  setHabits(habits);
  const opened: SystemBrowser['opened'] = () =>
    existsSync(file('opened.jsonl'))
      ? readFileSync(file('opened.jsonl'), 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as ReturnType<SystemBrowser['opened']>[number])
      : [];
  return {
    env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` },
    setHabits,
    forgetCookies: () => rmSync(file('cookies.json'), { force: true }),
    opened,
    goOn: (next) => browse(opened().at(-1)?.address ?? '', next),
  };
}
