import type { DeskFault } from '@shared/domain/fault';
import type { Result } from '@shared/domain/result';

/** What a board gave. @throws Error with the fault where it gave none */
export function value<T>(result: Result<T, DeskFault>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}
