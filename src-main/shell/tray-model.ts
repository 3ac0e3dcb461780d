import type { Connection } from '@shared/contract';
import type { Agreement } from '@shared/domain/agreement';
import { emailSentAt, wasSentByEmail } from '@shared/domain/by-email';
import { phoneFor } from '@shared/domain/call-sheet';
import type { OutboxItem } from '@shared/domain/outbox';
import { assertNever } from '@shared/domain/result';
import type { Route } from '@shared/domain/route';
import { surveysWaiting } from '@shared/domain/survey-rules';
import { cleanText, shorten } from '@shared/domain/text';
import type { TicketSummary } from '@shared/domain/ticket';
import { keyOfItem, keyOfTicket } from '@shared/domain/ticket-key';
import { itemWords, rowState } from '@shared/domain/ticket-words';
import type { Translate } from '@shared/locales';
import {
  endSections,
  item,
  joinSections,
  newTicketEntry,
  screenshotEntry,
  type TrayEntry,
  type TrayModel,
  type TrayState,
} from './tray-frame';

/** What the tray shows is a function of this. */
export interface TrayInput {
  readonly connection: Connection;
  readonly agreement: Agreement | null;
  readonly tickets: readonly TicketSummary[];
  /** Surveys the user chose not to answer, by ticket id. */
  readonly dismissedSurveys: readonly string[];
  /** Tickets with news that the user has not looked at. */
  readonly unread: number;
  readonly items: readonly OutboxItem[];
  readonly now: Date;
}

const MOST_TICKETS = 5;
const MOST_SURVEYS = 3;
const LONGEST_SUMMARY = 44;
/** Windows cuts a tooltip after this (NOTIFYICONDATA.szTip). */
const LONGEST_TOOLTIP = 127;

/** The tray for a state: icon, tooltip and menu. */
export function trayModel(input: TrayInput, t: Translate): TrayModel {
  return { state: stateOf(input), tooltip: tooltipOf(input, t), menu: menuOf(input, t) };
}

/** Writes that have not left, whatever they wait for. */
export const waitingItems = (items: readonly OutboxItem[]): readonly OutboxItem[] =>
  items.filter((item) => item.state.kind !== 'delivered');

/** Tickets whose survey waits for the user. */
const waitingSurveys = ({ tickets, dismissedSurveys, items }: TrayInput): readonly TicketSummary[] =>
  surveysWaiting(tickets, dismissedSurveys, items);

/** Questions and surveys that wait for the user: the number on the badge (until dealt with, not until seen). */
export const badgeCount = (input: TrayInput): number =>
  input.tickets.filter(({ question }) => question !== null).length + waitingSurveys(input).length;

function stateOf(input: TrayInput): TrayState {
  if (input.connection.kind === 'none') return 'idle';
  if (input.connection.reach === 'signedOut') return 'signedOut';
  if (newsCount(input) > 0) return 'unread';
  if (input.connection.reach === 'offline') return 'offline';
  return waitingItems(input.items).length > 0 ? 'waiting' : 'idle';
}

/** Questions and surveys count until they are dealt with; other news until they were looked at. */
const newsCount = (input: TrayInput): number =>
  Math.max(input.unread, input.tickets.filter(({ question }) => question !== null).length) +
  waitingSurveys(input).length;

function tooltipOf(input: TrayInput, t: Translate): string {
  const { connection } = input;
  const unread = newsCount(input);
  const waiting = waitingItems(input.items).length;
  const parts = [
    nameOf(connection, t),
    ...(connection.kind === 'connected' ? [reachWords(connection.reach, t)] : [t('tray:notConnected')]),
    unread > 0 ? t('tray:unread', { count: unread }) : '',
    waiting > 0 ? t('tray:waiting', { count: waiting }) : '',
  ];
  return shorten(parts.filter((part) => part !== '').join(' · '), LONGEST_TOOLTIP);
}

function nameOf(connection: Connection, t: Translate): string {
  if (connection.kind === 'none') return 'Deskbell';
  return connection.board === 'practice'
    ? `Deskbell · ${t('tray:practice')}`
    : `Deskbell · ${oneLine(connection.deskName)}`;
}

function reachWords(reach: Extract<Connection, { kind: 'connected' }>['reach'], t: Translate): string {
  switch (reach) {
    case 'offline':
      return t('tray:offline');
    case 'signedOut':
      return t('tray:signedOut');
    case 'checking':
    case 'online':
      return '';
    default:
      return assertNever(reach);
  }
}

