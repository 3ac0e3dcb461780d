import type { TFunction } from 'i18next';
import type { IntakeDraft } from '@shared/domain/draft';
import { isBlank } from '@shared/domain/text';
import { calendarDayOf } from '@shared/domain/time-words';

type Words = TFunction<'newTicket'>;

/** One line of what is asked for somebody who joins or leaves. */
export interface JoinLeaveRow {
  readonly label: string;
  readonly value: string;
}

/** What is asked for somebody who joins or leaves, blank answers left out; empty for a problem. */
export function joinLeaveRows(
  { kind, person }: Pick<IntakeDraft, 'kind' | 'person'>,
  t: Words,
  locale: string,
): readonly JoinLeaveRow[] {
  if (kind === 'problem' || person === null) return [];
  const both = (choice: string | null, text: string) =>
    [choice ?? '', text].filter((part) => !isBlank(part)).join(': ');
  const isLeaving = kind === 'leaving';
  const after = person.mailboxAfter && t(`person.mailboxAfter.${person.mailboxAfter}`).replace('…', '');
  const ends = person.accessEnds && t(`person.accessEnds.${person.accessEnds}`).replace('…', '');
  const rows: readonly (readonly [string, string])[] = [
    [t('person.name'), person.name],
    [t('person.position'), person.position],
    [t(`person.day.${kind}`), person.day === null ? '' : calendarDayOf(person.day, locale)],
    [t(`person.devices.${kind}`), person.devices],
    [t('person.software'), isLeaving ? '' : person.software],
    [t('person.mailbox'), isLeaving ? both(after, person.mailbox) : person.mailbox],
    [t('person.accessLike'), isLeaving ? '' : person.accessLike],
    [t('person.accessEndsLabel'), isLeaving ? both(ends, person.accessText) : ''],
    [t('person.notes'), person.notes],
  ];
  return rows
    .filter(([, value]) => !isBlank(value))
    .map(([label, value]) => ({ label, value: value.trim() }));
}

/**
 * The request in words, its first line the summary: "Priya Raman joins on 3 March". A board that knows no requests of
 * this kind gets all of it as the text of a ticket.
 */
export function joinLeaveText(
  intake: Pick<IntakeDraft, 'kind' | 'person'>,
  t: Words,
  { locale, now }: { readonly locale: string; readonly now: Date },
): string {
  const { kind, person } = intake;
  if (kind === 'problem' || person === null) return '';
  const name = isBlank(person.name) ? t('person.somebody') : person.name.replace(/\s+/g, ' ').trim();
  const day = person.day === null ? null : shortDay(person.day, locale, now);
  const title =
    day === null ? t(`person.title.${kind}`, { name }) : t(`person.titleOn.${kind}`, { name, day });
  const rows = joinLeaveRows(intake, t, locale).slice(1);
  return [title, ...rows.map(({ label, value }) => `${label}: ${value}`)].join('\n');
}

/** `3 March`; with the year where it is another one. */
function shortDay(day: string, locale: string, now: Date): string {
  const isThisYear = day.startsWith(`${now.getFullYear()}-`);
  return calendarDayOf(day, locale, {
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
}
