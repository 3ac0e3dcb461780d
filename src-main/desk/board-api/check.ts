import { BoardSchema, PersonSchema, TicketPageSchema } from '@shared/board-api';
import type { BoardCheck } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import { err, ok, type Result } from '@shared/domain/result';
import type { CallOptions } from '../connector';
import type { Calls } from './calls';

/** *Check this board* for the Board API: everything a client may do is part of the contract, so little can be missing. */
export async function checkBoard(
  calls: Calls,
  options?: CallOptions,
): Promise<Result<readonly BoardCheck[], DeskFault>> {
  const board = await calls.read('/v1/board', BoardSchema, options);
  if (!board.ok) return board;
  const me = await calls.read('/v1/me', PersonSchema, options);
  const tickets = await calls.read('/v1/tickets', TicketPageSchema, { ...options, query: { limit: '1' } });
  if (!me.ok && !isRefusal(me.fault)) return err(me.fault);
  const { limits } = board.value;
  return ok([
    line('reach', board.value.name, true, 'everything'),
    line('signIn', me.ok ? me.value.name : '', me.ok, 'everything'),
    line('seeTicket', '', tickets.ok, 'reading'),
    line('files', '', limits.maxFiles > 0, 'files'),
  ]);
}

const line = (
  subject: BoardCheck['subject'],
  name: string,
  isGood: boolean,
  effect: BoardCheck['effect'],
): BoardCheck => ({ subject, name, outcome: isGood ? 'good' : 'missing', effect, hint: '' });

const isRefusal = (fault: DeskFault): boolean => fault.kind === 'authExpired' || fault.kind === 'rejected';
