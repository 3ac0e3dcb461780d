import path from 'node:path';
import { surveysWaiting } from '@shared/domain/survey-rules';
import type { Account } from '../auth/accounts';
import { keepRenewing } from '../auth/renewing';
import { createRestarts } from '../device/restart/restarts';
import { createDrafts } from '../drafts/drafts';
import { createEmergencies } from '../emergency/emergencies';
import { createRemind } from '../emergency/remind';
import { createLedger } from '../notify/ledger';
import { createNotify } from '../notify/notify';
import { ownChanges } from '../notify/own-changes';
import { startReminders } from '../notify/reminders';
import { createOutbox } from '../outbox/outbox';
import { createDocuments } from '../platform/documents';
import { createJsonFile } from '../platform/json-file';
import { createSpool } from '../platform/spool';
import { waitingItems } from '../shell/tray-model';
import { createSync } from '../sync/sync';
import { createFacts } from '../tickets/facts';
import { createTickets } from '../tickets/tickets';
import { boardTools, isLocal, openBoard } from './board';
import type { Device } from './device';
import { openFallback } from './fallback';
import type { OpenedAccount, Shared } from './services.types';

/** What an agreement says of emergencies where it is not known yet (guide, chapter 6). In minutes. */
const CONFIRM_MINUTES = 30;

/** Opens an account: its stores, its board, what follows and what tells. Everything of it is in its own folder. */
export async function openAccount(account: Account, shared: Shared): Promise<OpenedAccount> {
  const { core, surface, network } = shared;
  const { clock, log, ids } = core;
  const folder = path.join(core.folders.userData, 'accounts', account.id);
  const random = Math.random;

  const documents = createDocuments(folder, { clock, log });
  const spool = createSpool(path.join(folder, 'spool'));
  const outbox = createOutbox({ documents, spool, clock, random, log });
  const tickets = createTickets({ documents, clock, log });
  const facts = createFacts({ documents, log });
  const agreement = () => facts.agreement() ?? shared.managed.agreement(account.deskName);
  const drafts = createDrafts({
    documents,
    spool,
    outbox,
    tickets,
    clock,
    ids,
    log,
    contact: () => account.person,
  });

  const emergencies = createEmergencies({
    documents,
    outbox,
    tickets,
    clock,
    log,
    confirmMinutes: () => agreement()?.emergencyConfirmMinutes ?? CONFIRM_MINUTES,
    remind: createRemind({
      toaster: shared.toaster,
      agreement,
      isByEmail: ({ ref }) => account.target.kind === 'email' || outbox.get(ref)?.via === 'email',
      t: core.t,
      locale: core.appState.get().locale,
      timeZone: core.timeZone,
      log,
      onOpen: (route) => surface.window.show(route),
    }),
  });

  const [board, ...loads] = await Promise.all([
    openBoard(account, folder, shared),
    outbox.load(),
    drafts.load(),
    tickets.load(),
    facts.load(),
    emergencies.load(),
  ]);
  const { connector, session, practice } = board;
  const device = lookAtDevice(shared, board.url);
  const restarts = createRestarts({
    file: createJsonFile(path.join(folder, 'restart.json')),
    boot: shared.boot,
    drafts,
    startAtLogin: (once) => shared.setLoginItem(once || shared.settings.get().startAtLogin),
    clock,
    log,
  });
  await restarts.load();
  const fallback = openFallback(account, folder, shared);
  const sync = createSync({
    outbox,
    connector,
    tickets,
    facts,
    spool,
    clock,
    network,
    random,
    log,
    local: isLocal(account),
    ...(fallback && { mail: fallback }),
  });
  const stopNoting = sync.onReach(({ state }) => fallback?.noteReach(state));

  const notify = createNotify({
    toaster: shared.toaster,
    settings: () => shared.settings.get(),
    ledger: createLedger(createJsonFile(path.join(folder, 'told.json'))),
    clock,
    timeZone: core.timeZone,
    t: core.t,
    log,
    onOpen: (route) => surface.window.show(route),
  });
  sync.onNews(({ changes, catchingUp }) => {
    if (catchingUp) return;
    const now = clock.now();
    notify.take(changes.map((change) => ({ ...change, own: ownChanges(change.after, outbox.items(), now) })));
  });
  const tellNews = (): void => notify.takeNews(facts.announcements());
  facts.onChange(tellNews);
  tellNews();
  const stopReminders = startReminders({
    waiting: () => surveysWaiting(tickets.list(), tickets.dismissedSurveys(), outbox.items()),
    later: () => tickets.laterSurveys(),
    onChange: (listener) => tickets.onChange(listener),
    notify,
    clock,
  });
  const stopRenewing = keepRenewing({
    reach: {
      state: () => sync.reach().state,
      onChange: (listener) => sync.onReach(listener),
      resume: () => sync.resume(),
    },
    session,
    onOver: () => notify.signedOut(waitingItems(outbox.items()).length),
    onGood: () => notify.signedIn(),
    clock,
    random,
    log,
  });
  sync.start();
  emergencies.start();

  return {
    account,
    clock,
    outbox,
    drafts,
    tickets,
    facts,
    sync,
    emergencies,
    practice,
    connector,
    notify,
    restarts,
    fallback,
    device,
    quarantined: [board, ...loads].reduce((sum, { quarantined }) => sum + quarantined, 0),
    async resume() {
      if (sync.reach().state !== 'signedOut') return;
      if (account.signIn.kind === 'nothing') await session.renew();
      sync.resume();
    },
    signOut: () => session.end(),
    async close() {
      stopRenewing();
      stopNoting();
      stopReminders();
      await drafts.flush();
      await emergencies.close();
      await restarts.close();
      await device.close();
      await sync.stop();
      await notify.close();
      await fallback?.close();
      connector.close();
      await board.close();
    },
  };
}

/** What is known about this computer; everything behind it is loaded with the first look. */
function lookAtDevice({ core, network, boot }: Shared, deskUrl: string | null) {
  let loaded: Promise<Device> | null = null;
  const load = (): Promise<Device> => {
    loaded ??= import('./device').then(({ composeDevice }) =>
      composeDevice({ core, deskUrl, tools: boardTools(core), network, uptime: boot.uptime }),
    );
    return loaded;
  };
  return {
    collect: async () => (await load()).collect(),
    close: async () => (await loaded?.catch(() => null))?.close(),
  };
}
