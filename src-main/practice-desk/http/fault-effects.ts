import type { Context, Next } from 'hono';
import type { DeskClock } from '../types';
import type { Faults } from './faults';
import { kindOfStatus, type MakeProblem } from './problem';
import { alreadySent, respond, type DeskEnv } from './respond';

/** What a captive portal answers in the board's place. */
const PORTAL_PAGE =
  '<!doctype html><html lang="en"><head><title>Guest network</title></head><body><h1>Please accept the terms</h1></body></html>';
/** Long enough for an event stream to have begun. */
const STREAM_HEAD_MS = 50;

/** Lets a request meet the fault that waits for it, or pass. Requests that set faults never meet one. */
export async function meetFault(
  c: Context<DeskEnv>,
  next: Next,
  deps: { faults: Faults; clock: DeskClock; problem: MakeProblem },
): Promise<Response | undefined> {
  const fault = c.req.path.startsWith('/practice/') ? null : deps.faults.take(c.req.method, c.req.path);
  const { socket } = c.env.incoming;
  switch (fault?.kind) {
    case undefined:
      await next();
      return undefined;
    case 'delay':
      await new Promise<void>((resolve) => void deps.clock.after(fault.ms, resolve));
      await next();
      return undefined;
    case 'dropBefore':
      socket.destroy();
      return alreadySent();
    case 'dropAfter':
      await next();
      socket.destroy();
      return replaced(c, alreadySent());
    case 'cutBody':
      await next();
      await sendHalf(c);
      return replaced(c, alreadySent());
    case 'status': {
      const headers =
        fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) };
      const answer = deps.problem(kindOfStatus(fault.status), { headers });
      if (answer.kind !== 'problem') return respond(answer);
      return respond({ ...answer, problem: { ...answer.problem, status: fault.status } });
    }
    case 'html':
      return new Response(PORTAL_PAGE, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  }
}

/** hono keeps the headers of an answer that is replaced unless it is removed first. */
function replaced(c: Context<DeskEnv>, response: Response): undefined {
  c.res = undefined;
  c.res = response;
  return undefined;
}

/** Announces the whole answer and sends half of it. */
async function sendHalf(c: Context<DeskEnv>): Promise<void> {
  const { incoming, outgoing } = c.env;
  if (outgoing.headersSent) {
    setTimeout(() => incoming.socket.destroy(), STREAM_HEAD_MS);
    return;
  }
  const bytes = Buffer.from(await c.res.arrayBuffer());
  outgoing.writeHead(c.res.status, { ...Object.fromEntries(c.res.headers), 'Content-Length': bytes.length });
  await new Promise<void>((resolve) => {
    outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => resolve());
  });
  incoming.socket.destroy();
}
