/** Somebody's computer with Deskbell's sign-in on it: real keyring files, a real provider, and a browser without a window. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createBrowserSignIn, type BrowserSignIn } from '../../../src-main/auth/oidc/browser-sign-in';
import { leaveProvider } from '../../../src-main/auth/oidc/leave';
import type { BrowserWay } from '../../../src-main/auth/oidc/provider';
import type { Tokens } from '../../../src-main/auth/oidc/tokens';
import { createSessions, type Sessions } from '../../../src-main/auth/sessions';
import { createClock } from '../../../src-main/platform/clock';
import { createSecrets, type Secrets } from '../../../src-main/platform/secrets';
import type { Clock } from '../../../src-main/platform/types';
import { browse, type Cookie, type Habits, type Page } from '../../support/browser.mjs';
import { quietLog } from '../../support/quiet-log';
import type { TestProvider } from './provider';

/** The machine's clock, a while ahead or behind. */
export const clockOff = (ms: number): Clock & { set(ms: number): void } => {
  const clock = createClock();
  let by = ms;
  return { now: () => new Date(Date.now() + by), after: clock.after, set: (next) => void (by = next) };
};

/** How a computer is. */
export interface StationOptions {
  readonly clock?: Clock;
  /** Whether there is a keyring that protects something. Default: yes. */
  readonly keyring?: boolean;
  /** Whether there is a browser. Default: yes. */
  readonly browser?: boolean;
}

/** A computer. */
export interface Station {
  /** What whoever sits before the browser does. */
  habits: Habits;
  /** Every page the browser was asked to open. */
  readonly opened: string[];
  /** What it showed in the end. */
  readonly pages: Page[];
  /** How often the user came back from it. */
  returned(): number;
  readonly folder: string;
  readonly secrets: Secrets;
  readonly sessions: Sessions;
  readonly browser: BrowserSignIn;
  readonly tools: {
    readonly clock: Clock;
    readonly log: ReturnType<typeof quietLog>;
    readonly userAgent: string;
  };
  readonly random: () => number;
  /** The browser forgets who signed in with it. */
  forgetCookies(): void;
  giveBack(way: BrowserWay, tokens: Tokens): Promise<void>;
  /** The same computer after Deskbell was started anew. */
  restarted(): Station;
  remove(): void;
}

/** Stands in for the system's keyring: not readable as it is, and there again after a start. */
const safeStorage = (keyring: boolean) => {
  const turn = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
  return {
    isEncryptionAvailable: () => keyring,
    encryptString: (text: string) => turn(Buffer.from(text)),
    decryptString: (bytes: Buffer) => turn(bytes).toString(),
    getSelectedStorageBackend: () => 'gnome_libsecret',
  };
};

/** Sets up a computer. */
export function createStation(options: StationOptions = {}): Station {
  return stationIn(mkdtempSync(path.join(os.tmpdir(), 'deskbell-oidc-')), options, []);
}

function stationIn(folder: string, options: StationOptions, cookies: Cookie[]): Station {
  const { clock = createClock(), keyring = true, browser: hasBrowser = true } = options;
  const log = quietLog();
  const tools = { clock, log, userAgent: 'Deskbell/test' };
  let returned = 0;
  const openPage = async (url: string): Promise<boolean> => {
    station.opened.push(url);
    if (!hasBrowser) return false;
    // A page that cannot be loaded is one that nobody sees.
    void browse(url, station.habits, cookies).then(
      (page) => station.pages.push(page),
      () => undefined,
    );
    return true;
  };
  const secrets = createSecrets({ folder, safeStorage: safeStorage(keyring), platform: 'linux', log });
  const station: Station = {
    habits: { login: 'ada' },
    opened: [],
    pages: [],
    returned: () => returned,
    folder,
    secrets,
    sessions: createSessions({ secrets, tools, openPage }),
    browser: createBrowserSignIn({
      tools,
      openPage,
      onReturned: () => void (returned += 1),
      words: (outcome) => ({ locale: 'en', title: outcome, text: 'Back to <Deskbell>' }),
    }),
    tools,
    random: Math.random,
    forgetCookies: () => void cookies.splice(0),
    giveBack: async (way, tokens) => void (await leaveProvider(way, tokens, tools)),
    restarted: () => stationIn(folder, options, cookies),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  return station;
}

/** How a board lets the people of a provider in. */
export const wayOf = ({ issuer, clientId, scopes }: TestProvider): BrowserWay => ({
  kind: 'browser',
  issuer,
  clientId,
  scopes: [...scopes],
  prompt: 'consent',
});

/** Signs in. @throws Error when it does not work */
export async function tokensFor(station: Station, way: BrowserWay): Promise<Tokens> {
  const signedIn = await station.browser.signIn(way, { signal: new AbortController().signal });
  if (!signedIn.ok) throw new Error(`Not signed in: ${signedIn.fault}`);
  return signedIn.value;
}
