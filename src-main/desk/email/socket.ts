import net from 'node:net';
import tls from 'node:tls';
import type { MailRoute } from '@shared/domain/board';
import { err, ok, type Result } from '@shared/domain/result';
import type { Clock } from '../../platform/types';
import { isLoopbackHost } from '../base-url';
import { codeOf, failure } from '../exchange';
import type { Failure } from './failure';

/** Where to connect. */
export type MailServer = Pick<MailRoute, 'host' | 'port' | 'security'>;

/** Whether nobody in between can read along: TLS, or this computer itself (DESIGN: security, always on). */
export const isPrivate = ({ host, security }: MailServer): boolean =>
  security !== 'none' || isLoopbackHost(host);

/** What is trusted for TLS: certificates beside the system's own, PEM. Names are always checked. */
export function trust(host: string, ca: readonly string[] | undefined): tls.ConnectionOptions {
  return {
    ...(ca ? { ca: [...tls.rootCertificates, ...ca] } : {}),
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
  };
}

/** What connecting needs. */
export interface ConnectDeps {
  readonly clock: Pick<Clock, 'after'>;
  readonly ca: readonly string[] | undefined;
  /** How long it may take, in ms. */
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Connects by the system's own name look-up, which knows the names of a company's network, and with TLS where it is to be
 * there from the first byte. The socket has a listener for errors, so that one that comes early ends nobody.
 */
export function connectTo(
  server: MailServer,
  { clock, ca, limit, signal }: ConnectDeps,
): Promise<Result<net.Socket, Failure>> {
  const { host, port, security } = server;
  return new Promise((resolve) => {
    let isSettled = false;
    const isTls = security === 'tls';
    const socket = isTls ? tls.connect({ host, port, ...trust(host, ca) }) : net.connect({ host, port });
    const settle = (result: Result<net.Socket, Failure>): void => {
      if (isSettled) return;
      isSettled = true;
      stopTimer();
      signal?.removeEventListener('abort', onAbort);
      if (!result.ok) socket.destroy();
      resolve(result);
    };
    const fail = (code: string, gaveUp: 'timeout' | 'cancelled' | null): void => {
      const unsent = failure('connecting', code, gaveUp);
      if (unsent.kind === 'unsent') settle(err({ kind: 'noConnection', cause: unsent.cause }));
    };
    const onAbort = (): void => fail('', 'cancelled');
    const stopTimer = clock.after(limit, () => fail('', 'timeout'));
    socket.on('error', (error: Error) => fail(codeOf(error), null));
    socket.once('close', () => fail('ECONNRESET', null));
    socket.once(isTls ? 'secureConnect' : 'connect', () => settle(ok(socket)));
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
  });
}
