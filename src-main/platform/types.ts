import type { Ref } from '@shared/domain/primitives';

/** The time, so that tests and suspended machines can be told apart from real seconds. */
export interface Clock {
  now(): Date;
  /** Calls back once after `ms`; returns what cancels it. Long times are fine; a sleeping machine fires late, not never. */
  after(ms: number, callback: () => void): () => void;
}

/** Fresh identifiers. */
export interface Ids {
  /** A UUIDv7: sorts by time of minting. */
  ref(): Ref;
}

/** Where log lines go. Fields are redacted at the sink: names, texts, addresses and secrets never reach it in clear. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, error: unknown, fields?: Readonly<Record<string, unknown>>): void;
}

/** Whether the machine has a network at all, and when it came back or the machine woke. */
export interface NetworkState {
  isOnline(): boolean;
  /** Called on every change, and after the machine woke up. */
  onChange(listener: (online: boolean) => void): () => void;
}

/** A source of randomness in [0, 1), for jitter. */
export type Random = () => number;
