import type { Intake } from '@shared/domain/intake';
import { MAX_TEXT_LENGTH, type Instant } from '@shared/domain/primitives';
import { createTranslator, type Translate } from '@shared/locales';
import type { Courtesy, QuestionKind, Topic } from '../data/tables';
import { pdfOf } from './pdf';

/** What the practice desk says, in one language. */
export interface Words {
  readonly t: Translate;
  question(kind: QuestionKind, topic: Topic): { text: string; quickAnswers: string[] };
  /** What the engineer asks about somebody who joins or leaves. */
  personQuestion(kind: 'joining' | 'leaving'): { text: string; quickAnswers: string[] };
  solution(topic: Topic, again: boolean): string;
  courtesy(kind: Courtesy): string;
  /** The intake's answers but the problem itself, which is the first message. Blank ones are left out. */
  details(intake: Intake, timeZone: string): { label: string; value: string }[];
  /** A how-to note for next time as a file. */
  note(topic: Topic, number: string): { name: string; type: string; bytes: Uint8Array };
  /** A text that is a list: its parts. */
  list(text: string): string[];
}

/** The texts of the desk in English, the language its staff speak. */
export function createWords(): Words {
  const { t } = createTranslator('en');
  const list = (text: string): string[] => text.split(' | ');
  return {
    t,
    list,
    question(kind, topic) {
      const about = kind === 'restart' ? 'restart' : topic;
      const question = t(`practice:ask.${about}.question`);
      return {
        text: t('practice:staff.question', { question }),
        quickAnswers: list(t(`practice:ask.${about}.quick`)),
      };
    },
    personQuestion: (kind) => ({
      text: t('practice:staff.question', { question: t(`practice:personAsk.${kind}.question`) }),
      quickAnswers: list(t(`practice:personAsk.${kind}.quick`)),
    }),
    solution: (topic, again) => t(again ? 'practice:solution.again' : `practice:solution.${topic}`),
    courtesy: (kind) => t(`practice:courtesy.${kind}`),
    details: (intake, timeZone) => detailsOf(t, intake, timeZone),
    note(topic, number) {
      const [title = '', ...lines] = list(t(`practice:note.${topic}`));
      const subtitle = t('practice:note.ticket', { number, provider: t('practice:board.provider') });
      const numbered = lines.map((line, index) => `${index + 1}.  ${line}`);
      return {
        name: `${t('practice:note.fileName', { number })}.pdf`,
        type: 'application/pdf',
        bytes: pdfOf({ title, subtitle, lines: numbered }),
      };
    },
  };
}

function detailsOf(t: Translate, intake: Intake, timeZone: string): { label: string; value: string }[] {
  const choice = (chosen: string | null, text: string): string =>
    [chosen ?? '', text.trim()].filter((part) => part !== '').join(': ');
  const rows: readonly (readonly [string, string])[] = [
    ...personRows(t, intake),
    [
      t('practice:detail.since'),
      choice(intake.since && t(`practice:since.${intake.since}`), intake.sinceText),
    ],
    [
      t('practice:detail.affected'),
      choice(intake.affected && t(`practice:affected.${intake.affected}`), intake.affectedText),
    ],
    [t('practice:detail.impact'), choice(intake.impact && t(`practice:impact.${intake.impact}`), '')],
    [t('practice:detail.lostFunction'), intake.lostFunction.trim()],
    [t('practice:detail.recentChange'), intake.recentChange.trim()],
    [
      t('practice:detail.workaround'),
      choice(intake.workaround && t(`practice:workaround.${intake.workaround}`), intake.workaroundText),
    ],
    [
      t('practice:detail.restarted'),
      choice(intake.restarted && t(`practice:restarted.${intake.restarted}`), ''),
    ],
    [
      t('practice:detail.restartedAt'),
      intake.restartedAt === null ? '' : timeIn(timeZone, intake.restartedAt),
    ],
    [t('practice:detail.tried'), intake.triedText.trim()],
    [t('practice:detail.contactName'), intake.contact.name.trim()],
    [t('practice:detail.contactPhone'), intake.contact.phone.trim()],
    [t('practice:detail.contactEmail'), intake.contact.email.trim()],
    ...intake.device.map(({ key, value }) => [t(`device:label.${key}`), value.trim()] as const),
  ];
  return rows
    .filter(([, value]) => value !== '')
    .map(([label, value]) => ({ label, value: value.slice(0, MAX_TEXT_LENGTH) }));
}

/** What was asked for somebody who joins or leaves. */
function personRows(t: Translate, { kind, person }: Intake): readonly (readonly [string, string])[] {
  if (kind === 'problem' || person === null) return [];
  const day = person.day === null ? '' : dayOf(person.day);
  const after = person.mailboxAfter && t(`practice:mailboxAfter.${person.mailboxAfter}`);
  const ends = person.accessEnds && t(`practice:accessEnds.${person.accessEnds}`);
  const both = (one: string | null, other: string) =>
    [one ?? '', other.trim()].filter((part) => part !== '').join(': ');
  return [
    [t('practice:detail.kind'), t(`practice:kind.${kind}`)],
    [t('practice:detail.person'), person.name.trim()],
    [t('practice:detail.position'), person.position.trim()],
    [t(`practice:detail.day.${kind}`), day],
    [t(`practice:detail.devices.${kind}`), person.devices.trim()],
    [t('practice:detail.software'), person.software.trim()],
    [t('practice:detail.mailbox'), both(after, person.mailbox)],
    [t('practice:detail.accessLike'), person.accessLike.trim()],
    [t('practice:detail.accessEnds'), both(ends, person.accessText)],
    [t('practice:detail.notes'), person.notes.trim()],
    [t('practice:detail.goesTo'), t('practice:detail.both')],
  ];
}

/** A calendar day as the desk writes it; it belongs to no time zone. */
const dayOf = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );

const timeIn = (timeZone: string, instant: Instant): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(instant),
  );
