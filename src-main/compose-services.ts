import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { app, dialog, globalShortcut, nativeTheme, powerMonitor, safeStorage, shell } from 'electron';
import type { AppState } from '@shared/contract';
import { ok } from '@shared/domain/result';
import type { Route } from '@shared/domain/route';
import type { Settings } from '@shared/domain/settings';
import { surveysWaiting } from '@shared/domain/survey-rules';
import { createAccountStore, type Account } from './auth/accounts';
import { createConnection } from './auth/connection';
import { createSession, type Session } from './auth/session';
import type { Device } from './compose-device';
import type { ComposedServices, Core, Surface } from './compose.types';
import { createBootReader, pretendedBoot, type BootReader } from './device/boot';
import { createRestarts } from './device/restart/restarts';
import { createDrafts } from './drafts/drafts';
import { isBegun } from './drafts/shape';
import type { AccountServices } from './ipc/services.types';
import { createEmergencies } from './emergency/emergencies';
import type { Emergencies } from './emergency/emergencies.types';
import { createRemind } from './emergency/remind';
import { createLedger } from './notify/ledger';
import { createNotify, type Notify } from './notify/notify';
import { startReminders } from './notify/reminders';
import { ownChanges } from './notify/own-changes';
import type { Toaster } from './notify/toaster';
import { createOutbox } from './outbox/outbox';
import { createDocuments } from './platform/documents';
import { createJsonFile } from './platform/json-file';
import { createNetworkState } from './platform/network';
import { createSecrets } from './platform/secrets';
import { createSpool } from './platform/spool';
import type { NetworkState } from './platform/types';
import { createKeptWork, type KeptWork } from './settings/kept-work';
import { createLastAgreement, type LastAgreement } from './settings/last-agreement';
import { createSettings, type SettingsStore } from './settings/settings';
import { createAttachmentFiles } from './shell/attachment-files';
import { createBadge } from './shell/badge';
import { createLoginItem } from './shell/login-item';
import { createShortcut } from './shell/shortcut';
import { createToaster } from './shell/toaster';
import { badgeCount, trayModel, waitingItems, type TrayInput } from './shell/tray-model';
import { createSync } from './sync/sync';
import type { Reach } from './sync/sync.types';
import { createFacts } from './tickets/facts';
import type { Facts } from './tickets/facts.types';
import { createTickets } from './tickets/tickets';

/** The application's identifier, as in electron-builder.yml; Windows files notifications under it. */
const APP_ID = 'org.deskbell.Deskbell';
/** A board that refused a renewed session is asked again after this. In milliseconds. */
const RENEW_AGAIN_MS = 15_000;
/** The tray tells of passing time ("again in 3 minutes") no finer than this. In milliseconds. */
const TRAY_REFRESH_MS = 30_000;

/** What the window knows while nobody is connected. */
const withoutAccount = (lastAgreement: LastAgreement, kept: KeptWork) => ({
  connection: { kind: 'none' as const },
  ...lastNumbers(lastAgreement),
  kept: kept.get(),
});

/** What an agreement says of emergencies where it is not known yet (guide, chapter 6). In minutes. */
const CONFIRM_MINUTES = 30;

/** The numbers to call while no agreement of an account is known: the last one of this machine. */
function lastNumbers(last: LastAgreement): Pick<AppState, 'agreement' | 'agreementFrom'> {
  const known = last.get();
  return known === null ? { agreement: null } : { agreement: known.agreement, agreementFrom: known.from };
}

/** An account with everything that works for it. */
interface OpenedAccount extends AccountServices {
  readonly facts: Facts;
  readonly emergencies: Emergencies;
  readonly notify: Notify;
  readonly quarantined: number;
}

/** What the services of all accounts share. */
interface Shared {
  readonly core: Core;
  readonly surface: Surface;
  readonly settings: SettingsStore;
  readonly network: NetworkState;
  readonly secrets: ReturnType<typeof createSecrets>;
  readonly toaster: Toaster;
  readonly lastAgreement: LastAgreement;
  readonly kept: KeptWork;
  readonly boot: BootReader;
  readonly setLoginItem: (enabled: boolean) => Promise<void>;
}

