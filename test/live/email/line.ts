import net, { type AddressInfo } from 'node:net';

/** Where a session breaks. Of `committed` ones the server has taken the message, of the others it has not. */
export const LINE_FAULTS = {
  /** Before the greeting. */
  atOnce: { committed: false },
  /** Nobody says anything. */
  silent: { committed: false },
  /** Something that is no mail server answers. */
  portal: { committed: false },
  /** When the server waits for the message, and nothing of it has left. */
  beforeContent: { committed: false },
  /** In the middle of the message. */
  inContent: { committed: false },
  /** The server has it, and its answer is lost: the connection breaks, perhaps in the middle of it. */
  answerLost: { committed: true },
  answerCut: { committed: true },
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
  /** Decides for every session from now on. */
  choose(chooser: () => LineFault | null): void;
  /** From now on it is a good line. */
  clear(): void;
  /** Nobody listens any more, until `open`. */
  close(): Promise<void>;
  open(): Promise<void>;
}

const PAGE = '<!doctype html><title>Guest network</title>\r\n';

/** Starts a line to a port of this computer. */
export async function startLine(target: number): Promise<Line> {
  const open = new Set<net.Socket>();
  let chooser: () => LineFault | null = () => null;
  let port = 0;

  const server = net.createServer((client) => {
    const fault = chooser();
    keepTrack(client);
    if (fault === 'silent') return;
    if (fault === 'portal') return void client.end(PAGE);
    if (fault === 'atOnce') return void client.resetAndDestroy();
    const onward = net.connect(target, '127.0.0.1');
    keepTrack(onward);
    client.on('close', () => onward.end());
    onward.on('close', () => client.end());
    carry(client, onward, fault);
  });

  function keepTrack(socket: net.Socket): void {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  }
  const listen = (): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen();
  ({ port } = server.address() as AddressInfo);
  return {
    port,
    meet(...faults) {
      const left = [...faults];
      chooser = () => left.shift() ?? null;
    },
    choose: (next) => void (chooser = next),
    clear: () => void (chooser = () => null),
    async close() {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      open.forEach((socket) => socket.destroy());
      await closed;
    },
    open: listen,
  };
}

/** Carries a session, and breaks it where it is to break. */
function carry(client: net.Socket, onward: net.Socket, fault: LineFault | null): void {
  let isContent = false;
  const cut = (): void => {
    client.resetAndDestroy();
    onward.destroy();
  };
  onward.on('data', (bytes: Buffer) => {
    if (isContent && fault !== null) return answerBadly(client, bytes, fault, cut);
    if (/^354/m.test(bytes.toString('latin1'))) {
      if (fault === 'beforeContent') return cut();
      isContent = true;
    }
    client.write(bytes);
  });
  client.on('data', (bytes: Buffer) => {
    if (!isContent || fault !== 'inContent') return void onward.write(bytes);
    // The rest never gets through, so the end of the message does not.
    onward.write(bytes.subarray(0, Math.floor(bytes.length / 2)), cut);
  });
}

/** What comes in place of the server's answer to the whole message. */
function answerBadly(client: net.Socket, answer: Buffer, fault: LineFault, cut: () => void): void {
  switch (fault) {
    case 'answerLost':
      return cut();
    case 'answerCut':
      return void client.write(answer.subarray(0, 2), cut);
    case 'answerSilent':
      return;
    case 'answerGarbled':
      return void client.write(PAGE);
    default:
      client.write(answer);
  }
}
