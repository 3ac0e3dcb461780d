import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { BrowserWindow, screen, session, type BrowserWindowConstructorOptions, type Session } from 'electron';
import type { Translate } from '@shared/locales';
import type { CaptureSurface, ScreenSource } from '../../device/screenshot/screenshots.types';
import type { Clock, Log } from '../../platform/types';
import { APP_SCHEME } from '../app-files';
import { hardenSession } from '../security';
import {
  CANCEL,
  CAPTURE_POLICY,
  CAPTURE_STYLE,
  choiceOf,
  choicePage,
  countdownPage,
  type Choice,
} from './capture-page';

/** What the surface needs. */
export interface CaptureSurfaceDeps {
  readonly t: Translate;
  readonly locale: string;
  /** The built window, for its font. */
  readonly pageFolder: string;
  readonly icon: string | undefined;
  readonly background: () => string;
  readonly clock: Clock;
  readonly log: Log;
}

/** In memory only: without `persist:` nothing of it is ever on disk. */
const PARTITION = 'screenshot';
const ORIGIN = `${APP_SCHEME}://screenshot`;
const COUNTDOWN_SIZE = { width: 420, height: 76 };
const CHOICE_SIZE = { width: 760, height: 560 };
const MARGIN = 24;
/** Time for the desktop to take the countdown off the screen before the picture is taken. In milliseconds. */
const SETTLE_MS = 250;
/** Nobody chooses: the pictures are forgotten. In milliseconds. */
const PATIENCE_MS = 120_000;
const FONT = /^inter-latin-wght-normal.*\.woff2$/;

/**
 * Countdown and choice in windows of their own. Their pages have no script, no preload, no storage on disk and no way
 * to any other page: what the user decides arrives as a move to a place in the page.
 */
export function createCaptureSurface(deps: CaptureSurfaceDeps): CaptureSurface {
  const { t, locale, clock, log } = deps;
  let current: BrowserWindow | null = null;
  let pages: Pages = { html: '', pictures: [] };

  const own = ready(() => servedSession(deps.pageFolder, () => pages, log));
  const close = (): void => {
    pages = { html: '', pictures: [] };
    current?.destroy();
    current = null;
  };
  const open = async (
    html: string,
    pictures: Pages['pictures'],
    options: BrowserWindowConstructorOptions,
  ) => {
    close();
    pages = { html, pictures };
    const window = new BrowserWindow({
      ...options,
      show: false,
      backgroundColor: deps.background(),
      alwaysOnTop: true,
      autoHideMenuBar: true,
      fullscreenable: false,
      minimizable: false,
      ...(deps.icon ? { icon: deps.icon } : {}),
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, session: own() },
    });
    window.setMenuBarVisibility(false);
    current = window;
    await window.loadURL(`${ORIGIN}/`);
    return window;
  };

  return {
    async countdown(seconds) {
      const decided = await open(countdownPage(seconds, t, locale), [], countdownOptions());
      let stop = (): void => undefined;
      const outcome = new Promise<'over' | 'cancelled'>((resolve) => {
        stop = clock.after(seconds * 1000, () => resolve('over'));
        onDecision(decided, () => resolve('cancelled'));
      });
      // Without the focus, so that an open menu stays open.
      decided.showInactive();
      const ended = await outcome;
      stop();
      close();
      if (ended === 'over') await new Promise<void>((resolve) => void clock.after(SETTLE_MS, resolve));
      return ended;
    },

    async choose(sources) {
      const choices: readonly Choice[] = sources.map(({ kind, name }) => ({ kind, name }));
      const window = await open(choicePage(choices, t, locale), sources, choiceOptions(t));
      let stop = (): void => undefined;
      const outcome = new Promise<ScreenSource | null>((resolve) => {
        stop = clock.after(PATIENCE_MS, () => resolve(null));
        onDecision(window, (mark) => {
          const index = choiceOf(mark);
          resolve(index === null ? null : (sources[index] ?? null));
        });
      });
      moveWithArrows(window);
      window.show();
      window.focus();
      const chosen = await outcome;
      // The timer would keep every picture in memory.
      stop();
      close();
      return chosen;
    },

    close,
  };
}

