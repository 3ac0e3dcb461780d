import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { MailRoute } from '@shared/domain/board';
import { createAuthority, type Authority, type ServerCertificate } from '../../support/certificates';

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
  readonly mail: ParsedMail;
}

/** How to run it. */
export interface MailServerOptions {
  /** Default: `none`. */
  readonly security?: MailRoute['security'];
  /** Names and passwords; left out: nobody is asked. */
  readonly users?: Readonly<Record<string, string>>;
  /** Largest message in bytes, announced in EHLO. */
  readonly size?: number;
  /** Who certifies it, and as whom; left out: an authority of its own, for 127.0.0.1 and localhost. */
  readonly certificate?: ServerCertificate;
  /** Does not offer these extensions. */
  readonly without?: readonly ('STARTTLS' | 'PIPELINING' | 'AUTH')[];
  /** The port of an earlier one, which is back. */
  readonly port?: number;
}

/** A real mail server on this computer. */
export interface MailServer {
  readonly route: MailRoute;
  /** Trust it with this. */
  readonly ca: string;
  readonly arrived: readonly Arrived[];
  /** Who has signed in, in order. */
  readonly signedIn: readonly string[];
  /** The next one that gets that far is refused. */
  refuse(...refusals: readonly Refusal[]): void;
  /** From now on nothing is refused. */
  clear(): void;
  /** Waits this long before it says that a message is taken, in ms. */
  slowDown(ms: number): void;
  /** Whether no message is on its way into it. */
  isIdle(): boolean;
  /** Messages with this Message-ID (or with this ref in it). */
  count(ref: string): number;
  close(): Promise<void>;
}

export const DESK = 'help@desk.example';
export const BILLING = 'billing@desk.example';

/** Starts one. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { security = 'none', users, without = [] } = options;
  const authority: Authority = createAuthority();
  const { cert, key } = options.certificate ?? authority.issue(['localhost', '127.0.0.1']);
  const arrived: Arrived[] = [];
  const signedIn: string[] = [];
  const refusals: Refusal[] = [];
  /** Sessions in which a message is coming, or being read. */
  const coming = new Set<string>();
  const reading = new Set<string>();
  let delay = 0;

  const refusalOf = (stage: Stage, address?: string): Error | null => {
    const at = refusals.findIndex(
      (one) => one.stage === stage && (one.address === undefined || one.address === address),
    );
    const [refusal] = at < 0 ? [] : refusals.splice(at, 1);
    return refusal ? Object.assign(new Error(refusal.words), { responseCode: refusal.code }) : null;
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
    onAuth({ username = '', password = '' }, _session, done) {
      const refused = refusalOf('auth');
      if (refused) return done(refused);
      if (users?.[username] !== password)
        return done(Object.assign(new Error('Authentication failed'), { responseCode: 535 }));
      signedIn.push(username);
      done(null, { user: username });
    },
    onMailFrom: (_address, _session, done) => done(refusalOf('mail')),
    onRcptTo: ({ address }, _session, done) => done(refusalOf('rcpt', address)),
    onClose: ({ id }) => void coming.delete(id),
    onData(stream, { id, envelope }, done) {
      coming.add(id);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refused = refusalOf('data');
        if (refused) {
          coming.delete(id);
          return done(refused);
        }
        const raw = Buffer.concat(chunks);
        reading.add(id);
        void simpleParser(raw).then((mail) => {
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          reading.delete(id);
          coming.delete(id);
          arrived.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw, mail });
          setTimeout(() => done(null, 'taken'), delay);
        });
      });
    },
  };
  const server = new SMTPServer(settings);
  // Clients that go away in the middle are what the tests are about.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
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
    signedIn,
    refuse: (...more) => void refusals.push(...more),
    clear: () => void refusals.splice(0),
    slowDown: (ms) => void (delay = ms),
    isIdle: () => coming.size + reading.size === 0,
    count: (ref) => arrived.filter(({ mail }) => mail.messageId?.includes(ref) === true).length,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
