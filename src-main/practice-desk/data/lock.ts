import { createHash } from 'node:crypto';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Another desk works on the same data. */
export class DataInUse extends Error {
  constructor() {
    super('practice desk: its data is in use by another desk');
    this.name = 'DataInUse';
  }
}

/**
 * Keeps a second desk off the same data for as long as this process lives. A local socket, not a file with a process
 * id: the system gives it back however the process ends, and ids are used again.
 * @throws DataInUse
 */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const address = addressOf(await realpath(folder));
  const server = (await listen(address)) ?? (await takeOver(address));
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

function addressOf(folder: string): string {
  const name = `deskbell-practice-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(tmpdir(), `${name}.sock`);
}

/** A socket file that nobody answers at was left behind by a process that was killed. */
async function takeOver(address: string): Promise<Server> {
  if (process.platform === 'win32' || (await answers(address))) throw new DataInUse();
  await rm(address, { force: true });
  const server = await listen(address);
  if (!server) throw new DataInUse();
  return server;
}

function listen(address: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(address, () => resolve(server));
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
