import type { CallName } from '@shared/channels';
import type { CallResponse, Envelope } from '@shared/contract';
import type { Route } from '@shared/domain/route';
import { call, listen } from '../api';
import { useAppStore } from './app-store';
import { navigate } from './navigation';
import { applyOutbox, resetOutbox, useOutboxStore } from './outbox-store';
import { useDraftStore, useSettingsStore } from './small-stores';
import { applyTicket, applyTickets, resetTickets, useTicketStore } from './ticket-store';

/** How often a list is asked again when it changed while it was on its way. */
const MAX_TRIES = 5;

/**
 * Fills the stores from main and keeps them filled. Listens before it asks, and asks again when something changed
 * meanwhile, so that no change is lost between list and push. Returns the function that stops listening.
 */
export function startFeed(): () => void {
  const changes = { app: 0, tickets: 0, outbox: 0, drafts: 0, settings: 0 };
  const stops = [
    listen('app.stateChanged', (app) => {
      changes.app += 1;
      useAppStore.setState({ app, isLost: false });
    }),
    listen('app.navigate', ({ route }) => navigate(route)),
    listen('tickets.changed', (change) => {
      changes.tickets += 1;
      applyTickets(change);
    }),
    listen('ticket.changed', applyTicket),
    listen('outbox.changed', (change) => {
      if (change.upserted.length + change.removed.length > 0) changes.outbox += 1;
      applyOutbox(change);
    }),
    listen('drafts.changed', ({ drafts }) => {
      changes.drafts += 1;
      useDraftStore.setState({ drafts });
    }),
    listen('settings.changed', (settings) => {
      changes.settings += 1;
      useSettingsStore.setState({ settings });
    }),
  ];
  void load('app.state', () => changes.app).then((answer) =>
    useAppStore.setState(answer.ok ? { app: answer.value, isLost: false } : { isLost: true }),
  );
  void loadTickets(() => changes.tickets);
  void loadOutbox(() => changes.outbox);
  void load('drafts.list', () => changes.drafts).then(
    (answer) => answer.ok && useDraftStore.setState({ drafts: answer.value }),
  );
  void loadSettings(() => changes.settings);
  return () => stops.forEach((stop) => stop());
}

/** Asks for the ticket list (again). */
export async function loadTickets(count: () => number = () => 0): Promise<void> {
  const answer = await load('tickets.list', count);
  if (answer.ok) resetTickets(answer.value);
  else useTicketStore.setState({ phase: 'failed' });
}

/** Asks for the outbox (again). */
export async function loadOutbox(count: () => number = () => 0): Promise<void> {
  const answer = await load('outbox.list', count);
  if (answer.ok) resetOutbox(answer.value);
  else useOutboxStore.setState({ phase: 'failed' });
}

/** Asks for the settings (again). */
export async function loadSettings(count: () => number = () => 0): Promise<void> {
  const answer = await load('settings.get', count);
  useSettingsStore.setState(answer.ok ? { settings: answer.value, hasFailed: false } : { hasFailed: true });
}

/** Tells main that the first screen stands; it says where to be. */
export async function reportReady(): Promise<Route | null> {
  const answer = await call('app.windowReady');
  return answer.ok ? answer.value.route : null;
}

type ListCall = Extract<
  CallName,
  'app.state' | 'tickets.list' | 'outbox.list' | 'drafts.list' | 'settings.get'
>;

async function load<Name extends ListCall>(
  name: Name,
  count: () => number,
): Promise<Envelope<CallResponse<Name>>> {
  for (let left = MAX_TRIES; ; left -= 1) {
    const before = count();
    const answer = (await call(name)) as Envelope<CallResponse<Name>>;
    if (!answer.ok || left <= 1 || count() === before) return answer;
  }
}