/** Stage 2: everything behind the calls, in reading order. Loaded when tray and window stand. */
export async function composeServices(core: Core, surface: Surface): Promise<ComposedServices> {
  const { clock, log, files, folders, appState, t } = core;
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID);

  const settings = createSettings(files.settings);
  const accounts = createAccountStore(files.account);
  const network = createNetworkState(clock);
  const secrets = createSecrets({
    folder: path.join(folders.userData, 'secrets'),
    safeStorage,
    platform: process.platform,
    log,
  });
  const icon = path.join(folders.icons, 'app/256x256.png');
  const toaster = createToaster({ platform: process.platform, appId: APP_ID, icon });
  const attachments = createAttachmentFiles({
    folder: path.join(folders.userData, 'opened'),
    openPath: (file) => shell.openPath(file),
    askWhere: (name) => askWhereToSave(name, surface, t('tray:saveAttachment')),
    log,
  });
  const boot = createBootReader({
    platform: process.platform,
    clock,
    pretend: core.developer ? pretendedBoot(process.env) : null,
  });
  const setLoginItem = createLoginItem({
    platform: process.platform,
    command: [process.env['APPIMAGE'] ?? process.execPath, ...(app.isPackaged ? [] : [app.getAppPath()])],
    configFolder: process.env['XDG_CONFIG_HOME'] ?? path.join(os.homedir(), '.config'),
    setLoginItemSettings: (item) => app.setLoginItemSettings(item),
  });
  const lastAgreement = createLastAgreement(files.agreement, log);
  const kept = createKeptWork(files.kept, log);
  const shared: Shared = {
    core,
    surface,
    settings,
    network,
    secrets,
    toaster,
    lastAgreement,
    kept,
    boot,
    setLoginItem,
  };

  const connection = createConnection<OpenedAccount>({
    accounts,
    open: (account) => openAccount(account, shared),
    practiceAccount: () => practiceAccount(t('tray:practice')),
    log,
  });

  const renderTray = keepTray(shared, () => connection.current());
  const mirror = keepMirror(shared, renderTray);
  connection.onChange(mirror);
  applySettings(shared);

  await attachments.tidy().catch((error: unknown) => log.error('attachments.tidy', error));
  await connection.restore().catch((error: unknown) => log.error('connection.restore', error));
  askAboutRestart(connection.current(), surface);
  if (connection.current() === null) appState.update(withoutAccount(lastAgreement, kept));
  appState.update({ phase: 'ready' });

  return {
    settings,
    connection,
    attachments,
    unsent: () => waitingItems(connection.current()?.outbox.items() ?? []).length,
    onWindowClosed: () => void hintAtTray(shared),
    async close() {
      await connection.close();
      network.close();
      toaster.close();
      surface.tray.destroy();
      const { settings: chosen, account, hints, agreement, kept: left } = files;
      await Promise.all([chosen, account, hints, agreement, left].map((file) => file.settled()));
    },
  };
}

/** Opens an account: its stores, its board, what follows and what tells. Everything of it is in its own folder. */
async function openAccount(account: Account, shared: Shared): Promise<OpenedAccount> {
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
    local: true,
  });

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
  const renewal = renewWhenSignedOut(sync, session, shared);
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
    device,
    quarantined: [board, ...loads].reduce((sum, { quarantined }) => sum + quarantined, 0),
    signInAgain: () => renewal.now(),
    signOut: () => session.end(),
    async close() {
      renewal.stop();
      stopReminders();
      await drafts.flush();
      await emergencies.close();
      await restarts.close();
      await device.close();
      await sync.stop();
      await notify.close();
      connector.close();
      await board.close();
    },
  };
}

const userAgent = (): string => `Deskbell/${app.getVersion()}`;

/** The account's board: a practice desk of our own, or one that runs already (tests, two clients). */
async function openBoard(account: Account, shared: Shared) {
  const { clock, log } = shared.core;
  const { createBoardApiConnector } = await import('./desk/board-api/board-api-connector');
  const running = shared.core.developer ? process.env['DESKBELL_PRACTICE_URL'] : undefined;
  const desk = running
    ? await enterRunningDesk(running, account, shared)
    : await startPracticeDesk(account, shared.core);
  const connector = createBoardApiConnector({
    baseUrl: desk.url,
    accessToken: () => desk.session.accessToken(),
    clock,
    log,
    random: Math.random,
    userAgent: userAgent(),
  });
  return { ...desk, connector };
}

