import path from 'node:path';
import { nativeTheme } from 'electron';
import { createScreenshots } from '../device/screenshot/screenshots';
import type { Screenshots } from '../device/screenshot/screenshots.types';
import { createCaptureSurface } from '../shell/screenshot/capture-surface';
import { createScreens } from '../shell/screenshot/screens';
import { createTrueSize } from '../shell/screenshot/window-size';
import { backgroundFor } from '../shell/theme';
import type { MainWindow } from '../shell/window';
import type { Core } from './core.types';

/** Everything behind screenshots; loaded with the first one. */
export function composeScreenshots(core: Core, window: MainWindow): Screenshots {
  const { clock, log, t, folders, appState } = core;
  return createScreenshots({
    screens: createScreens({
      platform: process.platform,
      env: process.env,
      nameDisplay: (number, count) =>
        count === 1 ? t('screenshot:choose.wholeScreen') : t('screenshot:choose.display', { number }),
      trueSize: createTrueSize({ clock, log }),
    }),
    surface: createCaptureSurface({
      t,
      locale: appState.get().locale,
      pageFolder: folders.page,
      icon: process.platform === 'linux' ? path.join(folders.icons, 'app/256x256.png') : undefined,
      background: () => backgroundFor(nativeTheme.shouldUseDarkColors),
      clock,
      log,
    }),
    host: {
      isVisible: () => window.isVisible(),
      isInUse: () => window.isVisible() && window.browserWindow()?.isFocused() === true,
      hide: () => window.browserWindow()?.hide(),
      show: () => window.show(),
      showPicture: () => window.show({ screen: 'screenshot' }),
    },
    clock,
    log,
  });
}
