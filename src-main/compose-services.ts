import os from 'node:os';
import path from 'node:path';
import { app, dialog, globalShortcut, nativeTheme, powerMonitor, safeStorage, shell } from 'electron';
import type { AppState } from '@shared/contract';
import type { Route } from '@shared/domain/route';
import type { Settings } from '@shared/domain/settings';
import { resolveLocale } from '@shared/locales';
import { createAccountStore } from './auth/accounts';
import { createConnection, type ConnectionKeeper } from './auth/connection';
import { createBrowserSignIn } from './auth/oidc/browser-sign-in';
import { leaveProvider } from './auth/oidc/leave';
import { createSessions } from './auth/sessions';
import { createSignIn } from './auth/sign-in';
import { openAccount } from './compose-account';
import { boardTools, practiceAccount } from './compose-board';
import { asChosen, composePolicy, deskRules, policyView } from './compose-policy';
import type { OpenedAccount, Shared } from './compose-services.types';
import type { ComposedServices, Core, Surface } from './compose.types';
import { loadBoardType, REMOTE_KINDS } from './desk/boards';
import { wayUnder, type DeskRules } from './desk/chosen-desk';
import { createDeskFinder } from './desk/finder';
import { placeOf } from './desk/offers';
import { createBootReader, pretendedBoot } from './device/boot';
import { isBegun } from './drafts/shape';
import { createNetworkState } from './platform/network';
import { createSecrets } from './platform/secrets';
import type { Log } from './platform/types';
import type { Managed } from './policy/managed';
import { createKeptWork } from './settings/kept-work';
import { createLastAgreement } from './settings/last-agreement';
import { createManagedSettings } from './settings/managed-settings';
import { createSettings } from './settings/settings';
import { createAttachmentFiles } from './shell/attachment-files';
import { createBadge } from './shell/badge';
import { createLoginItem } from './shell/login-item';
import { openPageOnLinux } from './shell/open-page';
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
const withoutAccount = (shared: Shared) => ({
  connection: { kind: 'none' as const },
  ...numbersOf(shared, null),
  kept: shared.kept.get(),
});

/**
 * The numbers to call and what was agreed: from the account's board, else from the policy, else the last that this machine
 * has known. While nobody is connected the policy is nearer to the truth than a desk of the past.
 */
function numbersOf(
  { core, managed, lastAgreement }: Shared,
  opened: OpenedAccount | null,
): Pick<AppState, 'agreement' | 'agreementFrom'> {
  const own = opened?.facts.agreement() ?? null;
  if (opened && own) return { agreement: own, agreementFrom: opened.account.target.kind };
  const told = managed.agreement(opened?.account.deskName ?? core.t('common:contact.serviceDesk'));
  if (told) return { agreement: told, agreementFrom: 'policy' };
  const last = lastAgreement.get();
  // A desk that has no agreement to tell must not be given another desk's numbers.
  if (last === null || (opened && last.from !== opened.account.target.kind)) return { agreement: null };
  return { agreement: last.agreement, agreementFrom: last.from };
}

/** Stage 2: everything behind the calls, in reading order. Loaded when tray and window stand. */
export async function composeServices(core: Core, surface: Surface): Promise<ComposedServices> {
  const { clock, log, files, folders, appState, t } = core;
  if (process.platform === 'win32') app.setAppUserModelId(APP_ID);

  const { keeper, managed } = composePolicy(core);
  const rules = deskRules(managed);
  const settings = createManagedSettings(createSettings(files.settings), managed);
  const accounts = createAccountStore(files.account);
  const network = createNetworkState(clock);
  const secrets = createSecrets({
    folder: path.join(folders.userData, 'secrets'),
    safeStorage,
    platform: process.platform,
    log,
  });
  const tools = boardTools(core);
  const openPage = (url: string): Promise<void> =>
    process.platform === 'linux' ? openPageOnLinux(url, clock) : shell.openExternal(url);
  const openSignInPage = createSafeOpen(openPage, log, signInLink);
  const sessions = createSessions({ secrets, tools, openPage: openSignInPage });
  const icon = path.join(folders.icons, 'app/256x256.png');
  const toaster = createToaster({
    platform: process.platform,
    appId: APP_ID,
    appName: () => t('common:app.name'),
    icon,
  });
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
    managed,
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
    open: (account) => openAccount(asChosen(account, managed), shared),
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
      words: (outcome) => ({
        locale: resolveLocale(appState.get().locale),
        title: t(`signIn:page.${outcome}`),
        text: t('signIn:page.text'),
      }),
    }),
    giveBack: async (way, tokens) => void (await leaveProvider(way, tokens, tools)),
    connection,
    practice: () => practiceAccount(t('tray:practice')),
    rules,
    log,
  });

  const renderTray = keepTray(shared, () => connection.current());
  const mirror = keepMirror(shared, rules, renderTray);
  connection.onChange(mirror.take);
  applySettings(shared);

  // Before anything is offered: what is not allowed is then not there at all.
  await keeper.refresh();
  appState.update({ policy: policyView(managed, accounts.current()) });
  if (accounts.current()?.target.kind === 'practice' && !rules.allowsPractice())
    await accounts.setCurrent(null).catch((error: unknown) => log.error('account.notLeft', error));
  await attachments.tidy().catch((error: unknown) => log.error('attachments.tidy', error));
  await connection.restore().catch((error: unknown) => log.error('connection.restore', error));
  askAboutRestart(connection.current(), surface);
  if (connection.current() === null) mirror.refresh(null);
  managed.onChange(() => {
    mirror.refresh(connection.current());
    leaveWhatIsNotAllowed(connection, managed, log);
  });
  appState.update({ phase: 'ready' });

  return {
    settings,
    connection,
    signIn,
    attachments,
    managed,
    unsent: () => waitingItems(connection.current()?.outbox.items() ?? []).length,
    onWindowClosed: () => void hintAtTray(shared),
    async close() {
      await keeper.close();
      await connection.close();
      network.close();
      toaster.close();
      surface.tray.destroy();
      const { settings: chosen, account, hints, agreement, kept: left } = files;
      await Promise.all([chosen, account, hints, agreement, left].map((file) => file.settled()));
    },
  };
}

