import type { Announcement } from './agreement';
import type { OutboxItem } from './outbox';
import { dateOf, type Moment } from './time-words';

/** Older news than this is not told any more, nor shown as over, in milliseconds: a day, and an hour. */
const NEWS_MS = 24 * 60 * 60_000;
const OVER_MS = 60 * 60_000;

/** Where the user stands with an outage. `onTheWay`: said so here, not at the board yet. */
export type Joined = 'no' | 'onTheWay' | 'yes' | 'refused';

/** Whether the user is on the list of those affected by an outage, by the board's word or by what waits to be sent. */
export function joinedState(
  announcement: Pick<Announcement, 'id' | 'joined'>,
  items: Iterable<Pick<OutboxItem, 'write' | 'state'>>,
): Joined {
  if (announcement.joined === true) return 'yes';
  const own = [...items].findLast(
    ({ write }) => write.kind === 'join' && write.announcementId === announcement.id,
  );
  if (own === undefined) return 'no';
  if (own.state.kind === 'delivered') return 'yes';
  return own.state.kind === 'needsAttention' ? 'refused' : 'onTheWay';
}

/** The outages that are going on. */
export const ongoingOutages = (announcements: readonly Announcement[]): readonly Announcement[] =>
  announcements.filter(({ severity, endedAt }) => severity === 'outage' && endedAt === null);

/** Outages that ended a short while ago and concerned the user: worth saying once that they are over. */
export const justOver = (announcements: readonly Announcement[], now: Moment): readonly Announcement[] =>
  announcements.filter(
    ({ severity, endedAt, joined }) =>
      severity === 'outage' && joined === true && endedAt !== null && age(endedAt, now) < OVER_MS,
  );

/** An announcement that deserves a notification. `dedupeKey` is the same for the same happening, after a restart too. */
export interface NewsEvent {
  readonly kind: 'outage' | 'news' | 'over';
  readonly announcement: Announcement;
  readonly dedupeKey: string;
}

/**
 * What of the announcements is worth a notification: an outage for as long as it goes on, other news for a day, and the
 * end of an outage for those on its list. Each once: the caller remembers the keys.
 */
export function newsEvents(announcements: readonly Announcement[], now: Moment): readonly NewsEvent[] {
  return announcements.flatMap((announcement): NewsEvent[] => {
    const { id, severity, at, endedAt, joined } = announcement;
    if (endedAt !== null) {
      const isWanted = severity === 'outage' && joined === true && age(endedAt, now) < NEWS_MS;
      return isWanted ? [{ kind: 'over', announcement, dedupeKey: `news|${id}|over` }] : [];
    }
    if (severity === 'outage') return [{ kind: 'outage', announcement, dedupeKey: `news|${id}|began` }];
    return age(at, now) < NEWS_MS ? [{ kind: 'news', announcement, dedupeKey: `news|${id}|began` }] : [];
  });
}

const age = (at: Moment, now: Moment): number => dateOf(now).getTime() - dateOf(at).getTime();