function menuOf(input: TrayInput, t: Translate): readonly TrayEntry[] {
  const sections =
    input.connection.kind === 'none'
      ? []
      : [
          headSection(input, t),
          [newTicketEntry(t), screenshotEntry(t)],
          ticketSection(input, t),
          surveySection(input, t),
          callSection(input, t),
        ];
  return joinSections([...sections, ...endSections(t)]);
}

function headSection({ connection, items }: TrayInput, t: Translate): readonly TrayEntry[] {
  const waiting = waitingItems(items).length;
  return [
    ...(connection.kind === 'connected' && connection.board === 'practice'
      ? [item(t('tray:practice'), null)]
      : []),
    ...(waiting > 0
      ? [item(t('tray:waiting', { count: waiting }), { kind: 'route', route: { screen: 'outbox' } })]
      : []),
  ];
}

/**
 * The latest tickets with their step: those still to be sent first, then open ones, then closed ones. What went by e-mail
 * stands among the open ones.
 */
function ticketSection(input: TrayInput, t: Translate): readonly TrayEntry[] {
  const { connection, tickets, items, now } = input;
  const reach = connection.kind === 'connected' ? connection.reach : 'checking';
  const known = new Set(tickets.map(keyOfTicket));
  const unsent = items
    .filter(({ write }) => write.kind === 'create')
    .filter((one) => !known.has(keyOfItem(one)));
  const itemEntry = (one: OutboxItem): TrayEntry => {
    const { key, params } = itemWords(one, { now, reach, byEmail: one.via === 'email' });
    const summary = one.write.kind === 'create' ? one.write.summary : '';
    return ticketItem(summary, t(`status:${key}`, params), { screen: 'ticket', key: keyOfItem(one) });
  };
  const ticketEntry = (ticket: TicketSummary): TrayEntry => {
    const own = waitingItems(items).filter((one) => keyOfItem(one) === keyOfTicket(ticket));
    const { key, params } = rowState(ticket, own).word;
    const route: Route = { screen: 'ticket', key: keyOfTicket(ticket) };
    return ticketItem(ticket.summary, t(`status:${key}`, params), route);
  };
  const pending = unsent.filter(({ state }) => !wasSentByEmail(state)).toReversed();
  const filed: readonly Filed[] = [
    ...tickets.map((ticket) => ({
      closed: ticket.closed,
      at: ticket.updatedAt,
      entry: () => ticketEntry(ticket),
    })),
    ...unsent.flatMap((one) => {
      const at = emailSentAt(one.state);
      return at === null ? [] : [{ closed: false, at, entry: () => itemEntry(one) }];
    }),
  ];
  const entries = [...pending.map((one) => () => itemEntry(one)), ...latest(filed).map(({ entry }) => entry)];
  return entries.slice(0, MOST_TICKETS).map((entry) => entry());
}

interface Filed {
  readonly closed: boolean;
  readonly at: string;
  readonly entry: () => TrayEntry;
}

const latest = (filed: readonly Filed[]): readonly Filed[] =>
  filed.toSorted((one, other) => Number(one.closed) - Number(other.closed) || other.at.localeCompare(one.at));

const surveySection = (input: TrayInput, t: Translate): readonly TrayEntry[] =>
  waitingSurveys(input)
    .slice(0, MOST_SURVEYS)
    .map(({ id, summary }) =>
      item(t('tray:menu.survey', { summary: shortSummary(summary) }), {
        kind: 'route',
        route: { screen: 'survey', ticketId: id },
      }),
    );

function callSection({ agreement }: TrayInput, t: Translate): readonly TrayEntry[] {
  const phone = phoneFor(agreement, 'serviceDesk');
  return phone === null
    ? []
    : [item(t('tray:menu.call', { phone: oneLine(phone) }), { kind: 'call', phone })];
}

const ticketItem = (summary: string, word: string, route: Route): TrayEntry =>
  item(`${shortSummary(summary)} · ${word}`, { kind: 'route', route });

/** Marks that turn the direction of all that follows; one in a summary would turn the menu's own words around. */
const DIRECTION_OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;

const oneLine = (text: string): string =>
  cleanText(text).replace(DIRECTION_OVERRIDES, '').replace(/\s+/g, ' ').trim();

const shortSummary = (summary: string): string => shorten(oneLine(summary), LONGEST_SUMMARY);
