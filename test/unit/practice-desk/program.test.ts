import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { emptyIntake } from '../../../src-shared/domain/intake';
import { newFolder, signIn, until, type Client } from './support/desk';

const root = path.resolve(import.meta.dirname, '../../..');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'practice-desk-program-'));
  await build({
    configFile: path.join(root, 'config/desk.vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder },
  });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Program {
  readonly url: string;
  readonly child: ChildProcess;
  readonly exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts the bundled program under plain Node and waits for its address. */
const run = (...args: string[]): Promise<Program> =>
  start(process.execPath, [path.join(folder, 'cli.cjs'), ...args]);

/** The same, but no file can grow beyond some kilobytes, as on a disk that is full. */
const runOnFullDisk = (...args: string[]): Promise<Program> =>
  start('/bin/sh', [
    '-c',
    'ulimit -f 128; exec "$@"',
    'sh',
    process.execPath,
    path.join(folder, 'cli.cjs'),
    ...args,
  ]);

async function start(command: string, args: readonly string[]): Promise<Program> {
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
  await Promise.race([
    until(
      () => output,
      (text) => text.includes('data in'),
      10_000,
    ),
    exit,
  ]);
  return { url: /^Practice desk: (http:\S+)$/m.exec(output)?.[1] ?? output, child, exit };
}

describe('the desk as a program', () => {
  it('serves at the port it prints, and ends cleanly on SIGTERM', async () => {
    const data = await newFolder();
    const program = await run('--port', '0', '--data', data, '--pace', 'manual');
    const ada = await signIn(program);
    const { ticketId } = await ada.file();
    expect((await ada.advance(ticketId)).step).toBe('received');
    program.child.kill('SIGTERM');
    expect(await program.exit).toEqual({ code: 0, signal: null });
    const again = await run('--port', '0', '--data', data, '--pace', 'manual');
    expect((await (await signIn(again)).ticket(ticketId)).step).toBe('received');
  });

  it.each([
    ['--pace', 'warp'],
    ['--port', 'x'],
    ['--unknown', '1'],
  ])('explains itself when told %s %s', async (...args) => {
    const program = await run(...args);
    expect(program.url).toContain('Usage: npm run desk');
    expect((await program.exit).code).toBe(2);
  });

  it('never loses an acknowledged write nor doubles one, killed again and again', async () => {
    const data = await newFolder();
    const acknowledged = new Map<string, string>();
    const inDoubt = new Set<string>();
    for (let round = 0; round < 5; round += 1) {
      const program = await run('--port', '0', '--data', data, '--pace', 'manual');
      const ada = await signIn(program);
      await settle(ada, inDoubt, acknowledged);
      const writers = Array.from({ length: 4 }, () => writeUntilCut(ada, acknowledged, inDoubt));
      await new Promise((resolve) => setTimeout(resolve, 100 + round * 37));
      program.child.kill('SIGKILL');
      await Promise.all(writers);
    }
    const ada = await signIn(await run('--port', '0', '--data', data, '--pace', 'manual'));
    await settle(ada, inDoubt, acknowledged);
    expect(acknowledged.size).toBeGreaterThan(20);
    const { writes } = await ada.get<{ writes: Record<string, number> }>('/practice/writes');
    expect(Object.keys(writes).sort()).toEqual([...acknowledged.keys()].sort());
    expect(new Set(Object.values(writes))).toEqual(new Set([1]));
    for (const [key, ticketId] of acknowledged) {
      expect(await ada.get(`/v1/refs/${key}`)).toMatchObject({ ref: key, ticketId });
    }
  }, 60_000);
});

describe.runIf(process.platform !== 'win32')('on a disk that is full', () => {
  it('a write is 503 and not there; what was acknowledged is, and all goes on with room again', async () => {
    const data = await newFolder();
    const args = ['--port', '0', '--data', data, '--pace', 'manual'];
    const full = await runOnFullDisk(...args);
    const ada = await signIn(full);
    const problem = 'x'.repeat(15_000);
    const stored: string[] = [];
    const key = randomUUID();
    for (let refused = false; !refused;) {
      const { ticketId } = await ada.file(problem).catch((error: Error) => {
        expect(error.message).toContain('503');
        return { ticketId: null };
      });
      refused = ticketId === null;
      if (ticketId !== null) stored.push(ticketId);
    }
    const body = { summary: 's', intake: { ...emptyIntake(), problem }, uploads: [] };
    const answer = await ada.send('POST', '/v1/tickets', { body, key });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await ada.send('GET', `/v1/refs/${key}`)).status).toBe(404);
    expect(stored.length).toBeGreaterThan(1);
    full.child.kill('SIGKILL');
    await full.exit;

    const again = await signIn(await run(...args));
    const { tickets } = await again.get<{ tickets: { id: string }[] }>('/v1/tickets');
    expect(tickets.map((ticket) => ticket.id)).toEqual(stored);
    expect((await again.send('POST', '/v1/tickets', { body, key })).status).toBe(201);
  });
});

/** Files tickets one after the other until the connection breaks; what was under way then is in doubt. */
async function writeUntilCut(
  ada: Client,
  acknowledged: Map<string, string>,
  inDoubt: Set<string>,
): Promise<void> {
  for (;;) {
    const key = randomUUID();
    try {
      acknowledged.set(key, (await ada.file(`Problem ${key}`, {}, [], key)).ticketId);
    } catch {
      inDoubt.add(key);
      return;
    }
  }
}

/** Sends what is in doubt once more, as a client would. */
async function settle(ada: Client, inDoubt: Set<string>, acknowledged: Map<string, string>): Promise<void> {
  for (const key of inDoubt) acknowledged.set(key, (await ada.file(`Problem ${key}`, {}, [], key)).ticketId);
  inDoubt.clear();
}
