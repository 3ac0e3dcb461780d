import { createParser } from 'eventsource-parser';
import { BoardEventSchema } from '@shared/board-api';
import type { DeskFault } from '@shared/domain/fault';
import { assertNever } from '@shared/domain/result';
import type { Clock, Log, Random } from '../../platform/types';
import { backoffDelay } from '../backoff';
import type { BoardPush } from '../connector';
import type { Calls } from './calls';

/** What following the board's events needs. */
export interface EventDeps {
  readonly calls: Calls;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Longest silence, heartbeats included, before the connection counts as dead, in ms. */
  readonly heartbeatLimit: number;
}

/** Follows the board's events. */
export interface Events {
  /**
   * Tells `open` and `closed` for every connection (a failed try is one `closed`) and connects again by itself, with growing waits.
   * After `closed` with `authExpired` it stays closed: subscribe again after signing in. Nothing is told after stopping.
   */
  subscribe(listener: (push: BoardPush) => void): () => void;
}

const RECONNECT = { first: 1_000, longest: 60_000 };
/** A connection that lasted this long was a good one: the waits start anew, in ms. */
const STEADY_MS = 20_000;
/** The board's own wish (`retry:`) counts within these bounds, in ms. */
const RETRY_BOUNDS = { least: 500, most: 300_000 };
/** The longest event taken, in characters. */
const MAX_EVENT_LENGTH = 64 * 1024;

/** Creates the follower of one session; it resumes after the last event seen, also for a later subscriber. */
export function createEvents(deps: EventDeps): Events {
  let lastEventId = '';

  function subscribe(listener: (push: BoardPush) => void): () => void {
    const stopper = new AbortController();
    const tell = (push: BoardPush): void => {
      if (!stopper.signal.aborted) listener(push);
    };
    void follow(tell, stopper.signal);
    return () => stopper.abort();
  }

  async function follow(tell: (push: BoardPush) => void, stopped: AbortSignal): Promise<void> {
    let failures = 0;
    let firstWait = RECONNECT.first;
    while (!stopped.aborted) {
      const openedAt = deps.clock.now().getTime();
      const fault = await connection(tell, stopped, (wait) => (firstWait = wait));
      tell({ kind: 'closed', fault });
      if (fault.kind === 'authExpired') return;
      failures = deps.clock.now().getTime() - openedAt >= STEADY_MS ? 1 : failures + 1;
      await pause(deps.clock, waitAfter(fault, failures, firstWait), stopped);
    }
  }

  function waitAfter(fault: DeskFault, failures: number, first: number): number {
    const own = backoffDelay({ first, longest: Math.max(RECONNECT.longest, first) }, failures, deps.random);
    return fault.kind === 'throttled'
      ? Math.max(own, Date.parse(fault.until) - deps.clock.now().getTime())
      : own;
  }

  /** One connection from start to end; gives the reason of its end. */
  async function connection(
    tell: (push: BoardPush) => void,
    stopped: AbortSignal,
    onRetry: (ms: number) => void,
  ): Promise<DeskFault> {
    const watchdog = createWatchdog(deps.clock, deps.heartbeatLimit, stopped);
    try {
      const resume = lastEventId === '' ? {} : { 'Last-Event-ID': lastEventId };
      const opened = await deps.calls.stream('/v1/events', 'text/event-stream', resume, watchdog.signal);
      if (!opened.ok) return opened.fault;
      tell({ kind: 'open' });
      const parser = createParser({
        maxBufferSize: MAX_EVENT_LENGTH,
        onEvent: (event) => {
          if (event.data !== '') take(event.data, tell);
          if (event.id !== undefined && /^[\x20-\x7e]*$/.test(event.id)) lastEventId = event.id;
        },
        onError: (error) => {
          if (error.type === 'max-buffer-size-exceeded') watchdog.cut();
        },
        onRetry: (ms) => onRetry(Math.min(Math.max(ms, RETRY_BOUNDS.least), RETRY_BOUNDS.most)),
      });
      const text = new TextDecoder();
      for await (const chunk of opened.value as AsyncIterable<Uint8Array>) {
        watchdog.alive();
        parser.feed(text.decode(chunk, { stream: true }));
      }
      return { kind: 'offline', cause: 'unreachable' };
    } catch (error) {
      deps.log.info('desk.eventsBroke', {
        reason: error instanceof Error ? error.name : 'unknown',
        silent: watchdog.barked(),
      });
      return { kind: 'offline', cause: watchdog.barked() ? 'timeout' : 'unreachable' };
    } finally {
      watchdog.end();
    }
  }

  function take(data: string, tell: (push: BoardPush) => void): void {
    const event = BoardEventSchema.safeParse(parseJson(data));
    if (!event.success) {
      // From a newer board: something changed, so listing again is never wrong.
      deps.log.warn('desk.eventNotUnderstood');
      return tell({ kind: 'reset' });
    }
    switch (event.data.type) {
      case 'ticket':
        return tell({ kind: 'ticket', id: event.data.ticketId });
      case 'announcements':
      case 'agreement':
      case 'reset':
        return tell({ kind: event.data.type });
      default:
        return assertNever(event.data);
    }
  }

  return { subscribe };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Ends a connection that stays silent too long, or when the subscriber stops. */
function createWatchdog(clock: Clock, limit: number, stopped: AbortSignal) {
  const controller = new AbortController();
  let barked = false;
  let stop = (): void => undefined;
  const alive = (): void => {
    stop();
    stop = clock.after(limit, () => {
      barked = true;
      controller.abort();
    });
  };
  const onStop = (): void => controller.abort();
  stopped.addEventListener('abort', onStop, { once: true });
  if (stopped.aborted) onStop();
  alive();
  return {
    signal: controller.signal,
    alive,
    barked: () => barked,
    cut: onStop,
    end() {
      stop();
      stopped.removeEventListener('abort', onStop);
      controller.abort();
    },
  };
}

function pause(clock: Clock, ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      cancel();
      stopped.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(ms, done);
    stopped.addEventListener('abort', done, { once: true });
    if (stopped.aborted) done();
  });
}
