import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';

const LIB = path.resolve(import.meta.dirname, '../../../config/scripts/lib/child.mjs');
/** A script of ours: it starts a program that would run for long, and ends with it. */
const SCRIPT = `
  import { spawn } from 'node:child_process';
  import { endWith } from ${JSON.stringify(LIB)};
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => process.exit(7), Number(process.env.FOR))']);
  endWith(child);
  console.log(process.pid, child.pid);
`;

const started: number[] = [];
afterEach(() => {
  for (const pid of started.splice(0)) if (isRunning(pid)) process.kill(pid, 'SIGKILL');
});

/** Runs the script in a shell, as npm does; gives the ids of the script and of its program. */
async function start(env: Record<string, string>) {
  const shell = spawn('sh', ['-c', '"$0" --input-type=module -e "$SCRIPT"; exit $?', process.execPath], {
    env: { PATH: process.env['PATH'], SCRIPT, FOR: '60000', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: shell.stdout }), 'line')) as [string];
  const [script = 0, program = 0] = line.split(' ').map(Number);
  started.push(script, program);
  return { shell, script, program };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const statusOf = async (shell: ChildProcess) => ((await once(shell, 'exit')) as [number | null])[0];

describe('a script that starts a program', () => {
  it('ends with its status', async () => {
    const { shell } = await start({ FOR: '50' });
    expect(await statusOf(shell)).toBe(7);
  });

  it('passes a signal on', async () => {
    const { shell, script, program } = await start({});
    process.kill(script, 'SIGTERM');
    await statusOf(shell);
    await expect.poll(() => isRunning(program), { timeout: 10_000 }).toBe(false);
  });

  it('leaves nothing behind when npm was told to end', async () => {
    const { shell, script, program } = await start({ npm_lifecycle_event: 'start' });
    shell.kill('SIGTERM');
    await expect.poll(() => isRunning(script) || isRunning(program), { timeout: 10_000 }).toBe(false);
  });

  it('goes on without the shell it was started from by hand', async () => {
    const { shell, script, program } = await start({});
    shell.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect([isRunning(script), isRunning(program)]).toEqual([true, true]);
  });
});
