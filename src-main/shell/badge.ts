import { nativeImage, type App } from 'electron';
import type { MainWindow } from './window';

/** What the badge needs. */
export interface BadgeDeps {
  readonly app: Pick<App, 'setBadgeCount'>;
  readonly window: Pick<MainWindow, 'browserWindow'>;
  readonly platform: NodeJS.Platform;
  /** The picture laid over the taskbar's button on Windows, which knows no numbers. */
  readonly overlay: string;
  /** What the overlay says to a screen reader. */
  readonly describe: (count: number) => string;
}

/** Shows on the dock, launcher or taskbar how many things wait for the user; 0 shows nothing. */
export function createBadge({
  app,
  window,
  platform,
  overlay,
  describe,
}: BadgeDeps): (count: number) => void {
  let shown = 0;
  return (count) => {
    if (platform === 'win32') {
      const image = count > 0 ? nativeImage.createFromPath(overlay) : null;
      window.browserWindow()?.setOverlayIcon(image, count > 0 ? describe(count) : '');
    } else if (count !== shown) {
      app.setBadgeCount(count);
    }
    shown = count;
  };
}
