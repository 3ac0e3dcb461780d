import type { Telling, TicketEvent } from '@shared/domain/notification';
import { importance } from '@shared/domain/notification';
import type { NewsEvent } from '@shared/domain/outage';
import { assertNever } from '@shared/domain/result';
import { cleanText, shorten } from '@shared/domain/text';
import { shortName } from '@shared/domain/ticket-words';
import type { TicketSummary } from '@shared/domain/ticket';
import type { Translate } from '@shared/locales';
import type { Toast } from './toaster';

const LONGEST_TITLE = 80;
const LONGEST_BODY = 200;
const LONGEST_LISTED = 40;

/** A notification in words. With `hideDetails` it says that something happened, but not what (shared screens). */
export function toastOf(telling: Telling, hideDetails: boolean, t: Translate): Toast {
  return telling.kind === 'one'
    ? oneToast(telling.event, hideDetails, t)
    : manyToast(telling.events, hideDetails, t);
}

/** An announcement in words. An outage stays on screen until somebody has seen it. */
export function newsToast({ kind, announcement }: NewsEvent, hideDetails: boolean, t: Translate): Toast {
  const { title, text } = announcement;
  const urgent = kind === 'outage';
  const action = t('notify:action.open');
  if (hideDetails)
    return { title: t('notify:hidden.title'), body: t(`notify:hidden.${kind}`), urgent, action };
  const words = kind === 'over' ? t('notify:over') : text;
  return { title: line(title, LONGEST_TITLE), body: line(words, LONGEST_BODY), urgent, action };
}

/** The one reminder of a survey, in words. */
export function reminderToast(
  { summary, number }: Pick<TicketSummary, 'summary' | 'number'>,
  hideDetails: boolean,
  t: Translate,
): Toast {
  const title = hideDetails ? '' : line(summary, LONGEST_TITLE);
  return {
    title: title || (hideDetails ? t('notify:hidden.title') : t('notify:ticket', { number })),
    body: t(hideDetails ? 'notify:hidden.reminder' : 'notify:surveyReminder'),
    urgent: false,
    action: t('notify:action.rate'),
  };
}

/** The end of the session, in words. It says nothing of tickets, so there is nothing to hide. */
export function signedOutToast(waiting: number, t: Translate): Toast {
  return {
    title: t('notify:signedOut.title'),
    body: waiting > 0 ? t('notify:signedOut.waiting', { count: waiting }) : t('notify:signedOut.text'),
    urgent: false,
    action: t('notify:action.signIn'),
  };
}

function oneToast(event: TicketEvent, hideDetails: boolean, t: Translate): Toast {
  const urgent = importance(event) === 'high';
  if (hideDetails) {
    return {
      title: t('notify:hidden.title'),
      body: t('notify:hidden.one'),
      urgent,
      action: t('notify:action.open'),
    };
  }
  return {
    title: line(event.summary, LONGEST_TITLE) || t('notify:ticket', { number: event.number }),
    body: line(bodyOf(event, t), LONGEST_BODY),
    urgent,
    action: actionOf(event, t),
  };
}

function manyToast(events: readonly TicketEvent[], hideDetails: boolean, t: Translate): Toast {
  const count = events.length;
  const summaries = events.map(({ summary }) => line(summary, LONGEST_LISTED)).join(' · ');
  return {
    title: hideDetails ? t('notify:hidden.title') : t('notify:many', { count }),
    body: hideDetails ? t('notify:hidden.many', { count }) : line(summaries, LONGEST_BODY),
    urgent: events.some((event) => importance(event) === 'high'),
    action: t('notify:action.open'),
  };
}

function bodyOf(event: TicketEvent, t: Translate): string {
  const { number } = event;
  switch (event.kind) {
    case 'received':
      return t('notify:received', { number });
    case 'reviewed':
      return t(
        event.visit === 'onSite'
          ? 'notify:reviewedOnSite'
          : event.visit === 'remote'
            ? 'notify:reviewedRemote'
            : 'notify:reviewed',
      );
    case 'assigned':
      return named(event.name, (name) => t('notify:assignedTo', { name }), t('notify:assigned'));
    case 'working':
      return named(event.name, (name) => t('notify:workingBy', { name }), t('notify:working'));
    case 'question':
      return named(
        event.name,
        (name) => t('notify:questionBy', { name, text: event.text }),
        t('notify:question', { text: event.text }),
      );
    case 'reply':
      return named(
        event.name,
        (name) => t('notify:replyBy', { name, text: event.text }),
        t('notify:reply', { text: event.text }),
      );
    case 'resolved':
      return named(event.name, (name) => t('notify:resolvedBy', { name }), t('notify:resolved'));
    case 'surveyWaiting':
      return t('notify:surveyWaiting');
    case 'reopened':
      return t('notify:reopened');
    case 'closed':
      return t('notify:closed');
    default:
      return assertNever(event);
  }
}

function actionOf(event: TicketEvent, t: Translate): string {
  switch (event.kind) {
    case 'question':
      return t('notify:action.answer');
    case 'surveyWaiting':
      return t('notify:action.rate');
    case 'resolved':
      return t('notify:action.confirm');
    default:
      return t('notify:action.open');
  }
}

const named = (name: string | null, withName: (name: string) => string, without: string): string =>
  name === null || name.trim() === '' ? without : withName(shortName(name));

const line = (text: string, max: number): string => shorten(cleanText(text).replace(/\s+/g, ' ').trim(), max);
