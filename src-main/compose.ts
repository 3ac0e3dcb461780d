import path from 'node:path';
import { app, clipboard, dialog, globalShortcut, Menu, nativeTheme, session, shell } from 'electron';
import type { Route } from '@shared/domain/route';
import { APP_NAME, createTranslator } from '@shared/locales';
import { readConnection } from './auth/early-account';
import type { ComposedServices, Core, Surface } from './compose/core.types';
import { createAppState, type AppStateHolder } from './ipc/app-state';
import { createIpc } from './ipc/guard';
import { electronIpc, refuseOtherChannels } from './ipc/raw';
import { createClock } from './platform/clock';
import { createTestClock, exposeTestClock } from './platform/test-clock';
import { createIds } from './platform/ids';
import { createJsonFile } from './platform/json-file';
import { createLog, type FileLog } from './platform/log';
import { readEarlyPolicy } from './policy/early-policy';
import type { MarkPerf } from './platform/perf';
import { firstLocale } from './shell/locale';
import { readTheme } from './settings/early-settings';
import { LINK_SCHEME } from './shell/deep-link';
import { menuTemplate, type MenuActions } from './shell/menu';
import { serveApp } from './shell/protocol';
import { APP_URL, isOwnUrl } from './shell/app-files';
import { createQuit, quitOnSignals } from './shell/quit';
import { createSafeOpen } from './shell/safe-open';
import { harden, hardenSession } from './shell/security';
import { listenForStarts, startWish, type StartWish } from './shell/single-instance';
import { backgroundFor } from './shell/theme';
import { createTray } from './shell/tray';
import { firstTrayModel, type TrayAction } from './shell/tray-frame';
import { createMainWindow, type MainWindow } from './shell/window';

/**
 * The only place, with `compose-services.ts`, where services are made and wired. Stage 1 is what a user sees first
 * (tray, window) and loads nothing else; stage 2 follows when that stands, or when something asks for it.
 */
export function compose(mark: MarkPerf): void {
  const core = composeCore(mark);
  const wishes: StartWish[] = [];
  let onWish = (wish: StartWish): void => void wishes.push(wish);
  listenForStarts(app, (wish) => onWish(wish));
  // Closing the window leaves the tray.
  app.on('window-all-closed', () => undefined);
  harden(app, core);

  void app.whenReady().then(() => {
    mark('ready');
    const surface = composeSurface(core);
    const first = startWish(process.argv.slice(1));
    onWish = ({ show, route }) => show && surface.window.show(route ?? undefined);
    [first, ...wishes].forEach(onWish);
    surface.prepareCalls();
    surface.loadServicesSoon();
  });
}

/** Paths, files and the platform: what needs no `ready` and no schema. */
function composeCore(mark: MarkPerf): Core {
  const userData = app.getPath('userData');
  const developer = !app.isPackaged;
  const devServer = developer ? (process.env['ELECTRON_RENDERER_URL'] ?? null) : null;
  const testClock = developer ? testClockOf(process.env['DESKBELL_TEST_CLOCK']) : null;
  const clock = testClock?.clock ?? createClock();
  const log = createLog({
    folder: path.join(userData, 'logs'),
    clock,
    ...(developer ? { echo: (line) => void process.stderr.write(`${line}\n`) } : {}),
  });
  logCrashes(log);
  const files = {
    settings: createJsonFile(path.join(userData, 'settings.json')),
    account: createJsonFile(path.join(userData, 'account.json')),
    window: createJsonFile(path.join(userData, 'window.json')),
    hints: createJsonFile(path.join(userData, 'hints.json')),
    agreement: createJsonFile(path.join(userData, 'agreement.json')),
    kept: createJsonFile(path.join(userData, 'kept.json')),
    policy: createJsonFile(path.join(userData, 'policy.json')),
  };
  const locale = firstLocale(app.getPreferredSystemLanguages());
  let timeZone: string | null = null;
  const appState = createAppState({
    phase: 'starting',
    version: app.getVersion(),
    platform: platformOf(process.platform),
    locale,
    timeZone: '',
    connection: readConnection(files.account),
    agreement: null,
    announcements: [],
    secrets: 'unknown',
    quarantined: 0,
    policy: readEarlyPolicy(files.policy).view,
  });
  testClock?.follow((clockOffset) => appState.update({ clockOffset }));
  return {
    mark,
    clock,
    log,
    ids: createIds(),
    files,
    folders: {
      userData,
      icons: path.join(app.getAppPath(), 'assets/icons'),
      page: path.join(app.getAppPath(), 'out/renderer'),
      preload: path.join(app.getAppPath(), 'out/preload/preload.cjs'),
    },
    developer,
    devServer,
    isOwnUrl: (url: string) => isOwnUrl(url, devServer),
    get timeZone() {
      // The first use of a date's format takes 12 ms and more: not on the way to the tray.
      timeZone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
      return timeZone;
    },
    t: createTranslator(locale, undefined, () => appState.get().policy?.branding.name ?? APP_NAME).t,
    appState,
    safeOpen: createSafeOpen((url) => shell.openExternal(url), log),
  };
}

