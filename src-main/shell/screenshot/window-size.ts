import { BrowserWindow, session, type Session, type Size } from 'electron';
import type { Clock, Log } from '../../platform/types';
import { APP_SCHEME } from '../app-files';
import { hardenSession } from '../security';

/** What finding out a size needs. */
export interface WindowSizeDeps {
  readonly clock: Clock;
  readonly log: Log;
}

/** How large a window of another program really is, in pixels; `null` if that cannot be found out. */
export type TrueSize = (sourceId: string) => Promise<Size | null>;

/** In memory only; of no other page. */
const PARTITION = 'screenshot-size';
const ORIGIN = `${APP_SCHEME}://screenshot-size`;
/** Longer than any system takes for a first frame. In milliseconds. */
const PATIENCE_MS = 2_000;
/** What Chromium asks for with `getDisplayMedia`, by version. */
const PERMISSIONS: readonly string[] = ['media', 'display-capture'];

/**
 * Thumbnails are enlarged to the size that is asked for and nothing tells the true one, but a stream's frame has it. An
 * empty page of our own takes one frame of the one window that the user chose, and gives width and height: the frame
 * itself goes nowhere.
 */
const MEASURE = `(async () => {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: false });
  const [track] = stream.getVideoTracks();
  try {
    const { width, height } = await new ImageCapture(track).grabFrame();
    return { width, height };
  } finally {
    track.stop();
  }
})()`;

/** Makes what finds out sizes, one window after the other. */
export function createTrueSize({ clock, log }: WindowSizeDeps): TrueSize {
  let chosen: { readonly sourceId: string; readonly page: number } | null = null;
  let own: Session | null = null;

  const ownSession = (): Session => {
    const made = session.fromPartition(PARTITION, { cache: false });
    hardenSession(made, { isOwnUrl: (url) => url.startsWith(`${ORIGIN}/`), devServer: null, log });
    const isAllowed = (page: number | undefined, permission: string): boolean =>
      chosen !== null && page === chosen.page && PERMISSIONS.includes(permission);
    made.setPermissionRequestHandler((contents, permission, decide) =>
      decide(isAllowed(contents.id, permission)),
    );
    made.setPermissionCheckHandler((contents, permission) => isAllowed(contents?.id, permission));
    made.setDisplayMediaRequestHandler((_request, answer) =>
      answer(chosen ? { video: { id: chosen.sourceId, name: '' } } : {}),
    );
    made.protocol.handle(
      APP_SCHEME,
      () => new Response('<!doctype html><title></title>', { headers: HEADERS }),
    );
    return made;
  };

  return async (sourceId) => {
    own ??= ownSession();
    const window = new BrowserWindow({
      show: false,
      skipTaskbar: true,
      focusable: false,
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, session: own },
    });
    let stop = (): void => undefined;
    try {
      chosen = { sourceId, page: window.webContents.id };
      const tooLate = new Promise<null>((resolve) => (stop = clock.after(PATIENCE_MS, () => resolve(null))));
      const measured = window
        .loadURL(`${ORIGIN}/`)
        .then(() => window.webContents.executeJavaScript(MEASURE, true) as Promise<unknown>);
      measured.catch(() => undefined);
      return sizeIn(await Promise.race([measured, tooLate]));
    } catch (error) {
      log.error('screenshot.size', error);
      return null;
    } finally {
      stop();
      chosen = null;
      window.destroy();
    }
  };
}

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
};

function sizeIn(answer: unknown): Size | null {
  if (typeof answer !== 'object' || answer === null || !('width' in answer) || !('height' in answer))
    return null;
  const { width, height } = answer;
  return isSide(width) && isSide(height) ? { width, height } : null;
}

const isSide = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0;
