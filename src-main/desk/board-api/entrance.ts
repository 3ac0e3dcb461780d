import { BoardSchema, PersonaAnswerSchema, type Board, type Person } from '@shared/board-api';
import type * as z from 'zod';
import type { DeskFault } from '@shared/domain/fault';
import type { Result } from '@shared/domain/result';
import type { Clock } from '../../platform/types';
import { parseBaseUrl } from '../base-url';
import { createHttp, type Http, type HttpTimeouts } from '../http';
import { valueOf } from '../http-faults';
import type { WaysTo } from '../ways';
import { ownWords } from './answers';

/** What stands before a board: who answers there, and the practice desk's sign-in. Needs no session. */
export interface Entrance {
  /** Who answers at the address, and how to sign in. Something else than a board is `offline`. */
  board(signal?: AbortSignal): Promise<Result<Board, DeskFault>>;
  /** Practice desk only: signs in as somebody. Repeating it just makes another session. */
  signInAs(
    person: Omit<Person, 'id'>,
    signal?: AbortSignal,
  ): Promise<Result<z.infer<typeof PersonaAnswerSchema>, DeskFault>>;
  close(): void;
}

/** What the entrance needs. */
export interface EntranceOptions {
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly userAgent?: string;
  readonly timeouts?: Partial<HttpTimeouts>;
  /** Certificates trusted beside the system's own, PEM. */
  readonly ca?: readonly string[] | undefined;
  readonly waysTo?: WaysTo | undefined;
}

/**
 * Opens the entrance of a board.
 * @throws TypeError when the address is none or not secure
 */
export function createEntrance({
  baseUrl,
  clock,
  userAgent = 'Deskbell',
  timeouts,
  ca,
  waysTo,
}: EntranceOptions): Entrance {
  const url = parseBaseUrl(baseUrl);
  if (!url.ok) throw new TypeError(`The board's address cannot be used: ${url.fault}`);
  const http: Http = createHttp({
    baseUrl: url.value,
    clock,
    userAgent,
    ...(timeouts && { timeouts }),
    ca,
    waysTo,
  });
  const cancel = (signal: AbortSignal | undefined): { signal?: AbortSignal } => (signal ? { signal } : {});
  return {
    async board(signal) {
      const headers = { Accept: 'application/json' };
      const exchange = await http.send({ method: 'GET', path: '/v1/board', headers, ...cancel(signal) });
      return valueOf(exchange, BoardSchema, 'read', clock.now(), ownWords);
    },
    async signInAs(person, signal) {
      const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
      const body = Buffer.from(JSON.stringify(person));
      const exchange = await http.send({
        method: 'POST',
        path: '/v1/sessions',
        headers,
        body,
        fresh: true,
        ...cancel(signal),
      });
      return valueOf(exchange, PersonaAnswerSchema, 'read', clock.now(), ownWords);
    },
    close: () => http.close(),
  };
}
