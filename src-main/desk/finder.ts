import type { BoardTarget, MailRoute, ReachProblem } from '@shared/domain/board';
import type { DeskFault } from '@shared/domain/fault';
import type { Result } from '@shared/domain/result';
import type { Ids } from '../platform/types';
import { parseBaseUrl } from './base-url';
import type { BoardTools, BoardType, FoundBoard } from './board-type';
import type { RemoteKind } from './boards';
import { usualUrl, type ChosenDesk } from './chosen-desk';
import { offerOf, placeOf, type Found, type Offer } from './offers';
import { placesOf } from './places';
import { isBehindPortal } from './portal';
import { reachProblemOf } from './reach-problem';
import { readWellKnown } from './well-known';

/** Finds the service desk that a person means. */
export interface DeskFinder {
  /** Looks at an address, a domain or an e-mail address. */
  find(typed: string, signal?: AbortSignal): Promise<Found>;
  /** Takes a desk's mailbox and the mail server to write to it with. */
  byMail(route: MailRoute, signal?: AbortSignal): Promise<Found>;
  /** Asks the desk that an organisation has chosen how one signs in there. */
  chosen(desk: ChosenDesk, signal?: AbortSignal): Promise<Found>;
}

/** What somebody sees of a network that wants a sign-in of its own. */
const MAY_BE_PORTAL: ReadonlySet<ReachProblem> = new Set([
  'notADesk',
  'certificate',
  'unreachable',
  'timeout',
]);

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
        const entrance = await entered(target, signal);
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

  /** A desk whose place is known, as far as it can be entered. */
  async function entered(
    target: Exclude<BoardTarget, { kind: 'practice' }>,
    signal?: AbortSignal,
  ): Promise<Result<FoundBoard, DeskFault>> {
    return (await loadType(target.kind)).entrance(target, tools, signal);
  }

  return {
    async byMail(route, signal) {
      const found = await entered({ kind: 'email', ...route }, signal);
      if (found.ok) return { kind: 'found', offers: [offerOf(found.value, ids)] };
      const problem = found.fault.kind === 'offline' ? found.fault.cause : 'unreachable';
      return { kind: 'nothing', problem, place: route.host };
    },

    async chosen(desk, signal) {
      const { name, logo, login } = desk;
      const target = 'url' in desk.target ? { ...desk.target, url: usualUrl(desk.target.url) } : desk.target;
      const place = placeOf(target);
      const url = 'url' in target ? parseBaseUrl(target.url) : null;
      if (url?.ok === false) return { kind: 'nothing', problem: url.fault, place };
      const found = await entered(target, signal);
      if (found.ok)
        return { kind: 'found', offers: [offerOf(found.value, ids, { name, logo, login, managed: true })] };
      if (signal?.aborted) return { kind: 'nothing', problem: 'cancelled', place };
      const problem = url
        ? await reachProblemOf(found.fault, url.value, tools)
        : found.fault.kind === 'offline'
          ? found.fault.cause
          : 'unreachable';
      return { kind: 'nothing', problem, place };
    },

    async find(typed, signal) {
      const places = placesOf(typed);
      if (!places.ok) return { kind: 'nothing', problem: places.fault, place: typed.trim().slice(0, 300) };
      const where = places.value[0]?.host ?? '';
      let problem: ReachProblem = 'notADesk';
      for (const place of places.value) {
        if (signal?.aborted) break;
        const offers = await announced(place, signal);
        if (offers.length > 0) return { kind: 'found', offers };
        const { found, faults } = await asked(place, signal);
        if (found.length > 0) return { kind: 'found', offers: found.map((one) => offerOf(one, ids)) };
        const [fault] = faults;
        if (fault) problem = await reachProblemOf(fault, place, tools);
      }
      if (signal?.aborted) return { kind: 'nothing', problem: 'cancelled', place: where };
      const [first] = places.value;
      const isPortal =
        first !== undefined && MAY_BE_PORTAL.has(problem) && (await isBehindPortal(first, tools));
      return { kind: 'nothing', problem: isPortal ? 'captivePortal' : problem, place: where };
    },
  };
}
