import type { RtFields } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import { ok, type Result } from '@shared/domain/result';
import type { Calls } from './calls';
import { QueueShape } from './shapes';

/** The names of fields that the queue does not have, or that RT hides from the signed-in user. */
export async function lackingFields(
  calls: Pick<Calls, 'read'>,
  queue: string,
  fields: RtFields,
): Promise<Result<readonly string[], DeskFault>> {
  const found = await calls.read(`/queue/${encodeURIComponent(queue)}`, QueueShape);
  if (!found.ok) return found;
  const { TicketCustomFields, TicketTransactionCustomFields } = found.value;
  const { messageRef, ...ofTickets } = fields;
  return ok([
    ...beyond(Object.values(ofTickets).flat(), TicketCustomFields),
    ...beyond([messageRef], TicketTransactionCustomFields),
  ]);
}

const beyond = (
  wanted: readonly (string | null)[],
  there: readonly { readonly name: string }[],
): readonly string[] =>
  wanted.filter((name) => name !== null).filter((name) => !there.some((field) => field.name === name));

/** The fields without those that are lacking; of the survey's five questions all are needed. */
export function without(fields: RtFields, lacking: readonly string[]): RtFields {
  const isThere = (name: string | null): boolean => name === null || !lacking.includes(name);
  const entries = Object.entries(fields).map(([key, name]): [string, unknown] => [
    key,
    [name].flat().every(isThere) ? name : null,
  ]);
  return Object.fromEntries(entries) as RtFields;
}
