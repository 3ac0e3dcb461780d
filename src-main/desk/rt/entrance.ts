import type { BoardTarget } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import { cleanText } from '@shared/domain/text';
import { atPath } from '../base-url';
import type { BoardTools, FoundBoard } from '../board-type';
import type { Answer, Exchange } from '../exchange';
import { createHttp, type Http } from '../http';
import { faultOfSilence, jsonOf } from '../http-faults';
import { rtUserAgent } from './user-agent';

/** Where an RT is. */
export type RtTarget = Extract<BoardTarget, { kind: 'rt' }>;

const TIMEOUTS = { connect: 8_000, silence: 8_000, overall: 15_000 };
const MAX_PAGE_BYTES = 512 * 1024;
/** Pages of RT's own, below the address that counts. */
const OWN_PAGES = /\/(?:index\.html|SelfService|NoAuth|Ticket|Search|Dashboards|REST|m)(?:\/.*)?$/;
/** The first line of RT's older interface. */
const OLD_INTERFACE = /^RT\/\d+\.\d+/;

/** The address of an RT for one that may be of a page in it. */
export const rootOf = (address: URL): URL => atPath(address, address.pathname.replace(OWN_PAGES, ''));

/**
 * Whether an RT answers at an address, and how it calls itself; `null`: something else does. Asks as a stranger: REST2 must
 * want a sign-in, and the older interface or the page for signing in must be RT's.
 */
export async function recognise(
  url: URL,
  { clock, userAgent, ca, waysTo }: BoardTools,
  signal?: AbortSignal,
): Promise<Result<string | null, DeskFault>> {
  const http = createHttp({
    baseUrl: url,
    clock,
    userAgent: rtUserAgent(userAgent),
    timeouts: TIMEOUTS,
    ca,
    waysTo,
  });
  try {
    return await ask(http, url, signal);
  } finally {
    http.close();
  }
}

async function ask(
  http: Http,
  url: URL,
  signal: AbortSignal | undefined,
): Promise<Result<string | null, DeskFault>> {
  const get = (path: string, accept: string): Promise<Exchange> =>
    http.send({
      method: 'GET',
      path,
      headers: { Accept: accept },
      maxBytes: MAX_PAGE_BYTES,
      ...(signal && { signal }),
    });
  const rest = await get('/REST/2.0/rt', 'application/json');
  if (rest.kind !== 'answer') {
    const fault = faultOfSilence(rest, 'read');
    const isOther = fault.kind === 'offline' && fault.cause === 'captivePortal';
    return isOther || fault.kind === 'serverFault' ? ok(null) : err(fault);
  }
  if (!wantsSignIn(rest)) return ok(null);
  const [old, page] = await Promise.all([get('/REST/1.0/', 'text/plain'), get('/', 'text/html')]);
  const name = nameOn(textOf(page));
  if (name === null && !OLD_INTERFACE.test(textOf(old))) return ok(null);
  return ok(name ?? url.hostname);
}

/** How REST2 greets a stranger. */
const wantsSignIn = (answer: Answer): boolean =>
  answer.status === 401 && typeof (jsonOf(answer) as { message?: unknown } | undefined)?.message === 'string';

const textOf = (exchange: Exchange): string =>
  exchange.kind === 'answer' ? new TextDecoder().decode(exchange.body) : '';

/** RT's name, which its page for signing in tells its scripts. */
function nameOn(page: string): string | null {
  const name = /RT\.Config\s*=\s*\{[^\n]*?"rtname"\s*:\s*("(?:[^"\\]|\\.){1,200}")/.exec(page)?.[1];
  if (name === undefined) return null;
  try {
    return cleanText(String(JSON.parse(name))).trim() || null;
  } catch {
    return null;
  }
}

/** The board that was recognised at its address. */
export const foundRt = (target: RtTarget, name: string): FoundBoard<RtTarget> => ({
  target,
  name: name.slice(0, 200),
  signIn: { kind: 'password', orToken: true },
});
