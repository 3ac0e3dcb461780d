import type { BoardTarget, SignInWay } from '@shared/domain/board';
import { parseBaseUrl } from './base-url';

/** The service desk that an organisation has chosen for its people. */
export interface ChosenDesk {
  readonly target: Exclude<BoardTarget, { kind: 'practice' }>;
  /** How it is shown; `null`: as it calls itself. */
  readonly name: string | null;
  readonly logo: string | null;
  /** What stands in the name field at first; may be empty. */
  readonly login: string;
  /** Whether tokens of the board may be used, must be, or are not offered. */
  readonly tokens: 'allowed' | 'only' | 'never';
  /** Scopes to ask for instead of the board's own; `null`: the board's. */
  readonly scopes: readonly string[] | null;
}

/** Which service desks there may be. */
export interface DeskRules {
  /** The desk that the organisation has chosen; `null`: the user finds one. */
  chosen(): ChosenDesk | null;
  /** Whether a desk may be connected that was not chosen. */
  allowsOthers(): boolean;
  allowsPractice(): boolean;
}

/** Where nobody has chosen for the user. */
export const NO_RULES: DeskRules = {
  chosen: () => null,
  allowsOthers: () => true,
  allowsPractice: () => true,
};

/** Whether a desk may be connected. */
export function mayConnect(target: BoardTarget, rules: DeskRules): boolean {
  if (target.kind === 'practice') return rules.allowsPractice();
  const chosen = rules.chosen();
  return rules.allowsOthers() || (chosen !== null && isSameDesk(chosen.target, target));
}

/** Whether two targets are one desk: the same people's tickets are there, however it is spoken to. */
export function isSameDesk(one: BoardTarget, other: BoardTarget): boolean {
  switch (one.kind) {
    case 'practice':
      return other.kind === 'practice';
    case 'boardApi':
      return other.kind === 'boardApi' && usualUrl(one.url) === usualUrl(other.url);
    case 'rt':
      return other.kind === 'rt' && usualUrl(one.url) === usualUrl(other.url) && one.queue === other.queue;
    case 'email':
      return other.kind === 'email' && one.deskAddress.toLowerCase() === other.deskAddress.toLowerCase();
  }
}

/** The way in to a desk as it is offered now: at the chosen one the organisation has a say in it. */
export function wayUnder(target: BoardTarget, way: SignInWay, rules: DeskRules): SignInWay {
  const chosen = rules.chosen();
  if (chosen === null || !isSameDesk(chosen.target, target)) return way;
  const { tokens, scopes } = chosen;
  switch (way.kind) {
    case 'browser':
      return scopes === null ? way : { ...way, scopes: [...scopes] };
    case 'password':
      if (!way.orToken || tokens === 'allowed') return way;
      return tokens === 'only' ? { ...way, onlyToken: true } : { ...way, orToken: false };
    case 'nothing':
    case 'persona':
    case 'mail':
      return way;
  }
}

/** The address in the one form in which it names an account's folder, as the search finds it. */
export const usualUrl = (address: string): string => {
  const url = parseBaseUrl(address);
  return url.ok ? url.value.href : address;
};
