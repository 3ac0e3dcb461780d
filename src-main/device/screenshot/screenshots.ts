import type { Screenshot, ScreenshotRefusal } from '@shared/domain/screenshot';
import type { Clock, Log } from '../../platform/types';
import { isBlankPicture } from './blank';
import { createLimit } from './limit';
import type { CaptureSurface, HostWindow, Screens, Screenshots, ScreenSource } from './screenshots.types';

/** What taking pictures needs. */
export interface ScreenshotsDeps {
  readonly screens: Screens;
  readonly surface: CaptureSurface;
  readonly host: HostWindow;
  readonly clock: Clock;
  readonly log: Log;
}

/** Time to open a menu or bring a window to the front. */
export const COUNTDOWN_SECONDS = 3;
/** More than anybody needs, and far from a film of the screen. */
const LIMIT = { most: 8, withinMs: 60_000 };
/** A capturer that has not answered by then will not. In milliseconds. */
const LOOK_MS = 15_000;
/** How long the desktop's own dialog may stand open. In milliseconds. */
const PORTAL_MS = 120_000;
/** A picture nobody collects is forgotten after this. In milliseconds. */
const KEEP_WAITING_MS = 60_000;

const CANCELLED: Screenshot = { kind: 'cancelled' };
const refused = (reason: ScreenshotRefusal): Screenshot => ({ kind: 'refused', reason });

/**
 * The rules of pictures of the screen (see README.md): only while somebody is at Deskbell or has used its tray or
 * shortcut, always after a countdown on screen, only what the user has chosen with the picture before them, one at a
 * time, and seldom. What was not chosen is forgotten at once; nothing is ever written to disk.
 */
export function createScreenshots(deps: ScreenshotsDeps): Screenshots {
  const { screens, surface, host, clock, log } = deps;
  const isAllowed = createLimit(LIMIT);
  let isUnderWay = false;
  let waiting: Screenshot | null = null;
  let stopForgetting = (): void => undefined;

  /** Hides Deskbell, counts, looks, and lets the user choose. */
  const look = async (): Promise<Screenshot> => {
    host.hide();
    if ((await surface.countdown(COUNTDOWN_SECONDS)) === 'cancelled') return CANCELLED;
    const sources = await within(screens.sources(), screens.picksItself ? PORTAL_MS : LOOK_MS, clock);
    const usable = sources.filter((source) => !isBlankPicture(source.pixels()));
    const [first] = usable;
    if (!first) return refused(screens.picksItself ? 'portal' : 'blank');
    const chosen = screens.picksItself ? first : await surface.choose(usable);
    return chosen ? await taken(chosen) : CANCELLED;
  };

  const take = async (): Promise<Screenshot> => {
    if (isUnderWay || !isAllowed(clock.now().getTime())) return refused('tooOften');
    isUnderWay = true;
    try {
      return (await forbidden(screens)) ?? (await look());
    } catch (error) {
      log.error('screenshot.failed', error);
      return screens.picksItself ? refused('portal') : ((await forbidden(screens)) ?? refused('failed'));
    } finally {
      surface.close();
      isUnderWay = false;
    }
  };

  const forget = (): void => {
    stopForgetting();
    waiting = null;
  };

  return {
    async fromWindow() {
      if (!host.isInUse()) {
        log.warn('screenshot.notInUse');
        return refused('failed');
      }
      const answer = await take();
      tell(log, 'window', answer);
      host.show();
      return answer;
    },

    async fromOutside() {
      if (isUnderWay) return;
      const wasVisible = host.isVisible();
      const answer = await take();
      tell(log, 'outside', answer);
      if (answer.kind === 'cancelled') {
        if (wasVisible) host.show();
        return;
      }
      forget();
      waiting = answer;
      stopForgetting = clock.after(KEEP_WAITING_MS, forget);
      host.showPicture();
    },

    collect() {
      const answer = waiting ?? CANCELLED;
      forget();
      return answer;
    },
  };
}

const taken = async (source: ScreenSource): Promise<Screenshot> => ({
  kind: 'taken',
  name: source.name.slice(0, 300),
  png: await source.png(),
});

/** The promise, or a rejection if it takes longer than `ms`. */
function within<T>(promise: Promise<T>, ms: number, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = clock.after(ms, () => reject(new Error(`No answer within ${ms} ms`)));
    promise.then(resolve, reject).finally(stop);
  });
}

/** Why the system lets nobody look, or `null`. It may say so only after it was asked the first time. */
async function forbidden(screens: Screens): Promise<Screenshot | null> {
  switch (await screens.permission()) {
    case 'denied':
      return refused('permission');
    case 'noPortal':
      return refused('portal');
    case 'asks':
    case 'granted':
      return null;
  }
}

/** Never what was seen, not even the name of a window. */
function tell(log: Log, from: 'window' | 'outside', answer: Screenshot): void {
  log.info('screenshot', {
    from,
    outcome: answer.kind,
    ...(answer.kind === 'refused' ? { reason: answer.reason } : {}),
  });
}
