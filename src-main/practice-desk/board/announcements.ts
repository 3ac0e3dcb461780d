import type { Announcement } from '@shared/domain/agreement';
import { err, ok, type Result } from '@shared/domain/result';
import type { Transaction } from '../data/store';
import { ONLY_ROW, type Row } from '../data/tables';
import type { Refusal } from './writes';

type News = Row<'announcements'>;
type Joining = News['affected'][number];
/** Why somebody could not be put on the list. */
type JoinFault = { readonly kind: 'notFound' } | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * The announcements as one person sees them. `affected` of a stored outage counts those who told the desk otherwise
 * (by phone); everybody who said so here comes on top, once.
 */
export function announcementsFor(personId: string, news: News | undefined): readonly Announcement[] {
  return (news?.announcements ?? []).map((announcement) => {
    if (announcement.severity !== 'outage') return announcement;
    const people = peopleOf(news?.affected ?? [], announcement.id);
    const affected = (announcement.affected ?? 0) + people.size;
    return { ...announcement, affected, joined: people.has(personId) };
  });
}

/** Puts a person on the list of an outage that is not over. */
export function join(tx: Transaction, joining: Joining): Result<null, JoinFault> {
  const news = tx.get('announcements', ONLY_ROW);
  const announcement = news?.announcements.find(({ id }) => id === joining.announcementId);
  if (!news || announcement?.severity !== 'outage') return err({ kind: 'notFound' });
  if (announcement.endedAt !== null)
    return err({ kind: 'refused', refusal: { conflict: 'closed', why: 'outageOver' } });
  const affected = [...news.affected, joining];
  tx.put('announcements', ONLY_ROW, { ...news, sequence: tx.nextSequence(), affected });
  return ok(null);
}

const peopleOf = (affected: readonly Joining[], announcementId: string): ReadonlySet<string> =>
  new Set(affected.filter((one) => one.announcementId === announcementId).map(({ personId }) => personId));