/** Tray, window and calls, in the order in which the user meets them; and the way to stage 2. */
function composeSurface(core: Core) {
  const { files, folders, log, clock, mark, appState, t } = core;
  nativeTheme.themeSource = readEarlyPolicy(files.policy).theme ?? readTheme(files.settings);

  const actions = { onAction: (_action: TrayAction): void => undefined };
  const tray = createTray(
    {
      icons: folders.icons,
      platform: process.platform,
      desktop: process.env['XDG_CURRENT_DESKTOP'] ?? '',
      onAction: (action) => actions.onAction(action),
      onClick: () => window.toggle(),
      log,
    },
    firstTrayModel(appState.get(), t),
  );
  mark('tray');

  hardenSession(session.defaultSession, core);
  serveApp(session.defaultSession, folders.page);
  const window = createMainWindow({
    url: core.devServer ?? APP_URL,
    preload: folders.preload,
    icon: process.platform === 'linux' ? path.join(folders.icons, 'app/256x256.png') : undefined,
    placeFile: files.window,
    title: () => t('common:app.name'),
    background: () => backgroundFor(nativeTheme.shouldUseDarkColors),
    trayBounds: () => tray.bounds(),
    homeRoute: () => homeRoute(appState),
    navigate: (route) => ipc.push('app.navigate', { route }),
    onClosedByUser: () => void loadServices().then((services) => services.onWindowClosed()),
    clock,
    mark,
    log,
  });
  nativeTheme.on('updated', () => window.setBackground(backgroundFor(nativeTheme.shouldUseDarkColors)));

  const loadContract = () => import('@shared/contract');
  refuseOtherChannels();
  const ipc = createIpc({
    raw: electronIpc(),
    page: () => window.browserWindow()?.webContents ?? null,
    isOwnUrl: core.isOwnUrl,
    loadContract,
    checkAnswers: core.developer,
    log,
    ids: core.ids,
  });
  appState.onChange((state) => ipc.push('app.stateChanged', state));

  const loadScreenshots = once(async () => {
    const { composeScreenshots } = await import('./compose/screenshots');
    return composeScreenshots(core, window);
  });
  const takeScreenshot = async (): Promise<void> => {
    const { managed } = await loadServices();
    // Without a service desk there is nothing to attach it to.
    if (appState.get().connection.kind === 'none' || !managed.allows('screenshots')) window.show();
    else await (await loadScreenshots()).fromOutside();
  };
  const surface: Surface = { tray, window, ipc, takeScreenshot };
  let loaded: ComposedServices | null = null;
  const loadServices = once(async () => {
    const { composeServices } = await import('./compose/services');
    const services = await composeServices(core, surface);
    mark('services');
    loaded = services;
    return services;
  });
  const loadHandlers = once(async () => {
    const { createHandlers } = await import('./ipc/handlers');
    return createHandlers({
      appState,
      window,
      safeOpen: core.safeOpen,
      services: loadServices,
      onUsable: () => mark('usable'),
      copyText: (text) => void clipboard.writeText(text),
      screenshots: loadScreenshots,
    });
  });
  ipc.handleAll(loadHandlers);
  const quit = composeQuit(core, window, () => loaded);
  actions.onAction = (action) => void act(action, core, window, quit, takeScreenshot);
  keepMenu(
    core,
    menuActions(window, (action) => actions.onAction(action)),
  );
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
  quitOnSignals(app, process);
  app.on('will-quit', () => globalShortcut.unregisterAll());

  return {
    window,
    /** The page's process needs a moment to start; what its first call needs is loaded meanwhile. */
    prepareCalls: () =>
      setImmediate(() => {
        appState.update({ timeZone: core.timeZone });
        void Promise.all([loadContract(), loadHandlers()]);
      }),
    loadServicesSoon: () => loadWhenCalm(window, loadServices, core),
  };
}

