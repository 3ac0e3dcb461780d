import { createTranslator } from '@shared/locales';
import { createEmailConnector } from '../../../src-main/desk/email/email-connector';
import type { DeskConnector } from '../../../src-main/desk/connector';
import { createClock } from '../../../src-main/platform/clock';
import type { BoardKind, BoardUnderTest, ConnectOptions } from '../board';
import type { FaultProxy, ProxyFault } from '../fault-proxy';
import { ADA } from './client';
import { startLine, type LineFault } from './line';
import { startMailServer } from './mail-server';

/** Time limits that let a test meet every one of them, and still take 25 MB. */
const LIMITS = { connect: 4_000, reply: 4_000, answer: 4_000 };
const SIGN_IN = { kind: 'password', name: 'ada', password: 'correct horse' } as const;
const BANNED = 'eve@harbour-tea.example';

/** What of HTTP's faults there is on the way to a mail server. */
const AS_LINE: Readonly<Partial<Record<ProxyFault, LineFault>>> = {
  resetBefore: 'beforeContent',
  portal: 'portal',
  silence: 'silent',
  resetAfter: 'answerLost',
  cutAfter: 'answerCut',
  silenceAfter: 'answerSilent',
  pageAfter: 'answerGarbled',
};

/** A mailbox of its own behind a real mail server, as ada writes to it. */
async function startEmailBoard(): Promise<BoardUnderTest> {
  const server = await startMailServer({ users: { [SIGN_IN.name]: SIGN_IN.password } });
  const url = `smtp://127.0.0.1:${server.route.port}`;
  const connectAs = (
    email: string,
    { url: at = url, isSignedOut = () => false }: ConnectOptions,
  ): DeskConnector =>
    createEmailConnector({
      route: { ...server.route, port: Number(new URL(at).port) },
      session: { credential: async () => (isSignedOut() ? null : SIGN_IN) },
      sender: { ...ADA, email },
      clock: createClock(),
      t: createTranslator('en').t,
      limits: LIMITS,
    });
  const notReadable = (): Promise<never> => Promise.reject(new Error('A mailbox cannot be read'));
  return {
    url,
    connect: (options = {}) => connectAs(ADA.email, options),
    carriedOut: async (ref) => server.count(ref),
    resolve: notReadable,
    reply: notReadable,
    announceOutage: notReadable,
    many: notReadable,
    async refusing() {
      server.ban(BANNED);
      return { desk: connectAs(BANNED, {}), relent: async () => server.allow(BANNED) };
    },
    stop: () => server.stop(),
    start: () => server.start(),
    close: () => server.close(),
  };
}

/** A bad line that is told of HTTP's faults. A session carries one write, so every session is one request. */
async function startMailProxy(target: string): Promise<FaultProxy> {
  const line = await startLine(Number(new URL(target).port));
  const asLine = (fault: ProxyFault | null): LineFault | null =>
    fault === null ? null : (AS_LINE[fault] ?? null);
  return {
    url: `smtp://127.0.0.1:${line.port}`,
    choose: (chooser) => line.choose(() => asLine(chooser('POST', '/'))),
    once: (_path, fault) => line.meet(asLine(fault)),
    clear: () => line.clear(),
    close: () => line.close(),
    open: () => line.open(),
  };
}

/** A desk that is a mailbox. */
export const MAILBOX: BoardKind = {
  name: 'E-mail',
  capabilities: {
    idempotency: 'none',
    read: false,
    assigneeShown: false,
    files: 'inline',
    reopen: 'none',
    confirm: false,
    withdraw: false,
    rating: 'none',
    join: false,
    since: 'none',
    push: false,
  },
  createPath: '/',
  faults: Object.keys(AS_LINE) as ProxyFault[],
  startProxy: startMailProxy,
  start: startEmailBoard,
};
