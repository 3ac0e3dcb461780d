import type { Ref } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import { WriteAnswerSchema, type WriteAnswer } from '@shared/board-api';
import type { Transaction } from '../data/store';

/** Where a write comes from and what it says. */
export interface WriteKey {
  readonly personId: string;
  readonly ref: Ref;
  /** SHA-256 of method, address and body in canonical form. */
  readonly fingerprint: string;
}

/** The answer to a write, letter for letter; `replayed` where it was given before. */
export interface StoredAnswer {
  readonly status: number;
  readonly answer: string;
  readonly replayed: boolean;
}

/** The row under which the answer to a write is kept. Keys of different people are different keys. */
export const writeRow = (personId: string, ref: Ref): string => `${personId} ${ref}`;

/**
 * Carries out a write once (DESIGN: the Board API): the answer is stored in the same transaction as what it answers,
 * so neither exists without the other. A refused write leaves no trace and may be sent again.
 */
export function once<E>(
  tx: Transaction,
  key: WriteKey,
  status: number,
  execute: () => Result<WriteAnswer, E>,
): Result<StoredAnswer, E | 'keyReused'> {
  const row = writeRow(key.personId, key.ref);
  const known = tx.get('write', row);
  if (known) {
    if (known.fingerprint !== key.fingerprint) return err('keyReused');
    return ok({ status: known.status, answer: known.answer, replayed: true });
  }
  const result = execute();
  if (!result.ok) return result;
  const answer = JSON.stringify(WriteAnswerSchema.parse(result.value));
  tx.put('write', row, { ...key, status, answer });
  return ok({ status, answer, replayed: false });
}
