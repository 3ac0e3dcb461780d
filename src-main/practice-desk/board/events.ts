import type { BoardEvent } from '@shared/board-api';
import type { Change, Store } from '../data/store';
import { ONLY_ROW } from '../data/tables';
import { positionText, readPosition } from './position';

/** An event with the id from which a client can go on. */
export interface NumberedEvent {
  readonly id: string;
  readonly event: BoardEvent;
}

/** Changes as events, for one person each. */
export interface Events {
  /** The id of the newest change, to go on from. */
  latest(): string;
  /**
   * What happened to the person's tickets and to everybody since an event: one event per changed thing, not one per
   * change. Made from the data itself, so that nothing is lost however long the client was away; `reset` where the id
   * is none of this data.
   */
  since(personId: string, lastEventId: string): readonly NumberedEvent[];
  /** Calls back for everything new. */
  follow(personId: string, listener: (event: NumberedEvent) => void): () => void;
}

interface Happening {
  readonly sequence: number;
  /** Whom it concerns; `null`: everybody. */
  readonly personId: string | null;
  readonly event: BoardEvent;
}

/** The events of a board's data. */
export function createEvents(store: Store): Events {
  const idOf = (sequence: number): string => positionText({ epoch: store.epoch, sequence });
  const latest = (): string => idOf(store.table('meta').get(ONLY_ROW)?.sequence ?? 0);

  return {
    latest,
    since(personId, lastEventId) {
      const position = readPosition(lastEventId);
      if (position?.epoch !== store.epoch) return [{ id: latest(), event: { type: 'reset' } }];
      return [...everything(store)]
        .filter((happening) => happening.sequence > position.sequence && concerns(happening, personId))
        .sort((one, other) => one.sequence - other.sequence)
        .map(({ sequence, event }) => ({ id: idOf(sequence), event }));
    },
    follow: (personId, listener) =>
      store.onCommit((changes) => {
        for (const happening of changes.flatMap(happeningOf)) {
          if (concerns(happening, personId))
            listener({ id: idOf(happening.sequence), event: happening.event });
        }
      }),
  };
}

const concerns = (happening: Happening, personId: string): boolean =>
  happening.personId === null || happening.personId === personId;

function* everything(store: Store): Generator<Happening> {
  for (const [id, row] of store.table('ticket')) yield* happeningOf({ table: 'ticket', id, row });
  for (const [id, row] of store.table('announcements'))
    yield* happeningOf({ table: 'announcements', id, row });
  for (const [id, row] of store.table('agreement')) yield* happeningOf({ table: 'agreement', id, row });
}

function happeningOf(change: Change): Happening[] {
  if (change.row === null) return [];
  switch (change.table) {
    case 'ticket': {
      const { ownerId, ticket } = change.row;
      const event = { type: 'ticket', ticketId: ticket.id, version: ticket.version } as const;
      return [{ sequence: ticket.version, personId: ownerId, event }];
    }
    case 'announcements':
    case 'agreement':
      return [{ sequence: change.row.sequence, personId: null, event: { type: change.table } }];
    case 'meta':
    case 'person':
    case 'session':
    case 'write':
    case 'upload':
    case 'attachment':
      return [];
  }
}
