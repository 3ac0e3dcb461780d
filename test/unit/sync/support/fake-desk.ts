import type { DeskFault } from '@shared/domain/fault';
import type { Receipt } from '@shared/domain/outbox';
import type { Ref, TicketId } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import type { Ticket } from '@shared/domain/ticket';
import type { Capabilities } from '@shared/domain/board';
import type { BoardPush, DeskConnector, RefLookup } from '../../../../src-main/desk/connector';
import type { Clock } from '../../../../src-main/platform/types';
import { aTicket } from '../../domain/builders';

/** What the next calls meet. `committed`: the board has done what was asked, and the answer got lost. */
export interface Trouble {
  readonly fault: DeskFault;
  readonly committed?: boolean;
}

/** A board in memory that fails as told and counts what it carried out. */
export interface FakeDesk extends DeskConnector {
  /** What the next writes meet, in order; afterwards they work. */
  readonly writeTroubles: Trouble[];
  readonly lookUpTroubles: DeskFault[];
  readonly readTroubles: DeskFault[];
  /** How often each ref was carried out. */
  readonly carriedOut: Map<Ref, number>;
  /** Calls in order, such as `create <ref>`, `findByRef <ref>`, `list`, `get <id>`. */
  readonly calls: string[];
  readonly tickets: Map<TicketId, Ticket>;
  /** Writes wait until this resolves. */
  gate: Promise<void>;
  /** Most writes under way at the same time. */
  mostAtOnce(): number;
  change(id: TicketId, change: Partial<Ticket>): void;
  push(push: BoardPush): void;
  subscribers(): number;
}

const CAPABILITIES: Capabilities = {
  idempotency: 'lookup',
  read: true,
  assigneeShown: true,
  files: 'inline',
  reopen: 'transition',
  confirm: true,
  withdraw: true,
  rating: 'scale5',
  join: true,
  since: 'server',
  push: true,
};

/** Creates an empty board. A ref that comes twice is carried out twice: exactly once is the client's own doing here. */
export function createFakeDesk(clock: Clock, capabilities: Partial<Capabilities> = {}): FakeDesk {
  const receipts = new Map<Ref, Receipt>();
  const changed: TicketId[] = [];
  const listeners = new Set<(push: BoardPush) => void>();
  let atOnce = 0;
  let most = 0;

  async function write(ref: Ref, carryOut: () => TicketId): Promise<Result<Receipt, DeskFault>> {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await desk.gate;
    atOnce -= 1;
    const trouble = desk.writeTroubles.shift();
    if (trouble && !trouble.committed) return err(trouble.fault);
    const id = carryOut();
    const receipt: Receipt = desk.capabilities.read
      ? { ticketId: id, ticketNumber: id }
      : { ticketId: id, ticketNumber: '', via: 'email' };
    receipts.set(ref, receipt);
    desk.carriedOut.set(ref, (desk.carriedOut.get(ref) ?? 0) + 1);
    return trouble ? err(trouble.fault) : ok(receipt);
  }

  async function read<T>(value: () => Result<T, DeskFault>): Promise<Result<T, DeskFault>> {
    const trouble = desk.readTroubles.shift();
    return trouble ? err(trouble) : value();
  }

  const put = (ticket: Ticket): void => {
    desk.tickets.set(ticket.id, { ...ticket, updatedAt: clock.now().toISOString() });
    changed.push(ticket.id);
  };
  const onTicket = (id: TicketId, change: (ticket: Ticket) => Partial<Ticket>): TicketId => {
    const ticket = desk.tickets.get(id);
    if (!ticket) throw new Error(`The client wrote to ${id}, which does not exist`);
    put({ ...ticket, ...change(ticket) });
    return id;
  };

  const desk: FakeDesk = {
    capabilities: { ...CAPABILITIES, ...capabilities },
    writeTroubles: [],
    lookUpTroubles: [],
    readTroubles: [],
    carriedOut: new Map(),
    calls: [],
    tickets: new Map(),
    gate: Promise.resolve(),
    mostAtOnce: () => most,
    change: (id, change) => void onTicket(id, () => change),
    push: (push) => listeners.forEach((listener) => listener(push)),
    subscribers: () => listeners.size,

    check: () => read(() => ok([])),
    whoAmI: () => read(() => ok({ id: 'p1', name: 'Ada', email: '', phone: '' })),
    agreement: () => read(() => ok(null)),
    announcements: () => read(() => ok([])),
    create(ticket, ref) {
      desk.calls.push(`create ${ref}`);
      return write(ref, () => {
        const id = `t${desk.tickets.size + 1}`;
        put(aTicket({ id, number: id, ref, summary: ticket.summary }));
        return id;
      });
    },
    addMessage(id, message, ref) {
      desk.calls.push(`message ${ref}`);
      const entry = {
        id: ref,
        ref,
        at: clock.now().toISOString(),
        author: { kind: 'requester', name: 'Ada' } as const,
        text: message.text,
        attachments: [],
      };
      return write(ref, () => onTicket(id, ({ messages }) => ({ messages: [...messages, entry] })));
    },
    setState(id, change, _text, ref) {
      desk.calls.push(`state ${ref}`);
      return write(ref, () =>
        onTicket(id, () => ({ withdrawn: change === 'withdraw', closed: change !== 'stillBroken' })),
      );
    },
    rate(id, _answers, _comment, ref) {
      desk.calls.push(`rate ${ref}`);
      return write(ref, () => onTicket(id, () => ({ survey: 'answered' })));
    },
    join(announcementId, ref) {
      desk.calls.push(`join ${ref}`);
      return write(ref, () => announcementId);
    },
    async findByRef(ref): Promise<RefLookup> {
      desk.calls.push(`findByRef ${ref}`);
      if (desk.capabilities.idempotency === 'none') return { kind: 'impossible' };
      const fault = desk.lookUpTroubles.shift();
      if (fault) return { kind: 'unknown', fault };
      const receipt = receipts.get(ref);
      return receipt ? { kind: 'receipt', receipt } : { kind: 'absent' };
    },
    listChanged(cursor) {
      desk.calls.push('list');
      const since = Number(cursor ?? 0);
      const ids = [...new Set(changed.slice(since))];
      const tickets = ids.flatMap((id) => desk.tickets.get(id) ?? []);
      const page = { tickets, cursor: String(changed.length), more: false };
      return read(() => ok(page));
    },
    get(id) {
      desk.calls.push(`get ${id}`);
      const ticket = desk.tickets.get(id);
      return read<Ticket>(() => (ticket ? ok(ticket) : err({ kind: 'conflict', reason: 'gone' })));
    },
    download: () => read(() => ok(new Uint8Array())),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => listeners.clear(),
  };
  return desk;
}
