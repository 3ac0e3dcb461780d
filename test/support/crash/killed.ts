import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Runs a program in Node and kills it with SIGKILL `ms` after its first line; gives the lines it said, split at spaces. */
export async function killedAfter(ms: number, program: string, folder: string): Promise<string[][]> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => void (said += chunk));
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  await Promise.race([once(child.stdout, 'data'), closed]);
  await sleep(ms);
  child.kill('SIGKILL');
  const [, signal] = await closed;
  if (signal !== 'SIGKILL') throw new Error('The program ended by itself.');
  // The last line may have been cut off.
  const lines = said.split('\n').slice(0, -1);
  return lines.map((line) => line.split(' '));
}