/** Starts the embedded practice desk. Its token is new with every start and never leaves memory. */
async function startPracticeDesk(account: Account, { developer, folders, clock, log, t }: Core) {
  const [{ createPracticeDesk }, { PACES }, { createPractice }] = await Promise.all([
    import('./practice-desk/practice-desk'),
    import('./practice-desk/types'),
    import('./practice-desk/practice'),
  ]);
  const pace = developer ? process.env['DESKBELL_PRACTICE_PACE'] : undefined;
  const token = randomBytes(32).toString('base64url');
  const desk = await createPracticeDesk({
    dataDir: path.join(folders.userData, 'practice-desk'),
    port: 0,
    pace: PACES.find((known) => known === pace) ?? 'quick',
    clock,
    random: Math.random,
    log,
    token,
    owner: account.person,
  });
  const session: Session = {
    accessToken: async () => token,
    renew: async () => false,
    end: async () => undefined,
  };
  return {
    url: desk.url,
    session,
    practice: createPractice(desk, clock, t('tray:practiceHoliday')),
    quarantined: desk.movedAside === null ? 0 : 1,
    close: () => desk.close(),
  };
}

/** Enters a practice desk that runs by itself, as the person of the account. */
async function enterRunningDesk(url: string, account: Account, { core, secrets }: Shared) {
  const { createEntrance } = await import('./desk/board-api/entrance');
  const entrance = createEntrance({ baseUrl: url, clock: core.clock, userAgent: userAgent() });
  const signIn = async () => {
    const entered = await entrance.signInAs(account.person);
    return entered.ok ? ok(entered.value.token) : entered;
  };
  const session = createSession({ name: account.id, secrets, signIn, log: core.log });
  return { url, session, practice: null, quarantined: 0, close: async () => entrance.close() };
}

/** The practice desk takes anybody; the account of this machine is as good a name as any. */
function practiceAccount(deskName: string): Account {
  const { username } = os.userInfo();
  const name = username === '' ? 'Guest' : username.charAt(0).toUpperCase() + username.slice(1);
  return {
    id: 'practice',
    board: 'practice',
    deskName,
    person: { name, email: `${username.replace(/[^\w.-]/g, '') || 'guest'}@practice.example`, phone: '' },
  };
}

/** Gets new sessions of a board that needs no user for it. */
interface Renewal {
  /** Tries at once, for a user who does not want to wait. Nothing where the session is good. */
  now(): Promise<void>;
  stop(): void;
}

/** A board that needs no user to sign in gets a new session when it has forgotten the old one. */
function renewWhenSignedOut(sync: AccountServices['sync'], session: Session, { core }: Shared): Renewal {
  const { clock, log } = core;
  let cancel = (): void => undefined;
  const renew = async (): Promise<void> => {
    cancel();
    if (await session.renew()) sync.resume();
    else cancel = clock.after(RENEW_AGAIN_MS, again);
  };
  const again = (): void => void renew().catch((error: unknown) => log.error('session.renew', error));
  const unlisten = sync.onReach(({ state }) => {
    cancel();
    if (state === 'signedOut') again();
  });
  return {
    now: async () => {
      if (sync.reach().state === 'signedOut') await renew();
    },
    stop() {
      unlisten();
      cancel();
    },
  };
}

/** After a restart that was planned Deskbell opens by itself, on the draft that it was about. */
function askAboutRestart(opened: OpenedAccount | null, { window }: Surface): void {
  const plan = opened?.restarts.view().plan;
  if (plan?.done && plan.stage === 'ask') window.show({ screen: 'newTicket', draftId: plan.draftId });
}

