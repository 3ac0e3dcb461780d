import os from 'node:os';
import path from 'node:path';
import { app, dialog, globalShortcut, nativeTheme, powerMonitor, safeStorage, shell } from 'electron';
import type { AppState } from '@shared/contract';
import type { Route } from '@shared/domain/route';
import type { Settings } from '@shared/domain/settings';
import { resolveLocale } from '@shared/locales';
import { createAccountStore } from './auth/accounts';
import { createConnection } from './auth/connection';
import { createBrowserSignIn } from './auth/oidc/browser-sign-in';
import { leaveProvider } from './auth/oidc/leave';
import { createSessions } from './auth/sessions';
import { createSignIn } from './auth/sign-in';
import { openAccount } from './compose-account';
import { boardTools, practiceAccount } from './compose-board';
import type { OpenedAccount, Shared } from './compose-services.types';
import type { ComposedServices, Core, Surface } from './compose.types';
import { loadBoardType, REMOTE_KINDS } from './desk/boards';
import { createDeskFinder } from './desk/finder';
import { placeOf } from './desk/offers';
import { createBootReader, pretendedBoot } from './device/boot';
import { isBegun } from './drafts/shape';
import { createNetworkState } from './platform/network';
import { createSecrets } from './platform/secrets';
import { createKeptWork, type KeptWork } from './settings/kept-work';
import { createLastAgreement, type LastAgreement, type LastKnown } from './settings/last-agreement';
import { createSettings } from './settings/settings';
import { createAttachmentFiles } from './shell/attachment-files';
import { createBadge } from './shell/badge';
import { createLoginItem } from './shell/login-item';
import { createSafeOpen, signInLink } from './shell/safe-open';
import { createShortcut } from './shell/shortcut';
import { createToaster } from './shell/toaster';
import { badgeCount, trayModel, waitingItems, type TrayInput } from './shell/tray-model';
import type { Reach } from './sync/sync.types';

/** The application's identifier, as in electron-builder.yml; Windows files notifications under it. */
const APP_ID = 'org.deskbell.Deskbell';
/** The tray tells of passing time ("again in 3 minutes") no finer than this. In milliseconds. */
const TRAY_REFRESH_MS = 30_000;

/** What the window knows while nobody is connected. */
const withoutAccount = (lastAgreement: LastAgreement, kept: KeptWork) => ({
  connection: { kind: 'none' as const },
  ...lastNumbers(lastAgreement),
  kept: kept.get(),
});

/**
 * The numbers to call while no agreement of an account is known: the last one of this machine. With an account only if it is
 * from such a board (`from`): a desk that has no agreement to tell must not be given another desk's numbers.
 */
function lastNumbers(
  last: LastAgreement,
  from?: LastKnown['from'],
): Pick<AppState, 'agreement' | 'agreementFrom'> {
  const known = last.get();
  if (known === null || (from !== undefined && known.from !== from)) return { agreement: null };
  return { agreement: known.agreement, agreementFrom: known.from };
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
  const tools = boardTools(core);
  const openSignInPage = createSafeOpen((url) => shell.openExternal(url), log, signInLink);
  const sessions = createSessions({ secrets, tools, openPage: openSignInPage });
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
    sessions,
    toaster,
    lastAgreement,
    kept,
    boot,
    setLoginItem,
  };

  const connection = createConnection<OpenedAccount>({
    accounts,
    open: (account) => openAccount(account, shared),
    log,
  });
  const signIn = createSignIn({
    finder: createDeskFinder({
      loadType: loadBoardType,
      kinds: REMOTE_KINDS,
      tools,
      ids: core.ids,
    }),
    loadType: loadBoardType,
    tools,
    sessions,
    browser: createBrowserSignIn({
      tools,
      openPage: openSignInPage,
      onReturned: () => surface.window.show(),
      t,
      locale: resolveLocale(appState.get().locale),
    }),
    giveBack: async (way, tokens) => void (await leaveProvider(way, tokens, tools)),
    connection,
    practice: () => practiceAccount(t('tray:practice')),
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
    signIn,
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

/** After a restart that was planned Deskbell opens by itself, on the draft that it was about. */
function askAboutRestart(opened: OpenedAccount | null, { window }: Surface): void {
  const plan = opened?.restarts.view().plan;
  if (plan?.done && plan.stage === 'ask') window.show({ screen: 'newTicket', draftId: plan.draftId });
}

/** Keeps window, app state and tray in step with the account that is open. Returns what takes the next one. */
function keepMirror({ core, surface, secrets, lastAgreement, kept }: Shared, renderTray: () => void) {
  const { appState, log } = core;
  const { ipc, window } = surface;
  let stop = (): void => undefined;

  const updateState = (opened: OpenedAccount): void => {
    const agreement = opened.facts.agreement();
    if (agreement !== null) lastAgreement.keep(agreement, opened.account.target.kind);
    appState.update({
      connection: connectionOf(opened, opened.sync.reach()),
      ...(agreement === null
        ? lastNumbers(lastAgreement, opened.account.target.kind)
        : { agreement, agreementFrom: opened.account.target.kind }),
      emergencies: [...opened.emergencies.list()],
      announcements: [...opened.facts.announcements()],
      restart: opened.restarts.view(),
      capabilities: opened.connector.capabilities,
      fallback: opened.fallback?.state() ?? null,
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
      ...(opened.fallback ? [opened.fallback.onChange(() => updateState(opened))] : []),
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
        capabilities: null,
        fallback: null,
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
  board: account.target.kind,
  place: placeOf(account.target),
  signIn: account.signIn,
  login: account.login,
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
    body: t(
      core.appState.get().capabilities?.read === false ? 'tray:closed.bodyMailbox' : 'tray:closed.body',
    ),
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
