import { randomUUID } from 'node:crypto';
import type { TicketId } from '@shared/domain/primitives';
import { err, ok, type Result } from '@shared/domain/result';
import type { BoardTicket } from '@shared/board-api';
import { attach, type Board } from '../board/board';
import { withTicket } from '../board/record';
import type { Blobs } from '../data/blobs';
import type { Store, Transaction } from '../data/store';
import type { TicketRecord } from '../data/tables';
import { advance, type Standstill, type Target } from './advance';
import { askFreely, payCourtesy, perform, speak, spokesperson, type Scene } from './script';
import type { Words } from './words';

/** A file with its content already stored. */
interface StoredFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
}

/** A reply that a test dictates. */
export interface Reply {
  readonly text: string;
  readonly question: boolean;
  readonly quickAnswers: readonly string[];
  readonly attachments: readonly {
    readonly name: string;
    readonly type: string;
    readonly bytes: Uint8Array;
  }[];
}

/** Lets the staff do things on the board. */
export interface Stage {
  /** Does the earliest thing that is due on a ticket, at the time it was due. `nothingToDo`: it is not due any more. */
  runDue(id: TicketId): Promise<Result<BoardTicket, 'notFound' | 'nothingToDo'>>;
  /** Plans a ticket that nobody has planned yet. */
  adopt(id: TicketId): Promise<void>;
  advance(id: TicketId, target: Target | undefined): Promise<Result<BoardTicket, 'notFound' | Standstill>>;
  reply(id: TicketId, reply: Reply): Promise<Result<BoardTicket, 'notFound'>>;
  relabel(id: TicketId, label: string): Promise<Result<BoardTicket, 'notFound'>>;
}

/** The staff at work on a board. */
export function createStage(deps: { store: Store; board: Board; blobs: Blobs; words: Words }): Stage {
  const { store, board, blobs, words } = deps;

  const keep = async (name: string, type: string, bytes: Uint8Array): Promise<StoredFile> => ({
    name,
    type,
    size: bytes.length,
    sha256: await blobs.put(bytes),
  });

  /** The note is stored before the transaction that may hand it over, which must not wait for the disk. */
  async function noteFor(
    id: TicketId,
    mayResolve: (record: TicketRecord) => boolean,
  ): Promise<StoredFile | null> {
    const record = store.table('ticket').get(id);
    if (!record || record.solutions > 0 || !mayResolve(record)) return null;
    const { name, type, bytes } = words.note(record.topic, record.ticket.number);
    return keep(name, type, bytes);
  }

  const sceneOf = (id: TicketId, tx: Transaction, at: Date, note: StoredFile | null): Scene => ({
    at,
    words,
    agreement: board.agreement(),
    newId: () => randomUUID(),
    note: () => (note ? attach(tx, note, id) : null),
  });

  return {
    async runDue(id) {
      const note = await noteFor(id, (record) => earliest(record)?.action === 'resolve');
      return board.change(id, (record, tx, now) => {
        const due = earliest(record);
        if (due === null || due.at > now) return err('nothingToDo');
        const scene = sceneOf(id, tx, due.at, note);
        return ok({
          record: due.action ? perform(record, due.action, scene) : payCourtesy(record, scene),
          at: due.at,
        });
      });
    },
    async adopt(id) {
      await board.change(id, (record, _tx, now) => ok({ record, at: now }));
    },
    async advance(id, target) {
      const note = await noteFor(id, () => true);
      return board.change(id, (record, tx, now) => {
        const moved = advance(record, target, sceneOf(id, tx, now, note));
        return moved.ok ? ok({ record: moved.value, at: now }) : moved;
      });
    },
    async reply(id, reply) {
      const files = await Promise.all(
        reply.attachments.map((file) => keep(file.name, file.type, file.bytes)),
      );
      return board.change(id, (record, tx, now) => {
        const attachments = files.map((stored) => attach(tx, stored, id));
        const scene = sceneOf(id, tx, now, null);
        const replied = reply.question
          ? askFreely(record, { ...reply, attachments }, scene)
          : speak(record, spokesperson(record), scene, reply.text, attachments);
        return ok({ record: replied, at: now });
      });
    },
    relabel: (id, label) =>
      board.change(id, (record, _tx, now) =>
        ok({ record: withTicket(record, { step: null, statusLabel: label }), at: now }),
      ),
  };
}

/** What is due first on a ticket: the next action, or (`action` is `null`) a short answer that is owed. */
export function earliest(
  record: TicketRecord,
): { at: Date; action: NonNullable<TicketRecord['next']>['action'] | null } | null {
  const { next, courtesy } = record;
  if (courtesy && (!next || courtesy.at <= next.at)) return { at: new Date(courtesy.at), action: null };
  return next ? { at: new Date(next.at), action: next.action } : null;
}
