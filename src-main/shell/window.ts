import { BrowserWindow, screen } from 'electron';
import type { Route } from '@shared/domain/route';
import type { JsonFile } from '../platform/json-file';
import type { MarkPerf } from '../platform/perf';
import type { Clock, Log } from '../platform/types';
import { MIN_SIZE, parsePlaces, placeFor, rememberPlace, type Places, type Rectangle } from './window-place';

/** How long a hidden window is kept. Without it Deskbell needs about 34 MB less; making it again costs about 95 ms. */
const KEEP_HIDDEN_MS = 5 * 60_000;
/** How long a page has to hand over what was typed last when Deskbell ends. In milliseconds. */
const LAST_WORDS_MS = 2_000;
const REMEMBER_PLACE_AFTER_MS = 400;
/** A page that dies more often than this within a minute is not loaded again by itself. */
const MOST_RELOADS_A_MINUTE = 3;

/** What the window needs. */
export interface WindowDeps {
  readonly url: string;
  readonly preload: string;
  readonly icon: string | undefined;
  /** Remembers where the window was. */
  readonly placeFile: JsonFile;
  /** The title until the page names its place. */
  readonly title: () => string;
  /** The background until the page has painted, so that the wrong theme never flashes. */
  readonly background: () => string;
  /** Where the tray's icon is, if the system tells. */
  readonly trayBounds: () => Rectangle | null;
  /** Where a window without a particular wish begins. */
  readonly homeRoute: () => Route;
  /** Tells a page that is ready where to go. */
  readonly navigate: (route: Route) => void;
  /** The user closed the window, which hides it. */
  readonly onClosedByUser: () => void;
  readonly clock: Clock;
  readonly mark: MarkPerf;
  readonly log: Log;
}

/** The one window. It may not exist: nothing is lost with it, as main keeps all state. */
export interface MainWindow {
  /** Shows the window, makes it if need be, and goes to the route if one is given. */
  show(route?: Route): void;
  /** Shows a hidden window; hides a visible one that has the focus. */
  toggle(): void;
  /** The window now, for dialogs and IPC. */
  browserWindow(): BrowserWindow | null;
  /** The page stands; gives the place to begin with. */
  pageReady(): Route;
  isVisible(): boolean;
  setBackground(colour: string): void;
  onVisibility(listener: (visible: boolean) => void): () => void;
  /** Lets the window close for good; resolves when its place is remembered. */
  closeForGood(): Promise<void>;
}

/** Makes the window's keeper; no window yet. */
export function createMainWindow(deps: WindowDeps): MainWindow {
  const { clock, mark, log } = deps;
  let current: BrowserWindow | null = null;
  let pageStands = false;
  let wanted: Route | null = null;
  let quitting = false;
  let shownBefore = false;
  let cancelDestroy = (): void => undefined;
  let places = parsePlaces(deps.placeFile.readNow());
  let deaths: readonly number[] = [];
  const visibilityListeners = new Set<(visible: boolean) => void>();
  const tellVisibility = (visible: boolean): void =>
    visibilityListeners.forEach((listener) => listener(visible));

  const rememberNow = (): void => {
    if (!current || current.isDestroyed()) return;
    places = currentPlaces(places, current);
    deps.placeFile.write(places).catch((error: unknown) => log.error('window.place', error));
  };

  const reveal = (window: BrowserWindow): void => {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };

  const onShown = (): void => {
    cancelDestroy();
    if (shownBefore) mark('reopened');
    shownBefore = true;
    tellVisibility(true);
  };
  const onHidden = (): void => {
    cancelDestroy();
    cancelDestroy = clock.after(KEEP_HIDDEN_MS, () => current?.destroy());
    tellVisibility(false);
  };

  const onPageGone = (window: BrowserWindow, reason: string): void => {
    log.warn('window.pageGone', { reason });
    pageStands = false;
    const now = clock.now().getTime();
    deaths = [...deaths.filter((at) => now - at < 60_000), now];
    if (!quitting && deaths.length <= MOST_RELOADS_A_MINUTE) window.webContents.reload();
  };

  const create = (): BrowserWindow => {
    const window = new BrowserWindow(windowOptions(deps, places));
    if (places.maximized) window.maximize();
    mark('window-created');
    window.once('ready-to-show', () => {
      mark('ready-to-show');
      reveal(window);
    });
    window.on('show', onShown);
    window.on('hide', onHidden);
    window.on('close', (event) => {
      rememberNow();
      if (quitting) return;
      event.preventDefault();
      window.hide();
      deps.onClosedByUser();
    });
    window.on('closed', () => {
      cancelDestroy();
      current = null;
      pageStands = false;
    });
    rememberWhenMoved(window, clock, rememberNow);
    window.webContents.on('did-start-loading', () => (pageStands = false));
    window.webContents.on('render-process-gone', (_event, { reason }) => onPageGone(window, reason));
    window.loadURL(deps.url).catch((error: unknown) => log.error('window.load', error));
    return window;
  };

  return {
    show(route) {
      if (route) {
        if (current && pageStands) deps.navigate(route);
        else wanted = route;
      }
      if (!current) current = create();
      else if (shownBefore || pageStands) reveal(current);
    },
    toggle() {
      if (current?.isVisible() && current.isFocused()) current.hide();
      else this.show();
    },
    browserWindow: () => current,
    pageReady() {
      pageStands = true;
      const route = wanted ?? deps.homeRoute();
      wanted = null;
      return route;
    },
    isVisible: () => current?.isVisible() ?? false,
    setBackground: (colour) => current?.setBackgroundColor(colour),
    onVisibility(listener) {
      visibilityListeners.add(listener);
      return () => void visibilityListeners.delete(listener);
    },
    async closeForGood() {
      quitting = true;
      rememberNow();
      cancelDestroy();
      if (current) await closeGently(current, clock);
      await deps.placeFile.settled();
    },
  };
}

/** Hiding and closing give the page the moment to hand over what was typed last; then it is over. */
async function closeGently(window: BrowserWindow, clock: Clock): Promise<void> {
  await new Promise<void>((resolve) => {
    const cancel = clock.after(LAST_WORDS_MS, () => window.destroy());
    window.once('closed', () => {
      cancel();
      resolve();
    });
    window.hide();
    window.close();
  });
}

function windowOptions(deps: WindowDeps, places: Places): Electron.BrowserWindowConstructorOptions {
  const cursor = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
  const bounds = placeFor(places, screen.getAllDisplays(), cursor, deps.trayBounds());
  return {
    ...bounds,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: deps.title(),
    backgroundColor: deps.background(),
    autoHideMenuBar: true,
    ...(deps.icon ? { icon: deps.icon } : {}),
    webPreferences: {
      preload: deps.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      // Elsewhere Chromium would fetch its dictionaries from the web.
      spellcheck: process.platform === 'darwin',
    },
  };
}

function currentPlaces(places: Places, window: BrowserWindow): Places {
  const display = screen.getDisplayMatching(window.getBounds());
  return rememberPlace(places, display, window.getNormalBounds(), window.isMaximized());
}

function rememberWhenMoved(window: BrowserWindow, clock: Clock, remember: () => void): void {
  let cancel = (): void => undefined;
  const soon = (): void => {
    cancel();
    cancel = clock.after(REMEMBER_PLACE_AFTER_MS, remember);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('closed', () => cancel());
}
