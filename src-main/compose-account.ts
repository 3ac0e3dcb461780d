import path from 'node:path';
import { surveysWaiting } from '@shared/domain/survey-rules';
import type { Account } from './auth/accounts';
import type { Session } from './auth/session';
import { isLocal, openBoard, userAgent } from './compose-board';
import { openFallback } from './compose-fallback';
import type { Device } from './compose-device';
import type { OpenedAccount, Shared } from './compose-services.types';
import { createRestarts } from './device/restart/restarts';
import { createDrafts } from './drafts/drafts';
import { createEmergencies } from './emergency/emergencies';
import { createRemind } from './emergency/remind';
import { createLedger } from './notify/ledger';
import { createNotify } from './notify/notify';
import { ownChanges } from './notify/own-changes';
import { startReminders } from './notify/reminders';
import { createOutbox } from './outbox/outbox';
import { createDocuments } from './platform/documents';
import { createJsonFile } from './platform/json-file';
import { createSpool } from './platform/spool';
import { createSync } from './sync/sync';
import type { Sync } from './sync/sync.types';
import { createFacts } from './tickets/facts';
import { createTickets } from './tickets/tickets';

/** A board that refused a renewed session is asked again after this. In milliseconds. */
const RENEW_AGAIN_MS = 15_000;
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
    confirmMinutes: () => facts.agreement()?.emergencyConfirmMinutes ?? CONFIRM_MINUTES,
    remind: createRemind({
      toaster: shared.toaster,
      agreement: () => facts.agreement(),
      isByEmail: ({ ref }) => account.target.kind === 'email' || outbox.get(ref)?.via === 'email',
      t: core.t,
      locale: core.appState.get().locale,
      timeZone: core.timeZone,
      log,
      onOpen: (route) => surface.window.show(route),
    }),
  });

  const [board, ...loads] = await Promise.all([
    openBoard(account, shared),
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
  const stopRenewing = renewWhenSignedOut(sync, session, shared);
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

/**
 * When the board says that the session is over, gets another where that needs no user (a refresh token, a practice desk). A
 * session that only the user can renew stays over until they sign in.
 */
function renewWhenSignedOut(sync: Sync, session: Session, { core }: Shared): () => void {
  const { clock, log } = core;
  let cancel = (): void => undefined;
  const renew = async (): Promise<void> => {
    cancel();
    if (await session.renew()) sync.resume();
    else cancel = clock.after(RENEW_AGAIN_MS, again);
  };
  const again = (): void => {
    if (sync.reach().state === 'signedOut')
      renew().catch((error: unknown) => log.error('session.renew', error));
  };
  const unlisten = sync.onReach(({ state }) => {
    cancel();
    if (state === 'signedOut') again();
  });
  return () => {
    unlisten();
    cancel();
  };
}

/** What is known about this computer; everything behind it is loaded with the first look. */
function lookAtDevice({ core, network, boot }: Shared, deskUrl: string | null) {
  let loaded: Promise<Device> | null = null;
  const load = (): Promise<Device> => {
    loaded ??= import('./compose-device').then(({ composeDevice }) =>
      composeDevice({ core, deskUrl, userAgent: userAgent(), network, uptime: boot.uptime }),
    );
    return loaded;
  };
  return {
    collect: async () => (await load()).collect(),
    close: async () => (await loaded?.catch(() => null))?.close(),
  };
}
