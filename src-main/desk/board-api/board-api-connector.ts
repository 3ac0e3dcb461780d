import type { Clock, Log, Random } from '../../platform/types';
import { parseBaseUrl } from '../base-url';
import type { Capabilities } from '@shared/domain/board';
import type { DeskConnector } from '../connector';
import { createHttp, type HttpTimeouts } from '../http';
import type { WaysTo } from '../ways';
import { createCalls } from './calls';
import { checkBoard } from './check';
import { createEvents } from './events';
import { createReading } from './reading';
import { createWriting } from './writing';

/** What the connector needs. */
export interface BoardApiOptions {
  /** The board's address, e.g. `https://desk.example.com`; https except on this computer. */
  readonly baseUrl: string;
  /** A bearer token that is good now; `null` when nobody is signed in. */
  readonly accessToken: () => Promise<string | null>;
  /** The board refused this token: gets another without asking the user. Resolves to whether there is one. Default: never. */
  readonly renewToken?: (refused: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: Random;
  /** E.g. `Deskbell/0.1.0`. */
  readonly userAgent?: string;
  readonly timeouts?: Partial<HttpTimeouts>;
  /** Longest silence of the event stream before it counts as dead, in ms. Default: 45 s. */
  readonly heartbeatLimit?: number;
  /** Certificates trusted beside the system's own, PEM. */
  readonly ca?: readonly string[];
  readonly waysTo?: WaysTo;
}

const CAPABILITIES: Capabilities = {
  idempotency: 'header',
  read: true,
  assigneeShown: true,
  files: 'staged',
  reopen: 'transition',
  confirm: true,
  withdraw: true,
  rating: 'scale5',
  join: true,
  since: 'server',
  push: true,
};

/**
 * Connects to a board that speaks the Board API (`src-shared/board-api.ts`): the practice desk, or a provider's gateway.
 * @throws TypeError when the address is none or not secure; check it with `parseBaseUrl` where a person typed it.
 */
export function createBoardApiConnector(options: BoardApiOptions): DeskConnector {
  const baseUrl = parseBaseUrl(options.baseUrl);
  if (!baseUrl.ok) throw new TypeError(`The board's address cannot be used: ${baseUrl.fault}`);
  const {
    accessToken,
    renewToken = async () => false,
    clock,
    log,
    random,
    timeouts,
    ca,
    waysTo,
    userAgent = 'Deskbell',
    heartbeatLimit = 45_000,
  } = options;
  const http = createHttp({
    baseUrl: baseUrl.value,
    clock,
    userAgent,
    ...(timeouts && { timeouts }),
    ca,
    waysTo,
  });
  const calls = createCalls({ http, accessToken, renewToken, clock, log });
  const events = createEvents({ calls, clock, random, log, heartbeatLimit });
  const subscriptions = new Set<() => void>();
  return {
    capabilities: CAPABILITIES,
    ...createReading(calls, log),
    ...createWriting(calls),
    check: (options) => checkBoard(calls, options),
    subscribe(listener) {
      const stop = events.subscribe(listener);
      subscriptions.add(stop);
      return () => {
        subscriptions.delete(stop);
        stop();
      };
    },
    close() {
      subscriptions.forEach((stop) => stop());
      subscriptions.clear();
      http.close();
    },
  };
}
