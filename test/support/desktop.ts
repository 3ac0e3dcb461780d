/** Looks at the desktop from outside, as another program would: tray (tray.mjs), notifications, windows, pictures. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

export * from './tray.mjs';

/** The session's folder (see desktop-session.sh). Throws outside of a session. */
function sessionFolder(): string {
  const folder = process.env['DESKTOP_SESSION_DIR'];
  if (!folder) throw new Error('This needs a desktop session: run it with "npm run test:e2e".');
  return folder;
}

// ---------------------------------------------------------------- notifications

/** A notification as the daemon accepted it; `body` is markup. */
export type ShownNotification = {
  readonly app: string;
  readonly summary: string;
  readonly body: string;
  readonly id: number;
  readonly urgency: 'LOW' | 'NORMAL' | 'CRITICAL';
  readonly icon: string;
};

/** Every notification since the session started or since `forgetNotifications`, oldest first. */
export function notifications(): ShownNotification[] {
  const file = path.join(sessionFolder(), 'notifications.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ShownNotification);
}

/** Starts afresh: closes what is on screen and empties the record. */
export function forgetNotifications(): void {
  dismissNotifications();
  rmSync(path.join(sessionFolder(), 'notifications.jsonl'), { force: true });
}

/** Clicks the newest notification on screen. */
export function clickNewestNotification(): void {
  execFileSync('dunstctl', ['action', '0']);
}

/** Closes all notifications on screen, as the user would. */
export function dismissNotifications(): void {
  execFileSync('dunstctl', ['close-all']);
}

// ---------------------------------------------------------------- windows and pictures

/** Asks the visible windows of the process `pid` to close, as their close button does. */
export function closeWindowsOf(pid: number): void {
  for (const id of visibleWindowsOf(pid)) execFileSync('wmctrl', ['-i', '-c', id]);
}

/** Ids of the visible windows of the process `pid`. */
export function visibleWindowsOf(pid: number): string[] {
  try {
    const found = execFileSync('xdotool', ['search', '--onlyvisible', '--pid', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'], // It complains about windows that close while it looks.
    });
    return found.split('\n').filter(Boolean);
  } catch {
    return []; // xdotool fails when it finds none.
  }
}

/** Titles of the visible windows of the process `pid`. */
export const windowTitlesOf = (pid: number): string[] => visibleWindowsOf(pid).flatMap(titleOf);

function titleOf(id: string): string[] {
  try {
    return [execFileSync('xdotool', ['getwindowname', id], { encoding: 'utf8', stdio: 'pipe' }).trim()];
  } catch {
    return []; // It closed meanwhile.
  }
}

/** Presses a key in whatever window has the focus, also one of the system's own. */
export function pressKey(key: string): void {
  execFileSync('xdotool', ['key', key]);
}

/** Saves a picture of the whole screen as PNG. */
export function pictureOfScreen(file: string): void {
  execFileSync('scrot', ['-o', file]);
}
