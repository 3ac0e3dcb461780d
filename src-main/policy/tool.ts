import { spawn } from 'node:child_process';
import { err, ok, type Result } from '@shared/domain/result';

/** What a program of the system answered. */
export interface ToolAnswer {
  readonly code: number;
  readonly output: Buffer;
}

/** Runs a program of the system and waits for its end. */
export type RunTool = (
  file: string,
  args: readonly string[],
  options?: { readonly input?: Uint8Array; readonly isVerbatim?: boolean },
) => Promise<Result<ToolAnswer, 'tool' | 'timedOut'>>;

const LONGEST_RUN_MS = 10_000;
const MOST_OUTPUT = 8 * 1024 * 1024;

/** Runs a program without a shell and without a window; one that takes too long or says too much is ended. */
export const runTool: RunTool = (file, args, { input, isVerbatim = false } = {}) =>
  new Promise((resolve) => {
    const child = spawn(file, args, {
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
      windowsVerbatimArguments: isVerbatim,
    });
    const chunks: Buffer[] = [];
    let length = 0;
    const limit = setTimeout(() => {
      child.kill();
      // What the program started itself may keep its output open for longer.
      resolve(err('timedOut'));
    }, LONGEST_RUN_MS);
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MOST_OUTPUT) child.kill();
    });
    // A program that reads nothing closes its input at once.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.once('error', () => {
      clearTimeout(limit);
      resolve(err('tool'));
    });
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve(code === null ? err('tool') : ok({ code, output: Buffer.concat(chunks) }));
    });
  });
