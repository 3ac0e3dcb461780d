import tls from 'node:tls';
import type { ReachProblem } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import type { BoardTools } from './board-type';

/** How far this computer's clock may be off before it is named as the reason, in ms. */
export const CLOCK_TOLERANCE_MS = 10 * 60_000;
const LOOK_MS = 5_000;

/** What a person is told when a desk could not be reached. A certificate that only a wrong clock refuses is the clock's fault. */
export async function reachProblemOf(
  fault: DeskFault,
  place: URL,
  { clock }: Pick<BoardTools, 'clock'>,
): Promise<ReachProblem> {
  switch (fault.kind) {
    case 'offline':
      if (fault.cause !== 'certificate') return fault.cause;
      return (await isClockOff(place, clock.now())) ? 'clockOff' : 'certificate';
    case 'throttled':
      return 'busy';
    case 'serverFault':
    case 'ambiguous':
      return 'busy';
    case 'authExpired':
    case 'rejected':
    case 'conflict':
      return 'notADesk';
  }
}

/**
 * Whether the server would be trusted at the time it says itself. Asks without trusting it, sends nothing but a request for
 * its head, and uses the answer for words only.
 */
async function isClockOff(place: URL, now: Date): Promise<boolean> {
  const seen = await lookAt(place);
  if (seen === null) return false;
  const { date, from, to } = seen;
  const isOff = Math.abs(date.getTime() - now.getTime()) > CLOCK_TOLERANCE_MS;
  const isValid = (at: Date): boolean => from <= at && at <= to;
  return isOff && isValid(date) && !isValid(now);
}

interface Seen {
  readonly date: Date;
  readonly from: Date;
  readonly to: Date;
}

function lookAt(place: URL): Promise<Seen | null> {
  return new Promise((resolve) => {
    const host = place.hostname.replace(/^\[|\]$/g, '');
    const socket = tls.connect(
      {
        host,
        port: Number(place.port || 443),
        rejectUnauthorized: false,
        ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }),
      },
      () => socket.write(`HEAD / HTTP/1.1\r\nHost: ${place.host}\r\nConnection: close\r\n\r\n`),
    );
    let text = '';
    const done = (seen: Seen | null): void => {
      socket.destroy();
      resolve(seen);
    };
    socket.setTimeout(LOOK_MS, () => done(null));
    socket.on('error', () => done(null));
    socket.on('close', () => done(null));
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1');
      const stated = /^date: (.+)$/im.exec(text)?.[1];
      if (stated === undefined) return text.length > 16_384 ? done(null) : undefined;
      const { valid_from: from, valid_to: to } = socket.getPeerCertificate();
      const [date, start, end] = [new Date(stated), new Date(from), new Date(to)];
      const isWhole = [date, start, end].every((one) => !Number.isNaN(one.getTime()));
      return done(isWhole ? { date, from: start, to: end } : null);
    });
  });
}
