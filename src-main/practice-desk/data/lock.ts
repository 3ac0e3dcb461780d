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
  const server = await listenAtFirst(addressesOf(await realpath(folder)));
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Longest path of a socket that every system takes, in bytes (unix(7): 108 on Linux, 104 on macOS, with the final zero). */
const MAX_SOCKET_PATH = 103;

/** In the folder itself where its path is short enough; the temporary folder where its disk knows no sockets. */
function addressesOf(folder: string): readonly string[] {
  const name = `deskbell-practice-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  if (process.platform === 'win32') return [`\\\\.\\pipe\\${name}`];
  const inside = path.join(folder, 'lock.sock');
  const elsewhere = path.join(tmpdir(), `${name}.sock`);
  return Buffer.byteLength(inside) <= MAX_SOCKET_PATH ? [inside, elsewhere] : [elsewhere];
}

async function listenAtFirst([address, ...others]: readonly string[]): Promise<Server> {
  if (address === undefined) throw new Error('practice desk: its data cannot be locked');
  try {
    return (await listen(address)) ?? (await takeOver(address));
  } catch (error) {
    if (error instanceof DataInUse || others.length === 0) throw error;
    return await listenAtFirst(others);
  }
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
