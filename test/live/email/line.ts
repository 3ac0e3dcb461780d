import net, { type AddressInfo } from 'node:net';

/** Where a session breaks. Of `committed` ones the server has taken the message, of the others it has not. */
export const LINE_FAULTS = {
  /** Before the greeting. */
  atOnce: { committed: false },
  /** When the server waits for the message, and nothing of it has left. */
  beforeContent: { committed: false },
  /** In the middle of the message. */
  inContent: { committed: false },
  /** The server has it, and its answer is lost: the connection breaks. */
  answerLost: { committed: true },
  /** The server has it, and its answer never comes. */
  answerSilent: { committed: true },
  /** The server has it, and something else answers. */
  answerGarbled: { committed: true },
} as const;
/** Where a session breaks. */
export type LineFault = keyof typeof LINE_FAULTS;

/** A bad line to a mail server without TLS. */
export interface Line {
  readonly port: number;
  /** The next sessions meet these, one each; `null`: nothing. */
  meet(...faults: readonly (LineFault | null)[]): void;
  /** From now on it is a good line. */
  clear(): void;
  close(): Promise<void>;
}

/** Starts a line to a port of this computer. */
export async function startLine(target: number): Promise<Line> {
  const faults: (LineFault | null)[] = [];
  const open = new Set<net.Socket>();

  const server = net.createServer((client) => {
    const fault = faults.shift() ?? null;
    const onward = net.connect(target, '127.0.0.1');
    for (const socket of [client, onward]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => open.delete(socket));
    }
    const cut = (): void => {
      client.resetAndDestroy();
      onward.destroy();
    };
    client.on('close', () => onward.end());
    onward.on('close', () => client.end());
    if (fault === 'atOnce') return cut();
    let isContent = false;
    onward.on('data', (bytes: Buffer) => {
      const words = bytes.toString('latin1');
      if (isContent && fault === 'answerLost') return cut();
      if (isContent && fault === 'answerSilent') return undefined;
      if (isContent && fault === 'answerGarbled') return void client.write('<!doctype html>\r\n');
      if (/^354/m.test(words)) {
        if (fault === 'beforeContent') return cut();
        isContent = true;
      }
      return void client.write(bytes);
    });
    client.on('data', (bytes: Buffer) => {
      if (isContent && fault === 'inContent') {
        // The last piece never gets through, so the end of the message does not.
        onward.write(bytes.subarray(0, Math.floor(bytes.length / 2)), cut);
        return;
      }
      onward.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    meet: (...more) => void faults.push(...more),
    clear: () => void faults.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        open.forEach((socket) => socket.destroy());
      }),
  };
}
