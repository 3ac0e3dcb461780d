import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { MailRoute } from '@shared/domain/board';
import { createAuthority, type ServerCertificate } from '../../support/certificates';

/** Where in a session the server says no. */
export type Stage = 'connect' | 'auth' | 'mail' | 'rcpt' | 'data';

/** A refusal: at a stage, with a reply; of `rcpt` for one address. */
export interface Refusal {
  readonly stage: Stage;
  readonly code: number;
  readonly words: string;
  readonly address?: string;
}

/** An e-mail as it arrived. */
export interface Arrived {
  readonly from: string;
  /** Of the envelope. */
  readonly to: readonly string[];
  readonly raw: Buffer;
}

/** How to run it. */
export interface MailServerOptions {
  /** Default: `none`. */
  readonly security?: MailRoute['security'];
  /** Names and passwords; left out: nobody is asked. */
  readonly users?: Readonly<Record<string, string>>;
  /** Largest message in bytes, announced in EHLO. */
  readonly size?: number;
  /** Left out: by an authority of its own, for 127.0.0.1 and localhost. */
  readonly certificate?: ServerCertificate;
  /** Does not offer these extensions. */
  readonly without?: readonly ('STARTTLS' | 'PIPELINING' | 'AUTH')[];
}

/** A real mail server on this computer. */
export interface MailServer {
  readonly route: MailRoute;
  /** Trust it with this. */
  readonly ca: string;
  readonly arrived: readonly Arrived[];
  /** What arrived, read as a mail program reads it. */
  mails(): Promise<readonly ParsedMail[]>;
  /** Who has signed in, in order. */
  readonly signedIn: readonly string[];
  /** The next one that gets that far is refused. */
  refuse(...refusals: readonly Refusal[]): void;
  /** From now on nothing is refused but to those who are banned. */
  clear(): void;
  /** Nobody may send from this address, until allowed again. */
  ban(address: string): void;
  allow(address: string): void;
  /** Waits this long before it says that a message is taken, in ms. */
  slowDown(ms: number): void;
  /** Whether no message is on its way into it. */
  isIdle(): boolean;
  /** How many messages have arrived with a Message-ID that has this in it. */
  count(ref: string): number;
  /** It goes away; what it knows stays. */
  stop(): Promise<void>;
  /** It comes back at the same address. */
  start(): Promise<void>;
  close(): Promise<void>;
}

export const DESK = 'help@desk.example';
export const BILLING = 'billing@desk.example';

/** Starts one. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { security = 'none', users, without = [] } = options;
  const authority = createAuthority();
  const { cert, key } = options.certificate ?? authority.issue(['localhost', '127.0.0.1']);
  const arrived: Arrived[] = [];
  const signedIn: string[] = [];
  const refusals: Refusal[] = [];
  const banned = new Set<string>();
  /** Sessions in which a message is coming. */
  const coming = new Set<string>();
  let delay = 0;

  const refusalOf = (stage: Stage, address?: string): Error | null => {
    const at = refusals.findIndex(
      (one) => one.stage === stage && (one.address === undefined || one.address === address),
    );
    const [refusal] = at < 0 ? [] : refusals.splice(at, 1);
    return refusal ? replyWith(refusal.code, refusal.words) : null;
  };
  const settings: SMTPServerOptions = {
    secure: security === 'tls',
    cert,
    key,
    banner: 'a mail server of the tests',
    disableReverseLookup: true,
    authOptional: users === undefined,
    allowInsecureAuth: security === 'none',
    hideSTARTTLS: without.includes('STARTTLS'),
    hidePIPELINING: without.includes('PIPELINING'),
    disabledCommands: [
      ...(security === 'none' || without.includes('STARTTLS') ? ['STARTTLS'] : []),
      ...(users === undefined || without.includes('AUTH') ? ['AUTH'] : []),
    ],
    closeTimeout: 100,
    ...(options.size === undefined ? {} : { size: options.size }),
    onConnect: (_session, done) => done(refusalOf('connect')),
    onClose: ({ id }) => void coming.delete(id),
    onAuth({ username = '', password = '' }, _session, done) {
      const refused = refusalOf('auth');
      if (refused) return done(refused);
      if (users?.[username] !== password) return done(replyWith(535, 'Authentication failed'));
      signedIn.push(username);
      done(null, { user: username });
    },
    onMailFrom: ({ address }, _session, done) =>
      done(banned.has(address) ? replyWith(550, 'You may not send') : refusalOf('mail')),
    onRcptTo: ({ address }, _session, done) => done(refusalOf('rcpt', address)),
    onData(stream, { id, envelope }, done) {
      coming.add(id);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        coming.delete(id);
        const refused = refusalOf('data');
        if (refused) return done(refused);
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        arrived.push({ from, to, raw: Buffer.concat(chunks) });
        setTimeout(() => done(null, 'taken'), delay);
      });
    },
  };
  let port = 0;
  let server: SMTPServer | null = null;

  async function start(): Promise<void> {
    const started = new SMTPServer(settings);
    // Clients that go away in the middle are what the tests are about.
    started.on('error', () => undefined);
    await new Promise<void>((resolve) => started.listen(port, '127.0.0.1', () => resolve()));
    ({ port } = started.server.address() as AddressInfo);
    server = started;
  }
  async function stop(): Promise<void> {
    const running = server;
    server = null;
    await new Promise<void>((resolve) => (running ? running.close(() => resolve()) : resolve()));
  }

  await start();
  return {
    route: {
      host: '127.0.0.1',
      port,
      security,
      signIn: users !== undefined,
      deskAddress: DESK,
      billingAddress: BILLING,
    },
    ca: authority.ca,
    arrived,
    mails: () => Promise.all(arrived.map(({ raw }) => simpleParser(raw))),
    signedIn,
    refuse: (...more) => void refusals.push(...more),
    clear: () => void refusals.splice(0),
    ban: (address) => void banned.add(address),
    allow: (address) => void banned.delete(address),
    slowDown: (ms) => void (delay = ms),
    isIdle: () => coming.size === 0,
    count: (ref) => arrived.filter(({ raw }) => messageIdOf(raw).includes(ref)).length,
    stop,
    start,
    close: stop,
  };
}

const replyWith = (responseCode: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode });

/** From the head alone: a message may be large. */
function messageIdOf(raw: Buffer): string {
  const head = raw.subarray(0, raw.indexOf('\r\n\r\n')).toString('latin1');
  return /^Message-ID:\s*(\S+)/im.exec(head)?.[1] ?? '';
}
