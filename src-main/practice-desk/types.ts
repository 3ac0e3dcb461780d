/** How fast the practice staff work: about two minutes in all, like a real desk, or only when told to (tests). */
export const PACES = ['quick', 'real', 'manual'] as const;
/** How fast the practice staff work. */
export type Pace = (typeof PACES)[number];

/** The time as the desk needs it; the platform's clock fits. */
export interface DeskClock {
  now(): Date;
  /** Calls back once after `ms`; returns what cancels it. */
  after(ms: number, callback: () => void): () => void;
  /** Sets the time, where tests may: the desk as a program of its own with the manual pace. */
  set?(at: Date): void;
}

/** Where log lines go; the platform's log fits. No name, text or address is ever passed. */
export interface DeskLog {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, error: unknown, fields?: Readonly<Record<string, unknown>>): void;
}

/** Somebody who signs in, in their own words. */
export interface Persona {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}
