import dns from 'node:dns';
import { statfs } from 'node:fs/promises';
import os from 'node:os';
import type * as SystemInformation from 'systeminformation';
import type { DeviceFact } from '@shared/domain/device';
import { adaptersUp, vpnNames, type KnownKinds } from './adapters';
import { within, type Probe } from './collect';

/** What the board said about the time. */
export interface DeskAnswer {
  /** The `Date` of its answer; `null`: it gave none. */
  readonly date: Date | null;
  /** From asking to answer, in ms. */
  readonly took: number;
  /** When the answer was there, by this computer's clock. */
  readonly at: Date;
}

/** What the probes ask. Nobody but this system and the desk's own host is ever asked. */
export interface ProbeDeps {
  /** The library for what Node does not know. Loaded with the first look. */
  readonly system: () => Promise<
    Pick<
      typeof SystemInformation,
      'osInfo' | 'mem' | 'networkInterfaces' | 'networkGatewayDefault' | 'wifiConnections' | 'battery'
    >
  >;
  /** The desk's host name; `null` where the desk is on this computer. */
  readonly deskHost: () => string | null;
  /** Asks the desk for a sign of life; `null`: none. */
  readonly askDesk: () => Promise<DeskAnswer | null>;
  /** What the system says about being connected. */
  readonly isOnline: () => boolean;
  /** Since the computer was started, in seconds. */
  readonly uptime: () => number;
}

/** What the system knows of its adapters may take this long, in ms; their names tell almost as much. */
const KINDS_MS = 1_000;
const NO_KINDS: { readonly kinds: KnownKinds; readonly first: string | null } = {
  kinds: new Map(),
  first: null,
};

type FactOf<Key extends DeviceFact['key']> = Omit<Extract<DeviceFact, { key: Key }>, 'key'>;

/** Every probe, in the order in which the facts are shown. */
export function deviceProbes(deps: ProbeDeps): readonly Probe[] {
  const { system } = deps;
  const asked = shared(deps.askDesk);
  return [
    probe('hostName', async () => ({ name: short(os.hostname()) })),
    probe('user', async () => ({ name: short(os.userInfo().username) })),
    probe('os', async () => {
      const { distro, release, build } = await (await system()).osInfo();
      const isNew = known(build) !== '' && !release.includes(build);
      const version = [known(release), isNew && `(${build})`].filter(Boolean).join(' ');
      return { name: short(known(distro) || os.type()), version: short(version || os.release()) };
    }),
    probe('uptime', async () => ({ seconds: deps.uptime() })),
    probe('memory', async () => {
      const { total, available } = await (await system()).mem();
      return { total, available };
    }),
    probe('disk', async () => {
      const { blocks, bavail, bsize } = await statfs(os.homedir());
      return { total: blocks * bsize, free: bavail * bsize };
    }),
    probe('network', async () => {
      const { kinds, first } = await within(KINDS_MS, () => kindsOf(system)).catch(() => NO_KINDS);
      return { adapters: adaptersUp(os.networkInterfaces(), kinds, first).slice(0, 10) };
    }),
    probe('wifi', async () => {
      const [connection] = await (await system()).wifiConnections();
      // Its name (the SSID) is nobody's business.
      const quality: unknown = connection?.quality;
      return typeof quality === 'number' && quality >= 0 && quality <= 100 ? { percent: quality } : null;
    }),
    probe('vpn', async () => ({ names: vpnNames(os.networkInterfaces()).slice(0, 5).map(short) })),
    probe('gateway', async () => {
      const address = await (await system()).networkGatewayDefault();
      return { address: address === '' ? null : short(address) };
    }),
    probe('dns', async () => ({
      servers: dns.getServers().slice(0, 4).map(short),
      findsDesk: await findsDesk(deps.deskHost()),
    })),
    probe('internet', async () => {
      const isLocal = deps.deskHost() === null;
      if (isLocal) return { online: deps.isOnline(), desk: 'local' as const };
      const answers = (await asked()) !== null;
      return { online: deps.isOnline(), desk: answers ? ('answers' as const) : ('silent' as const) };
    }),
    probe('battery', async () => {
      const { hasBattery, percent, isCharging } = await (await system()).battery();
      return hasBattery ? { percent: Math.min(Math.max(percent, 0), 100), charging: isCharging } : null;
    }),
    probe('timeZone', async () => ({
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      offset: -new Date().getTimezoneOffset(),
    })),
    probe('clock', async () => {
      const answer = await asked();
      if (answer === null || answer.date === null) throw new Error('The desk told no time');
      // The header has whole seconds, cut off: on average half a second too early.
      const there = answer.date.getTime() + 500;
      const here = answer.at.getTime() - answer.took / 2;
      return { ahead: Math.round(here - there), accuracy: Math.round(500 + answer.took / 2) };
    }),
  ];
}

function probe<Key extends DeviceFact['key']>(key: Key, run: () => Promise<FactOf<Key> | null>): Probe {
  return {
    key,
    run: async () => {
      const fact = await run();
      return fact === null ? null : ({ key, ...fact } as unknown as DeviceFact);
    },
  };
}

/** Two probes of one look need the desk's answer: it is asked once. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | null = null;
  return () => {
    asking ??= ask().finally(() => (asking = null));
    return asking;
  };
}

/** The kinds of the adapters as the system knows them, and which one is in use. */
async function kindsOf(system: ProbeDeps['system']): Promise<{ kinds: KnownKinds; first: string | null }> {
  const listed = [await (await system()).networkInterfaces()].flat();
  const kinds = new Map<string, 'wifi' | 'wired'>();
  for (const { iface, type } of listed) {
    if (type === 'wireless') kinds.set(iface, 'wifi');
    else if (type === 'wired') kinds.set(iface, 'wired');
  }
  return { kinds, first: listed.find((one) => one.default)?.iface ?? null };
}

async function findsDesk(host: string | null): Promise<boolean | null> {
  if (host === null) return null;
  try {
    await dns.promises.lookup(host);
    return true;
  } catch {
    // Not found, or no server answered: the same to the user.
    return false;
  }
}

/** The library says "unknown" and the like for what it does not know. */
const known = (text: string | undefined): string =>
  text && !/^unknown$/i.test(text.trim()) ? text.trim() : '';
const short = (text: string): string => text.slice(0, 200);
