import type { DeskFault } from '@shared/domain/fault';
import { assertNever } from '@shared/domain/result';
import type { DeskConnector } from '../desk/connector';
import type { Reach } from './sync.types';

/** The reach of a board nobody has asked yet. */
export const CHECKING: Reach = { state: 'checking', lastContactAt: null };

/** What a call tells about the board; `null`: it answered as wished. */
export type Contact = DeskFault | null;

/**
 * The reach after a call. Whatever the board itself says is a contact; what leaves it open who answered (`ambiguous`, or a
 * write that found the board too busy) changes nothing. The end of the session is only lifted by an answer, not by a bad network.
 */
export function reachAfter(reach: Reach, contact: Contact, call: 'read' | 'write', now: Date): Reach {
  const lastContactAt = now.toISOString();
  const online: Reach = { state: 'online', lastContactAt };
  const offline: Reach = reach.state === 'signedOut' ? reach : { ...reach, state: 'offline' };
  if (contact === null) return online;
  switch (contact.kind) {
    case 'authExpired':
      return { state: 'signedOut', lastContactAt };
    case 'rejected':
    case 'conflict':
    case 'throttled':
      return online;
    case 'offline':
      return offline;
    case 'serverFault':
      return call === 'read' ? offline : reach;
    case 'ambiguous':
      return reach;
    default:
      return assertNever(contact);
  }
}

/** The same connector, with every outcome told. */
export function watched(
  desk: DeskConnector,
  tell: (contact: Contact, call: 'read' | 'write') => void,
): DeskConnector {
  type Outcome = { readonly ok: true } | { readonly ok: false; readonly fault: DeskFault };
  const through =
    (call: 'read' | 'write') =>
    async <T extends Outcome>(result: Promise<T>): Promise<T> => {
      const outcome = await result;
      tell(outcome.ok ? null : outcome.fault, call);
      return outcome;
    };
  const read = through('read');
  const write = through('write');
  return {
    capabilities: desk.capabilities,
    whoAmI: (...args) => read(desk.whoAmI(...args)),
    agreement: (...args) => read(desk.agreement(...args)),
    announcements: (...args) => read(desk.announcements(...args)),
    create: (...args) => write(desk.create(...args)),
    addMessage: (...args) => write(desk.addMessage(...args)),
    setState: (...args) => write(desk.setState(...args)),
    rate: (...args) => write(desk.rate(...args)),
    join: (...args) => write(desk.join(...args)),
    listChanged: (...args) => read(desk.listChanged(...args)),
    get: (...args) => read(desk.get(...args)),
    download: (...args) => read(desk.download(...args)),
    check: (...args) => read(desk.check(...args)),
    async findByRef(...args) {
      const found = await desk.findByRef(...args);
      tell(found.kind === 'unknown' ? found.fault : null, 'read');
      return found;
    },
    subscribe: (listener) =>
      desk.subscribe((push) => {
        // A connection that ends says little: the listing that follows tells whether the board is there.
        if (push.kind !== 'closed') tell(null, 'read');
        else if (push.fault.kind === 'authExpired') tell(push.fault, 'read');
        listener(push);
      }),
    close: () => desk.close(),
  };
}