/** What the session serves: the page, and the pictures that it shows. */
interface Pages {
  readonly html: string;
  readonly pictures: readonly Pick<ScreenSource, 'thumbnail'>[];
}

function servedSession(pageFolder: string, pages: () => Pages, log: Log): Session {
  const own = session.fromPartition(PARTITION, { cache: false });
  hardenSession(own, { isOwnUrl: (url) => url.startsWith(`${ORIGIN}/`), devServer: null, log });
  own.protocol.handle(APP_SCHEME, async ({ url }) => {
    const { pathname } = new URL(url);
    const body = await contentOf(pathname, pageFolder, pages());
    return new Response(body?.content ?? null, {
      status: body ? 200 : 404,
      headers: {
        'Content-Type': body?.type ?? 'text/plain',
        'Content-Security-Policy': CAPTURE_POLICY,
        'Cache-Control': 'no-store',
      },
    });
  });
  return own;
}

async function contentOf(pathname: string, pageFolder: string, { html, pictures }: Pages) {
  switch (pathname) {
    case '/':
      return { type: 'text/html; charset=utf-8', content: html };
    case '/style.css':
      return { type: 'text/css; charset=utf-8', content: CAPTURE_STYLE };
    case '/font.woff2': {
      const content = await fontIn(path.join(pageFolder, 'assets'));
      return content && { type: 'font/woff2', content };
    }
    default: {
      const picture = pictures[Number(/^\/picture\/(\d{1,4})\.jpg$/.exec(pathname)?.[1] ?? Number.NaN)];
      return picture ? { type: 'image/jpeg', content: new Uint8Array(picture.thumbnail()) } : null;
    }
  }
}

/** The window's own font, under whatever name the build gave it; the system's will do without. */
async function fontIn(folder: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const name = (await readdir(folder)).find((file) => FONT.test(file));
    return name === undefined ? null : new Uint8Array(await readFile(path.join(folder, name)));
  } catch {
    return null;
  }
}

/** Tells once how the user decided: a place in the page, Escape, or closing the window. */
function onDecision(window: BrowserWindow, decide: (mark: string) => void): void {
  window.webContents.on('did-navigate-in-page', (_event, url) => decide(new URL(url).hash.slice(1)));
  window.webContents.on('before-input-event', (_event, input) => {
    if (input.type === 'keyDown' && input.key === 'Escape') decide(CANCEL);
  });
  window.on('closed', () => decide(CANCEL));
}

/** Arrows move as Tab does; a page without script cannot do that by itself. */
function moveWithArrows({ webContents }: BrowserWindow): void {
  webContents.on('before-input-event', (event, { type, key }) => {
    const back = key === 'ArrowLeft' || key === 'ArrowUp';
    if (type !== 'keyDown' || !(back || key === 'ArrowRight' || key === 'ArrowDown')) return;
    event.preventDefault();
    webContents.sendInputEvent({ type: 'keyDown', keyCode: 'Tab', modifiers: back ? ['shift'] : [] });
    webContents.sendInputEvent({ type: 'keyUp', keyCode: 'Tab', modifiers: back ? ['shift'] : [] });
  });
}

/** Above everything at the top of the display with the pointer. */
function countdownOptions(): BrowserWindowConstructorOptions {
  const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
  const width = Math.min(COUNTDOWN_SIZE.width, workArea.width);
  return {
    width,
    height: COUNTDOWN_SIZE.height,
    x: Math.round(workArea.x + (workArea.width - width) / 2),
    y: workArea.y + MARGIN,
    frame: false,
    resizable: false,
    focusable: false,
    skipTaskbar: true,
  };
}

function choiceOptions(t: Translate): BrowserWindowConstructorOptions {
  const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
  const width = Math.min(CHOICE_SIZE.width, workArea.width);
  const height = Math.min(CHOICE_SIZE.height, workArea.height);
  return {
    width,
    height,
    x: Math.round(workArea.x + (workArea.width - width) / 2),
    y: Math.round(workArea.y + (workArea.height - height) / 2),
    minWidth: 320,
    minHeight: 320,
    title: t('screenshot:choose.title'),
  };
}

/** Electron's sessions exist from `ready` on; made when first needed. */
function ready<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
