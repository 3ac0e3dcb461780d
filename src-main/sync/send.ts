import type { SpooledFile } from '@shared/domain/attachment';
import type { DeskFault } from '@shared/domain/fault';
import type { OutboxItem, Receipt, TicketTarget } from '@shared/domain/outbox';
import type { Outcome } from '@shared/domain/outbox-rules';
import type { TicketId } from '@shared/domain/primitives';
import { assertNever, err, type Result } from '@shared/domain/result';
import type { DeskConnector, OutgoingFile, WriteOptions } from '../desk/connector';
import type { Outbox } from '../outbox/outbox.types';
import type { Spool } from '../platform/documents.types';
import type { Tickets } from '../tickets/tickets.types';
import type { MailWay } from './sync.types';

/** What sending needs. */
export interface SendDeps {
  readonly connector: DeskConnector;
  readonly mail?: MailWay | undefined;
  readonly outbox: Pick<Outbox, 'get'>;
  readonly tickets: Pick<Tickets, 'findByRef'>;
  readonly spool: Pick<Spool, 'read'>;
}

/**
 * Sends one item that was marked as sending. If its last send ended in doubt, the board is asked for its ref first, and it
 * is sent again only when the board has certainly not seen it (DESIGN: never a blind resend). Where that cannot be looked up,
 * only the user can say how it goes on. What the user sends by e-mail instead never goes to the board.
 */
export async function sendItem(deps: SendDeps, item: OutboxItem, options: WriteOptions): Promise<Outcome> {
  if (!isSentByEmail(item, deps.outbox)) return sendTo(deps.connector, deps, item, options);
  const connector = await deps.mail?.connector();
  if (!connector) return { kind: 'needsUser', fault: { kind: 'authExpired' } };
  const outcome = await sendTo(connector, deps, item, options);
  // Signing in at the board does not help: the mail account's password is in the settings.
  const isLocked = outcome.kind === 'failed' && outcome.fault.kind === 'authExpired';
  return isLocked ? { kind: 'needsUser', fault: outcome.fault } : outcome;
}

/** Whether an item goes by e-mail because the user has decided so for its ticket. */
export const isSentByEmail = ({ lane }: Pick<OutboxItem, 'lane'>, outbox: Pick<Outbox, 'get'>): boolean =>
  outbox.get(lane)?.via === 'email';

async function sendTo(
  connector: DeskConnector,
  deps: SendDeps,
  item: OutboxItem,
  options: WriteOptions,
): Promise<Outcome> {
  if (inDoubt(item)) {
    const found = await connector.findByRef(item.ref, options);
    if (found.kind === 'receipt') return { kind: 'delivered', receipt: found.receipt };
    if (found.kind === 'unknown') return { kind: 'failed', fault: waiting(found.fault) };
    if (found.kind === 'impossible') return { kind: 'needsUser', fault: UNDECIDED };
  }
  const result = await write(connector, deps, item, options);
  if (result.ok) return { kind: 'delivered', receipt: result.value };
  const isUndecided = result.fault.kind === 'ambiguous' && connector.capabilities.idempotency === 'none';
  return { kind: isUndecided ? 'needsUser' : 'failed', fault: result.fault };
}

/** What was being sent when Deskbell ended, to somebody who cannot be asked for it. */
export const UNDECIDED: DeskFault = { kind: 'ambiguous', cause: 'reset' };

/** Whether the ref has to be looked up before the item may be sent. */
export const inDoubt = ({ state }: Pick<OutboxItem, 'state'>): boolean =>
  'lastFault' in state && state.lastFault?.kind === 'ambiguous';

/** A refused look-up says nothing about the write itself: it stays in doubt. */
function waiting(fault: DeskFault): DeskFault {
  return fault.kind === 'rejected' || fault.kind === 'conflict'
    ? { kind: 'ambiguous', cause: 'badAnswer' }
    : fault;
}

async function write(
  connector: DeskConnector,
  deps: SendDeps,
  item: OutboxItem,
  options: WriteOptions,
): Promise<Result<Receipt, DeskFault>> {
  const { write: content, ref } = item;
  const files = (spooled: readonly SpooledFile[]): readonly OutgoingFile[] =>
    spooled.map((file) => ({ ...file, open: () => deps.spool.read(file.sha256) }));
  if (content.kind === 'create') {
    const { summary, intake } = content;
    return connector.create({ summary, intake, files: files(content.files) }, ref, options);
  }
  if (content.kind === 'join') return connector.join(content.announcementId, ref, options);
  const id = ticketIdOf(content.target, deps);
  // Only when the ticket's own create is gone: there is nothing left to write to.
  if (id === null) return err({ kind: 'conflict', reason: 'gone' });
  switch (content.kind) {
    case 'message': {
      const { text, followUp = false } = content;
      const create = deps.outbox.get(item.lane)?.write;
      const message = {
        text,
        followUp,
        files: files(content.files),
        ...(create?.kind === 'create' && { filed: create }),
      };
      return connector.addMessage(id, message, ref, options);
    }
    case 'state':
      return connector.setState(id, content.change, content.text, ref, options);
    case 'rate':
      return connector.rate(id, content.answers, content.comment, ref, options);
    default:
      return assertNever(content);
  }
}

/** The board's id of a write's ticket: known, or from the receipt of the create that filed it, or from the cache. */
export function ticketIdOf(
  target: TicketTarget,
  { outbox, tickets }: Pick<SendDeps, 'outbox' | 'tickets'>,
): TicketId | null {
  if (target.kind === 'board') return target.id;
  const create = outbox.get(target.ref)?.state;
  return create?.kind === 'delivered' ? create.receipt.ticketId : (tickets.findByRef(target.ref)?.id ?? null);
}
