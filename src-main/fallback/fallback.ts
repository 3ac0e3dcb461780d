import type { BoardTarget, SignInProblem } from '@shared/domain/board';
import type { Credential } from '@shared/domain/credential';
import {
  FallbackSchema,
  offeredAt,
  type Fallback as FallbackSettings,
  type FallbackAnswer,
  type FallbackState,
} from '@shared/domain/fallback';
import type { DeskFault } from '@shared/domain/fault';
import type { KeptSession } from '../auth/kept-session';
import { isLoopbackHost } from '../desk/base-url';
import type { BoardTools, BoardType } from '../desk/board-type';
import type { DeskConnector } from '../desk/connector';
import type { Clock, Log, NetworkState } from '../platform/types';
import type { Away } from './away';
import type { Chosen } from './chosen';

/** What the fallback of an account needs. */
export interface FallbackDeps {
  readonly chosen: Chosen;
  readonly away: Away;
  /** Called when the organisation may have set something else. */
  readonly onManaged: (listener: () => void) => () => void;
  /** Keeps the mail account's password. */
  readonly session: KeptSession;
  /** Loads the e-mail board when something is to be sent by it. */
  readonly loadEmail: () => Promise<BoardType>;
  readonly tools: BoardTools;
  readonly network: NetworkState;
  readonly clock: Clock;
  readonly log: Log;
}

/** E-mail as the way around a board that is out of reach. */
export interface Fallback {
  /** `null`: not set up. */
  settings(): FallbackSettings | null;
  /** Whether the organisation has set the mail server and the mailboxes. */
  isManaged(): boolean;
  hasPassword(): Promise<boolean>;
  /**
   * Tries to sign in with it, and keeps it if that works. `password`: `null` keeps the one there is. Turning it off or changing
   * when it is offered asks no server.
   */
  set(wanted: FallbackSettings, password: string | null): Promise<FallbackAnswer>;
  /** Forgets it, the password included. */
  remove(): Promise<void>;
  /** `null`: not set up, or never to be offered. */
  state(): FallbackState | null;
  /** What is known of the board's reach. */
  noteReach(reach: Parameters<Away['note']>[0]): void;
  onChange(listener: () => void): () => void;
  /** What sends by e-mail; `null`: not set up. Loaded when first asked for. */
  connector(): Promise<DeskConnector | null>;
  /** Whether sending makes sense now: there is a network, or the mail server is on this computer. */
  canSend(): boolean;
  /** Stores everything and lets go of everything. */
  close(): Promise<void>;
}

/** A clock that was set is noticed within this time. In milliseconds. */
const LONGEST_WAIT_MS = 60_000;

/** Makes the fallback of an account; nothing is loaded and nobody is asked before something is sent by it. */
export function createFallback(deps: FallbackDeps): Fallback {
  const { chosen, away, session, tools, clock, log } = deps;
  const listeners = new Set<() => void>();
  let connected: Promise<DeskConnector> | null = null;
  let cancelTimer = (): void => undefined;

  const tell = (): void => listeners.forEach((listener) => listener());

  /** Tells when the offer begins. */
  function arm(): void {
    cancelTimer();
    const settings = chosen.settings();
    const at = settings === null ? null : offeredAt(settings, away.since());
    const wait = at === null ? 0 : at.getTime() - clock.now().getTime();
    if (wait > 0) cancelTimer = clock.after(Math.min(wait, LONGEST_WAIT_MS), changed);
  }
  function changed(): void {
    arm();
    tell();
  }

  const connectTo = async (
    { route, sender }: FallbackSettings,
    credential: () => Promise<Credential | null>,
  ): Promise<DeskConnector> => {
    const target: BoardTarget = { kind: 'email', ...route };
    return (await deps.loadEmail()).connect(target, { credential }, sender, tools);
  };

  async function letGo(): Promise<void> {
    const before = connected;
    connected = null;
    (await before?.catch(() => null))?.close();
  }

  async function credentialFor(
    { route, login }: FallbackSettings,
    password: string | null,
  ): Promise<Credential | null> {
    if (!route.signIn) return { kind: 'nothing' };
    if (password !== null) return { kind: 'password', name: login, password };
    const kept = await session.credential();
    return kept?.kind === 'password' ? { ...kept, name: login } : null;
  }

  async function problemOf(wanted: FallbackSettings, credential: Credential): Promise<SignInProblem | null> {
    const connector = await connectTo(wanted, async () => credential);
    const entered = await connector.whoAmI();
    connector.close();
    return entered.ok ? null : problemOfFault(entered.fault);
  }

  async function keep(wanted: FallbackSettings, credential: Credential | null): Promise<void> {
    await chosen.keep(wanted);
    if (credential?.kind === 'password') await session.begin(credential);
    if (credential?.kind === 'nothing') await session.end();
    await letGo();
    changed();
  }

  const stops = [
    deps.network.onChange(() => tell()),
    deps.onManaged(() => {
      void letGo();
      changed();
    }),
  ];
  arm();
  return {
    settings: () => chosen.settings(),
    isManaged: () => chosen.isManaged(),
    hasPassword: async () =>
      chosen.settings()?.route.signIn === true && (await session.credential())?.kind === 'password',

    async set(asked, password) {
      const wanted = chosen.asAllowed(asked);
      const settings = chosen.settings();
      if (settings !== null && password === null && isSameWay(settings, wanted)) {
        await keep(wanted, null);
        return { kind: 'kept' };
      }
      const credential = await credentialFor(wanted, password);
      if (credential === null) return { kind: 'refused', problem: 'wrongPassword' };
      const problem = await problemOf(wanted, credential);
      if (problem !== null) {
        log.info('fallback.refused', { problem });
        return { kind: 'refused', problem };
      }
      await keep(wanted, credential);
      return { kind: 'kept' };
    },

    async remove() {
      await chosen.keep(null);
      await session.end();
      await letGo();
      changed();
    },

    state() {
      const settings = chosen.settings();
      if (settings === null || settings.offerAfterMinutes === null || !chosen.isReady()) return null;
      const since = away.since();
      const at = offeredAt(settings, since);
      return {
        deskAddress: settings.route.deskAddress,
        isOffered: at !== null && at <= clock.now() && canSend(),
        awaySince: since?.toISOString() ?? null,
      };
    },

    noteReach(reach) {
      if (away.note(reach)) changed();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    async connector() {
      const settings = chosen.settings();
      if (settings === null) return null;
      connected ??= connectTo(settings, () => session.credential());
      return connected;
    },
    canSend,
    async close() {
      cancelTimer();
      stops.forEach((stop) => stop());
      await letGo();
      await away.settled();
    },
  };

  function canSend(): boolean {
    const settings = chosen.settings();
    return deps.network.isOnline() || (settings !== null && isLoopbackHost(settings.route.host));
  }
}

/** Whether the same server is asked in the same way by the same person. */
function isSameWay(one: FallbackSettings, other: FallbackSettings): boolean {
  const { offerAfterMinutes: _one, ...way } = one;
  const { offerAfterMinutes: _other, ...otherWay } = other;
  return JSON.stringify(FallbackSchema.parse(way)) === JSON.stringify(FallbackSchema.parse(otherWay));
}

function problemOfFault(fault: DeskFault): SignInProblem {
  switch (fault.kind) {
    case 'offline':
      return fault.cause;
    case 'authExpired':
      return 'wrongPassword';
    case 'throttled':
    case 'serverFault':
    case 'ambiguous':
      return 'busy';
    case 'rejected':
    case 'conflict':
      return 'failed';
  }
}
