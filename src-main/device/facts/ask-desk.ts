import type { Exchange } from '../../desk/exchange';
import type { DeskAnswer } from './probes';

/** One request without a session, to the desk only. */
export interface AskDeskDeps {
  readonly send: () => Promise<Exchange>;
  /** The machine's own clock: it is what is compared. */
  readonly now: () => Date;
}

/** Asks the desk for a sign of life and its time. Whatever it answers, it answered. */
export const createAskDesk =
  ({ send, now }: AskDeskDeps) =>
  async (): Promise<DeskAnswer | null> => {
    const from = now().getTime();
    const exchange = await send();
    if (exchange.kind !== 'answer') return null;
    const at = now();
    const date = new Date(exchange.headers['date'] ?? '');
    return { date: Number.isNaN(date.getTime()) ? null : date, took: Math.max(at.getTime() - from, 0), at };
  };
