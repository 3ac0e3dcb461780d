import fs from 'node:fs';
import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { redactError, redactFields } from './redact';
import type { Clock, Log } from './types';

const FILE_NAME = 'deskbell.log';
const KEPT_FILES = 3;

/** What a file log needs. */
export interface LogDeps {
  /** Folder of the log files; made when the first line is written. */
  readonly folder: string;
  readonly clock: Clock;
  /** Largest size of one file in bytes before the next is begun. */
  readonly maxBytes?: number;
  /** Also given every line, e.g. to show them while developing. */
  readonly echo?: (line: string) => void;
}

/** A log whose lines can be waited for. */
export interface FileLog extends Log {
  /** Resolves when every line so far is in the file. */
  settled(): Promise<void>;
  /** Writes a last line at once, for a process that is about to end. */
  fatal(event: string, error: unknown): void;
}

/**
 * Writes JSON lines to `deskbell.log` and keeps the two files before it (`deskbell.1.log`, `deskbell.2.log`).
 * Every field is redacted here and nowhere else (DESIGN: Security). A disk that takes no log never stops Deskbell.
 */
export function createLog({ folder, clock, maxBytes = 1_000_000, echo }: LogDeps): FileLog {
  const file = path.join(folder, FILE_NAME);
  let tail: Promise<void> = Promise.resolve();

  const lineOf = (level: string, event: string, fields: Readonly<Record<string, unknown>>): string =>
    JSON.stringify({ at: clock.now().toISOString(), level, event, ...fields });
  const write = (line: string): void => {
    echo?.(line);
    tail = tail.then(() => append(folder, file, `${line}\n`, maxBytes)).catch(() => undefined);
  };

  return {
    info: (event, fields = {}) => write(lineOf('info', event, redactFields(fields))),
    warn: (event, fields = {}) => write(lineOf('warn', event, redactFields(fields))),
    error: (event, error, fields = {}) =>
      write(lineOf('error', event, { ...redactFields(fields), ...redactError(error) })),
    settled: () => tail,
    fatal(event, error) {
      const line = lineOf('fatal', event, redactError(error));
      echo?.(line);
      try {
        fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
        fs.appendFileSync(file, `${line}\n`, { mode: 0o600 });
      } catch {
        // The disk takes no log: there is nobody left to tell.
      }
    },
  };
}

async function append(folder: string, file: string, line: string, maxBytes: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > 0 && size + line.length > maxBytes) await rotate(folder, file);
  await appendFile(file, line, { mode: 0o600 });
}

async function rotate(folder: string, file: string): Promise<void> {
  const older = (age: number): string => path.join(folder, `deskbell.${age}.log`);
  for (let age = KEPT_FILES - 2; age >= 1; age -= 1)
    await rename(older(age), older(age + 1)).catch(() => undefined);
  await rename(file, older(1));
}
