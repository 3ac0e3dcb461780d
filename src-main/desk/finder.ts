import type { ReachProblem } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import type { Ids } from '../platform/types';
import type { BoardTools, BoardType, FoundBoard } from './board-type';
import type { RemoteKind } from './boards';
import { offerOf, type Found, type Offer } from './offers';
import { placesOf } from './places';
import { reachProblemOf } from './reach-problem';
import { readWellKnown } from './well-known';

/** Finds the service desk that a person means. */
export interface DeskFinder {
  /** Looks at an address, a domain or an e-mail address. */
  find(typed: string, signal?: AbortSignal): Promise<Found>;
}

/** What finding needs. */
export interface DeskFinderDeps {
  readonly kinds: readonly RemoteKind[];
  readonly loadType: (kind: RemoteKind) => Promise<BoardType>;
  readonly tools: BoardTools;
  readonly ids: Ids;
}

/**
 * Makes the finder. At each place it asks for `/.well-known/deskbell` first, in which a provider names its boards, and then
 * for every kind of board itself.
 */
export function createDeskFinder({ kinds, loadType, tools, ids }: DeskFinderDeps): DeskFinder {
  async function announced(place: URL, signal?: AbortSignal): Promise<readonly Offer[]> {
    const known = await readWellKnown(place, tools, signal);
    if (known === null) return [];
    const offers = await Promise.all(
      known.boards.map(async (target) => {
        if (target.kind === 'practice') return [];
        const entrance = await (await loadType(target.kind)).entrance(target, tools, signal);
        return entrance.ok ? [offerOf(entrance.value, ids, { name: known.name, logo: known.logo })] : [];
      }),
    );
    return offers.flat();
  }

  async function asked(
    place: URL,
    signal?: AbortSignal,
  ): Promise<{ found: readonly FoundBoard[]; faults: readonly DeskFault[] }> {
    const answers = await Promise.all(
      kinds.map(async (kind) => (await loadType(kind)).find(place, tools, signal)),
    );
    return {
      found: answers.flatMap((answer) => (answer.ok && answer.value ? [answer.value] : [])),
      faults: answers.flatMap((answer) => (answer.ok ? [] : [answer.fault])),
    };
  }

  return {
    async find(typed, signal) {
      const places = placesOf(typed);
      if (!places.ok) return { kind: 'nothing', problem: places.fault, place: typed.trim().slice(0, 300) };
      let problem: ReachProblem = 'notADesk';
      for (const place of places.value) {
        const offers = await announced(place, signal);
        if (offers.length > 0) return { kind: 'found', offers };
        const { found, faults } = await asked(place, signal);
        if (found.length > 0) return { kind: 'found', offers: found.map((one) => offerOf(one, ids)) };
        const [fault] = faults;
        if (fault) problem = await reachProblemOf(fault, place, tools);
      }
      return { kind: 'nothing', problem, place: places.value[0]?.host ?? '' };
    },
  };
}
