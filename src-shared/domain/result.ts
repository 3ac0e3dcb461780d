/** The outcome of an operation that can fail for a reason the caller has to handle. */
export type Result<T, E> = Ok<T> | Err<E>;

/** Success with its value. */
export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

/** Failure with its reason; never thrown. */
export interface Err<E> {
  readonly ok: false;
  readonly fault: E;
}

/** Wraps a value as a success. */
export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

/** Wraps a reason as a failure. */
export const err = <E>(fault: E): Err<E> => ({ ok: false, fault });

/** Makes a `switch` over a closed union exhaustive: a new member fails to compile here. */
export function assertNever(value: never): never {
  throw new Error(`Unreachable: ${JSON.stringify(value)}`);
}
