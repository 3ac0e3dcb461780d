import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { app } from 'electron';
import { ok } from '@shared/domain/result';
import type { Account } from '../auth/accounts';
import { createSelfSession, type Session } from '../auth/session';
import { isLoopback, isLoopbackHost } from '../desk/base-url';
import type { BoardTools } from '../desk/board-type';
import { loadBoardType } from '../desk/boards';
import type { DeskConnector } from '../desk/connector';
import { readLacking } from '../desk/lacking';
import { createWaysTo } from '../desk/ways';
import { createJsonFile } from '../platform/json-file';
import type { Practice } from '../practice-desk/practice';
import type { Core } from './core.types';
import type { Shared } from './services.types';

/** How Deskbell names itself to boards. */
const userAgent = (): string => `Deskbell/${app.getVersion()}`;

/** A board at work for an account. */
export interface OpenedBoard {
  readonly connector: DeskConnector;
  readonly session: Session;
  /** Where it is; `null` for boards without a web address. */
  readonly url: string | null;
  readonly practice: Practice | null;
  readonly quarantined: number;
  close(): Promise<void>;
}

/** Opens the board of the account that keeps its data in `folder`. */
export function openBoard(account: Account, folder: string, shared: Shared): Promise<OpenedBoard> {
  return account.target.kind === 'practice'
    ? openPractice(account, shared)
    : openRemote(account, folder, shared);
}

/** What every kind of board works with. */
export const boardTools = ({ clock, log, appState }: Core): BoardTools => ({
  clock,
  log,
  random: Math.random,
  userAgent: userAgent(),
  ...systemCertificates(),
  waysTo: createWaysTo({ resolveProxy: (address) => app.resolveProxy(address), clock, log }),
  locale: appState.get().locale,
});

/**
 * The certificates this computer trusts beside those that come with Node: a company's own authority. Only newer runtimes can
 * tell; `NODE_EXTRA_CA_CERTS` works on all. https://nodejs.org/api/tls.html#tlsgetcacertificatestype
 */
function systemCertificates(): Pick<BoardTools, 'ca'> {
  const get = 'getCACertificates' in tls ? (tls.getCACertificates as (type: string) => string[]) : null;
  return get === null ? {} : { ca: [...new Set([...get('default'), ...get('system'), ...get('extra')])] };
}

/** Whether a board is on this computer, so that a missing network does not matter. */
export function isLocal({ target }: Pick<Account, 'target'>): boolean {
  switch (target.kind) {
    case 'practice':
      return true;
    case 'boardApi':
    case 'rt':
      return isLoopback(new URL(target.url));
    case 'email':
      return isLoopbackHost(target.host);
  }
}

async function openRemote(account: Account, folder: string, shared: Shared): Promise<OpenedBoard> {
  const { target, person } = account;
  if (target.kind === 'practice') throw new TypeError('the practice desk is on this computer');
  const type = await loadBoardType(target.kind);
  const session = shared.sessions.of(account);
  const tools = boardTools(shared.core);
  const ask = type.lacking?.bind(type, target, session, tools);
  const file = createJsonFile(path.join(folder, 'lacking.json'));
  const lacking = ask === undefined ? [] : await readLacking({ file, ask, ...shared.core });
  return {
    connector: type.connect(target, session, person, tools, lacking),
    session,
    url: 'url' in target ? target.url : null,
    practice: null,
    quarantined: 0,
    close: async () => undefined,
  };
}

/** A practice desk of our own, or one that runs already (tests, two clients). */
async function openPractice(account: Account, shared: Shared): Promise<OpenedBoard> {
  const running = shared.core.developer ? process.env['DESKBELL_PRACTICE_URL'] : undefined;
  const [{ boardApi }, desk] = await Promise.all([
    import('../desk/board-api/board-api'),
    running ? enterRunningDesk(running, account, shared) : startPracticeDesk(account, shared.core),
  ]);
  const target = { kind: 'boardApi', url: desk.url } as const;
  const connector = boardApi.connect(target, desk.session, account.person, boardTools(shared.core));
  return { ...desk, connector };
}

/** Starts the embedded practice desk. Its token is new with every start and never leaves memory. */
async function startPracticeDesk(account: Account, { developer, folders, clock, log, t }: Core) {
  const [{ createPracticeDesk }, { PACES }, { createPractice }] = await Promise.all([
    import('../practice-desk/practice-desk'),
    import('../practice-desk/types'),
    import('../practice-desk/practice'),
  ]);
  const pace = developer ? process.env['DESKBELL_PRACTICE_PACE'] : undefined;
  const token = randomBytes(32).toString('base64url');
  const desk = await createPracticeDesk({
    dataDir: path.join(folders.userData, 'practice-desk'),
    port: 0,
    pace: PACES.find((known) => known === pace) ?? 'quick',
    clock,
    random: Math.random,
    log,
    token,
    owner: account.person,
  });
  const session: Session = {
    credential: async () => ({ kind: 'bearer', token }),
    renew: async () => false,
    end: async () => undefined,
  };
  return {
    url: desk.url,
    session,
    practice: createPractice(desk, clock, t('tray:practiceHoliday')),
    quarantined: desk.movedAside === null ? 0 : 1,
    close: () => desk.close(),
  };
}

/** Enters a practice desk that runs by itself, as the person of the account. */
async function enterRunningDesk(url: string, account: Account, { core, secrets }: Shared) {
  const { createEntrance } = await import('../desk/board-api/entrance');
  const entrance = createEntrance({ baseUrl: url, clock: core.clock, userAgent: userAgent() });
  const signIn = async () => {
    const entered = await entrance.signInAs(account.person);
    return entered.ok ? ok(entered.value.token) : entered;
  };
  const session = createSelfSession({ name: account.id, secrets, signIn, log: core.log });
  return { url, session, practice: null, quarantined: 0, close: async () => entrance.close() };
}

/** The practice desk takes everybody; the user of this computer is called as its login is. */
export function practiceAccount(deskName: string): Account {
  const { username } = os.userInfo();
  const name = username === '' ? 'Guest' : username.charAt(0).toUpperCase() + username.slice(1);
  return {
    id: 'practice',
    target: { kind: 'practice' },
    signIn: { kind: 'nothing' },
    login: '',
    deskName,
    person: { name, email: `${username.replace(/[^\w.-]/g, '') || 'guest'}@practice.example`, phone: '' },
  };
}
