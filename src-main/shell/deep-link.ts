import type { Route } from '@shared/domain/route';

/** The scheme under which Deskbell is known to the system. */
export const LINK_SCHEME = 'deskbell';
const LONGEST_LINK = 500;
/** A ticket's id in a link: what boards use, nothing that could be a path or a script. */
const TICKET_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * The place a link leads to: `deskbell://new`, `//tickets`, `//ticket/<id>`, `//survey/<id>`, `//settings`, `//outbox`.
 * A link can only show a place, never do something; anything else, however close, is `null`.
 */
export function parseDeepLink(link: string): Route | null {
  if (link.length > LONGEST_LINK) return null;
  const found = /^deskbell:\/\/([a-z]+)(?:\/([^/?#]+))?\/?$/.exec(link);
  if (!found) return null;
  const [, place, id] = found;
  if (id === undefined) return plainPlace(place);
  if (!TICKET_ID.test(id)) return null;
  if (place === 'ticket') return { screen: 'ticket', key: `id:${id}` };
  if (place === 'survey') return { screen: 'survey', ticketId: id };
  return null;
}

/** The first link among a process' arguments, as the system hands it over on Windows and Linux. */
export function routeFromArguments(args: readonly string[]): Route | null {
  const link = args.find((arg) => arg.startsWith(`${LINK_SCHEME}:`));
  return link === undefined ? null : parseDeepLink(link);
}

function plainPlace(place: string | undefined): Route | null {
  switch (place) {
    case 'new':
      return { screen: 'newTicket', draftId: null };
    case 'tickets':
    case 'settings':
    case 'outbox':
      return { screen: place };
    case 'call-sheet':
      return { screen: 'callSheet' };
    default:
      return null;
  }
}
