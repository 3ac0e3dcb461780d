import type { BoardKind } from '@shared/domain/board';
import type { BoardType } from './board-type';

/** Kinds of boards that are somewhere else; the practice desk speaks the Board API on this computer. */
export type RemoteKind = Exclude<BoardKind, 'practice'>;

const LOADERS: Readonly<Record<RemoteKind, () => Promise<BoardType>>> = {
  boardApi: async () => (await import('./board-api/board-api')).boardApi,
  rt: async () => (await import('./rt/rt')).rt,
  email: async () => (await import('./email/email')).email,
};

/** The kinds of boards Deskbell can be connected to, in the order in which an address is tried. */
export const REMOTE_KINDS: readonly RemoteKind[] = ['boardApi', 'rt', 'email'];

/** A kind of board, loaded when it is first needed. */
export const loadBoardType = (kind: RemoteKind): Promise<BoardType> => LOADERS[kind]();
