import type { DeskOffer, FindAnswer, ReachProblem } from '@shared/domain/board';
import type { Ids } from '../platform/types';
import type { FoundBoard } from './board-type';

/** A desk that was found, with what stands behind the offer. */
export interface Offer extends FoundBoard {
  readonly id: string;
  readonly logo: string | null;
  readonly managed: boolean;
  readonly login: string;
}

/** What looking for a desk gave. */
export type Found =
  | { readonly kind: 'found'; readonly offers: readonly Offer[] }
  | { readonly kind: 'nothing'; readonly problem: ReachProblem; readonly place: string };

/** Makes an offer of a desk that was found. */
export const offerOf = (
  found: FoundBoard,
  ids: Ids,
  more: {
    readonly logo?: string | null;
    readonly name?: string | null;
    readonly managed?: boolean;
    readonly login?: string;
  } = {},
): Offer => ({
  ...found,
  id: ids.ref(),
  name: more.name ?? found.name,
  logo: more.logo ?? null,
  managed: more.managed ?? false,
  login: more.login ?? '',
});

/** Where a board is, for people: a host name, or the address mail goes to; empty for the practice desk. */
export function placeOf(target: FoundBoard['target']): string {
  switch (target.kind) {
    case 'practice':
      return '';
    case 'boardApi':
    case 'rt':
      return new URL(target.url).host;
    case 'email':
      return target.deskAddress;
  }
}

/** What the window may know of it. */
export function answerOf(found: Found): FindAnswer {
  if (found.kind === 'nothing') return found;
  return { kind: 'found', offers: found.offers.map(shown) };
}

const shown = ({ id, target, name, logo, signIn, managed, login }: Offer): DeskOffer => ({
  id,
  kind: target.kind,
  name,
  place: placeOf(target),
  logo,
  signIn,
  managed,
  login,
});
