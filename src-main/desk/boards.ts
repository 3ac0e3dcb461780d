import type { BoardKind } from '@shared/domain/board';
import type { BoardType } from './board-type';

/** Kinds of boards that are somewhere else; the practice desk speaks the Board API on this computer. */
export type RemoteKind = Exclude<BoardKind, 'practice'>;

const LOADERS: Readonly<Partial<Record<RemoteKind, () => Promise<BoardType>>>> = {
  boardApi: async () => (await import('./board-api/board-api')).boardApi,
  rt: async () => (await import('./rt/rt')).rt,
};

/** The kinds of boards Deskbell can be connected to, in the order in which an address is tried. */
export const REMOTE_KINDS = Object.keys(LOADERS) as readonly RemoteKind[];

/** A kind of board, loaded when it is first needed. @throws Error when there is no such kind in this version */
export async function loadBoardType(kind: RemoteKind): Promise<BoardType> {
  const load = LOADERS[kind];
  if (!load) throw new Error(`No board type ${kind}`);
  return load();
}