/** The application's menu, made anew when this program is called otherwise. */
function keepMenu({ t, appState, developer }: Core, actions: MenuActions): void {
  let shown: string | null = null;
  const show = (): void => {
    const name = t('common:app.name');
    if (name === shown) return;
    shown = name;
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, t, actions, developer)));
  };
  show();
  appState.onChange(show);
}

type LoadComposed = () => Promise<ComposedServices>;

/** Asks before quitting only where something has not been sent; stores everything on the way out. */
function composeQuit({ log, t }: Core, window: MainWindow, services: () => ComposedServices | null) {
  return createQuit({
    app,
    unsent: () => services()?.unsent() ?? 0,
    confirm: async (count) => {
      const { response } = await dialog.showMessageBox({
        type: 'info',
        title: t('common:app.name'),
        message: t('tray:quit.title', { count }),
        detail: t('tray:quit.detail'),
        buttons: [t('tray:quit.confirm'), t('tray:quit.stay')],
        defaultId: 0,
        cancelId: 1,
        noLink: true,
      });
      return response === 0;
    },
    flush: async () => {
      await window.closeForGood();
      await services()?.close();
      await log.settled();
    },
    log,
  });
}

async function act(
  action: TrayAction,
  core: Core,
  window: MainWindow,
  quit: { ask(): Promise<void> },
  takeScreenshot: () => Promise<void>,
): Promise<void> {
  switch (action.kind) {
    case 'open':
      return window.show();
    case 'route':
      return window.show(action.route);
    case 'call':
      await core.safeOpen(`tel:${action.phone.replace(/[^\d+*#,;]/g, '')}`);
      return;
    case 'screenshot':
      return takeScreenshot();
    case 'quit':
      return quit.ask();
  }
}

function menuActions(window: MainWindow, onAction: (action: TrayAction) => void) {
  return {
    newTicket: () => onAction({ kind: 'route', route: { screen: 'newTicket', draftId: null } }),
    openSettings: () => onAction({ kind: 'route', route: { screen: 'settings' } }),
    closeWindow: () => window.browserWindow()?.close(),
    quit: () => onAction({ kind: 'quit' }),
  };
}

const homeRoute = (appState: AppStateHolder): Route =>
  appState.get().connection.kind === 'none' ? { screen: 'welcome' } : { screen: 'tickets' };

/** How long the window has to become visible before stage 2 is loaded anyway. In milliseconds. */
const CALM_AFTER_MS = 1_500;

/** Loads stage 2 when the window shows (at once where there is none), so that it does not slow that down. */
function loadWhenCalm(window: MainWindow, services: LoadComposed, { clock, log }: Core): void {
  const load = (): void => {
    cancel();
    stop();
    services().catch((error: unknown) => log.error('services', error));
  };
  const cancel = clock.after(window.browserWindow() ? CALM_AFTER_MS : 0, load);
  const stop = window.onVisibility((visible) => visible && load());
}

/** The clock that tests move: `1` starts it at the machine's time, an ISO time there. */
function testClockOf(start: string | undefined) {
  if (start === undefined) return null;
  let onMove: (offset: number) => void = () => undefined;
  const clock = createTestClock(start === '1' ? null : new Date(start), (offset) => onMove(offset));
  exposeTestClock(clock);
  return {
    clock,
    follow(listener: (offset: number) => void): void {
      onMove = listener;
      listener(clock.offset());
    },
  };
}

function logCrashes(log: FileLog): void {
  // Everything the user wrote is on disk already; going on keeps the tray and the outbox alive.
  process.on('uncaughtException', (error) => log.fatal('uncaughtException', error));
  process.on('unhandledRejection', (reason) => log.error('unhandledRejection', reason));
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}

const platformOf = (platform: NodeJS.Platform): 'linux' | 'darwin' | 'win32' =>
  platform === 'darwin' || platform === 'win32' ? platform : 'linux';