/** The practice desk is left when it is not allowed any more; what was tried there stays on disk. */
function leaveWhatIsNotAllowed(
  connection: ConnectionKeeper<OpenedAccount>,
  managed: Managed,
  log: Log,
): void {
  if (connection.current()?.account.target.kind !== 'practice' || managed.allows('practiceDesk')) return;
  connection.signOut().catch((error: unknown) => log.error('connection.notLeft', error));
}

/** After a restart that was planned Deskbell opens by itself, on the draft that it was about. */
function askAboutRestart(opened: OpenedAccount | null, { window }: Surface): void {
  const plan = opened?.restarts.view().plan;
  if (plan?.done && plan.stage === 'ask') window.show({ screen: 'newTicket', draftId: plan.draftId });
}

/** Keeps window, app state and tray in step with the account that is open, and with the managed settings. */
function keepMirror(shared: Shared, rules: DeskRules, renderTray: () => void) {
  const { core, surface, managed, secrets, lastAgreement, kept } = shared;
  const { appState, log } = core;
  const { ipc, window } = surface;
  let stop = (): void => undefined;

  const updateState = (opened: OpenedAccount): void => {
    const agreement = opened.facts.agreement();
    if (agreement !== null) lastAgreement.keep(agreement, opened.account.target.kind);
    appState.update({
      connection: connectionOf(opened, opened.sync.reach(), rules),
      ...numbersOf(shared, opened),
      policy: policyView(managed, opened.account),
      emergencies: [...opened.emergencies.list()],
      announcements: [...opened.facts.announcements()],
      restart: opened.restarts.view(),
      capabilities: opened.connector.capabilities,
      fallback: managed.allows('mailFallback') ? (opened.fallback?.state() ?? null) : null,
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

  /** Something else has changed that is told along with the account. */
  const refresh = (opened: OpenedAccount | null): void => {
    if (opened) updateState(opened);
    else appState.update({ ...withoutAccount(shared), policy: policyView(managed, null) });
    renderTray();
  };
  return {
    refresh,
    /** Another account is open, or none. */
    take(opened: OpenedAccount | null): void {
      stop();
      stop = opened ? follow(opened) : () => undefined;
      if (!opened)
        appState.update({
          emergencies: [],
          announcements: [],
          capabilities: null,
          fallback: null,
          quarantined: 0,
        });
      refresh(opened);
    },
  };
}

const connectionOf = (
  { account, facts }: OpenedAccount,
  reach: Reach,
  rules: DeskRules,
): ReturnType<Core['appState']['get']>['connection'] => ({
  kind: 'connected',
  board: account.target.kind,
  place: placeOf(account.target),
  signIn: wayUnder(account.target, account.signIn, rules),
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
  const { connection, agreement, policy } = appState.get();
  return {
    connection,
    agreement,
    offersScreenshots: policy?.features.screenshots ?? true,
    tickets: opened?.tickets.list() ?? [],
    dismissedSurveys: opened?.tickets.dismissedSurveys() ?? [],
    unread: opened?.tickets.unread().length ?? 0,
    items: opened?.outbox.items() ?? [],
    now: clock.now(),
  };
}

/** Makes the settings true now and whenever they change. */
function applySettings({ core, surface, settings, managed, setLoginItem }: Shared): void {
  const { appState, log } = core;
  const newTicket: Route = { screen: 'newTicket', draftId: null };
  const setShortcut = createShortcut(globalShortcut, () => surface.window.show(newTicket));
  const setScreenshotShortcut = createShortcut(globalShortcut, () => void surface.takeScreenshot());
  /** The same keys for both are the new ticket's. */
  const setShortcuts = (chosen: Settings): void => {
    const { shortcut } = chosen;
    const screenshotShortcut = managed.allows('screenshots') ? chosen.screenshotShortcut : null;
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
  let offersScreenshots = managed.allows('screenshots');
  managed.onChange(() => {
    if (managed.allows('screenshots') === offersScreenshots) return;
    offersScreenshots = !offersScreenshots;
    setShortcuts(settings.get());
  });
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