/** What is known about this computer; everything behind it is loaded with the first look. */
function lookAtDevice({ core, network, boot }: Shared, deskUrl: string) {
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

/** Keeps window, app state and tray in step with the account that is open. Returns what takes the next one. */
function keepMirror({ core, surface, secrets, lastAgreement, kept }: Shared, renderTray: () => void) {
  const { appState, log } = core;
  const { ipc, window } = surface;
  let stop = (): void => undefined;

  const updateState = (opened: OpenedAccount): void => {
    const agreement = opened.facts.agreement();
    if (agreement !== null) lastAgreement.keep(agreement, opened.account.board);
    appState.update({
      connection: connectionOf(opened, opened.sync.reach()),
      ...(agreement === null
        ? lastNumbers(lastAgreement)
        : { agreement, agreementFrom: opened.account.board }),
      emergencies: [...opened.emergencies.list()],
      announcements: [...opened.facts.announcements()],
      restart: opened.restarts.view(),
      canJoin: opened.connector.capabilities.join,
      kept: null,
      secrets: secrets.persistence(),
      quarantined: opened.quarantined,
    });
  };
  const pushTickets = (
    { tickets }: OpenedAccount,
    ids: ReadonlySet<string> | 'all',
    removed: readonly string[],
  ): void =>
    ipc.push('tickets.changed', {
      upserted: tickets.list().filter(({ id }) => ids === 'all' || ids.has(id)),
      removed: [...removed],
      dismissedSurveys: [...tickets.dismissedSurveys()],
      laterSurveys: { ...tickets.laterSurveys() },
      syncedAt: tickets.syncedAt(),
    });

  const follow = (opened: OpenedAccount): (() => void) => {
    const { emergencies, tickets, outbox, drafts, facts, sync, restarts } = opened;
    const setActivity = (): void => sync.setActivity(window.isVisible() ? 'window' : 'background');
    const onSuspend = (): void => sync.setActivity('asleep');
    powerMonitor.on('suspend', onSuspend);
    powerMonitor.on('resume', setActivity);
    powerMonitor.on('resume', emergencies.look);
    const stops = [
      tickets.onChange(({ upserted, removed }) => {
        pushTickets(opened, new Set(upserted.map(({ after }) => after.id)), removed);
        upserted.forEach(({ after }) => ipc.push('ticket.changed', after));
        renderTray();
      }),
      outbox.onChange(({ upserted, removed }) => {
        ipc.push('outbox.changed', { upserted: [...upserted], removed: [...removed], progress: [] });
        renderTray();
      }),
      sync.onProgress((progress) =>
        ipc.push('outbox.changed', { upserted: [], removed: [], progress: [progress] }),
      ),
      drafts.onChange((all) => ipc.push('drafts.changed', { drafts: [...all] })),
      facts.onChange(() => updateState(opened)),
      emergencies.onChange(() => updateState(opened)),
      sync.onReach(() => updateState(opened)),
      window.onVisibility(setActivity),
      window.onVisibility((visible) => {
        if (visible) void restarts.visit().catch((error: unknown) => log.error('restart.visit', error));
      }),
      restarts.onChange(() => updateState(opened)),
      () => powerMonitor.off('suspend', onSuspend),
      () => powerMonitor.off('resume', setActivity),
      () => powerMonitor.off('resume', emergencies.look),
    ];
    setActivity();
    updateState(opened);
    pushTickets(opened, 'all', []);
    ipc.push('outbox.changed', { upserted: [...outbox.items()], removed: [], progress: [] });
    ipc.push('drafts.changed', { drafts: [...drafts.list()] });
    return () => {
      stops.forEach((one) => one());
      kept.note({ items: waitingItems(outbox.items()).length, drafts: drafts.list().filter(isBegun).length });
      const removed = outbox.items().map(({ ref }) => ref);
      ipc.push('outbox.changed', { upserted: [], removed, progress: [] });
      ipc.push('drafts.changed', { drafts: [] });
      ipc.push('tickets.changed', {
        upserted: [],
        removed: tickets.list().map(({ id }) => id),
        dismissedSurveys: [],
        syncedAt: null,
      });
    };
  };

  return (opened: OpenedAccount | null): void => {
    stop();
    stop = opened ? follow(opened) : () => undefined;
    if (!opened)
      appState.update({
        ...withoutAccount(lastAgreement, kept),
        emergencies: [],
        announcements: [],
        canJoin: false,
        quarantined: 0,
      });
    renderTray();
  };
}

const connectionOf = (
  { account, facts }: OpenedAccount,
  reach: Reach,
): ReturnType<Core['appState']['get']>['connection'] => ({
  kind: 'connected',
  board: account.board,
  deskName: facts.agreement()?.provider ?? account.deskName,
  person: account.person,
  reach: reach.state,
  lastContactAt: reach.lastContactAt,
});

/** Keeps tray and badge a function of state: everything that may change them ends in one render. */
function keepTray({ core, surface }: Shared, current: () => OpenedAccount | null): () => void {
  const { appState, clock, t } = core;
  const { tray, window } = surface;
  const setBadge = createBadge({
    app,
    window,
    platform: process.platform,
    overlay: path.join(core.folders.icons, 'overlay.png'),
    describe: (count) => t('tray:unread', { count }),
  });
  const render = (): void => {
    const input = trayInput(core, current());
    tray.render(trayModel(input, t));
    setBadge(badgeCount(input));
  };
  const renderEverySoOften = (): void => {
    render();
    clock.after(TRAY_REFRESH_MS, renderEverySoOften);
  };
  appState.onChange(render);
  window.onVisibility(render);
  renderEverySoOften();
  return render;
}

function trayInput({ appState, clock }: Core, opened: OpenedAccount | null): TrayInput {
  const { connection, agreement } = appState.get();
  return {
    connection,
    agreement,
    tickets: opened?.tickets.list() ?? [],
    dismissedSurveys: opened?.tickets.dismissedSurveys() ?? [],
    unread: opened?.tickets.unread().length ?? 0,
    items: opened?.outbox.items() ?? [],
    now: clock.now(),
  };
}

/** Makes the settings true now and whenever they change. */
function applySettings({ core, surface, settings, setLoginItem }: Shared): void {
  const { appState, log } = core;
  const newTicket: Route = { screen: 'newTicket', draftId: null };
  const setShortcut = createShortcut(globalShortcut, () => surface.window.show(newTicket));
  const setScreenshotShortcut = createShortcut(globalShortcut, () => void surface.takeScreenshot());
  /** The same keys for both are the new ticket's. */
  const setShortcuts = ({ shortcut, screenshotShortcut }: Settings): void => {
    setScreenshotShortcut(null);
    const isDouble = screenshotShortcut !== null && screenshotShortcut === shortcut;
    appState.update({
      shortcut: setShortcut(shortcut),
      screenshotShortcut: isDouble ? 'taken' : setScreenshotShortcut(screenshotShortcut),
    });
  };
  const apply = (now: Settings, before: Settings | null): void => {
    nativeTheme.themeSource = now.theme;
    if (now.shortcut !== before?.shortcut || now.screenshotShortcut !== before.screenshotShortcut)
      setShortcuts(now);
    if (before && now.startAtLogin !== before.startAtLogin) {
      setLoginItem(now.startAtLogin).catch((error: unknown) => log.error('loginItem', error));
    }
  };
  apply(settings.get(), null);
  settings.onChange((now, before) => {
    apply(now, before);
    surface.ipc.push('settings.changed', now);
  });
}

/** The first time the window is closed, says once that Deskbell goes on in the tray. */
async function hintAtTray({ core, toaster, settings }: Shared): Promise<void> {
  const { files, log, t } = core;
  const hints = files.hints.readNow();
  if (typeof hints === 'object' && hints !== null && 'tray' in hints) return;
  if (!settings.get().notifications.enabled) return;
  await files.hints.write({ tray: true }).catch((error: unknown) => log.error('hints', error));
  const toast = {
    title: t('tray:closed.title'),
    body: t('tray:closed.body'),
    urgent: false,
    action: t('notify:action.open'),
  };
  const outcome = await toaster.show(toast, () => undefined);
  log.info('hint.tray', { outcome: outcome.kind });
}

async function askWhereToSave(name: string, { window }: Surface, title: string): Promise<string | null> {
  const options = {
    title,
    defaultPath: path.join(app.getPath('downloads'), name),
    properties: ['showOverwriteConfirmation' as const],
  };
  const parent = window.browserWindow();
  const answer = parent ? await dialog.showSaveDialog(parent, options) : await dialog.showSaveDialog(options);
  return answer.canceled || !answer.filePath ? null : answer.filePath;
}
