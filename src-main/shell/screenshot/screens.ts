import {
  desktopCapturer,
  screen,
  systemPreferences,
  type DesktopCapturerSource,
  type NativeImage,
  type Size,
} from 'electron';
import { cleanText } from '@shared/domain/text';
import type { Screens, ScreenSource } from '../../device/screenshot/screenshots.types';
import { sizeToRestore } from './true-size';
import { hasPortal, isWayland } from './wayland';
import type { TrueSize } from './window-size';

/** What the screens need. */
export interface ScreensDeps {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Names display number `number` of `count`. */
  readonly nameDisplay: (number: number, count: number) => string;
  readonly trueSize: TrueSize;
}

/** Windows are taken no larger than this, so that twenty of them on a large display do not fill the memory. */
const LARGEST_WINDOW: Size = { width: 2560, height: 1600 };
const THUMBNAIL_WIDTH = 480;
const THUMBNAIL_QUALITY = 80;

/** The screens of this machine through Chromium's capturer. */
export function createScreens({ platform, env, nameDisplay, trueSize }: ScreensDeps): Screens {
  const picksItself = isWayland(platform, env);
  return {
    picksItself,
    async permission() {
      if (picksItself) return (await hasPortal(env)) ? 'asks' : 'noPortal';
      if (platform !== 'darwin' && platform !== 'win32') return 'granted';
      const status = systemPreferences.getMediaAccessStatus('screen');
      if (status === 'denied' || status === 'restricted') return 'denied';
      return status === 'not-determined' ? 'asks' : 'granted';
    },
    async sources() {
      if (picksItself) return (await fromPortal()).map((source) => sourceOf(source, 'display', source.name));
      const [displays, windows] = [await takeDisplays(nameDisplay), await takeWindows(trueSize)];
      return [...displays, ...windows];
    },
  };
}

/** One call with both kinds, because every call opens the portal's dialog anew (electron/electron#40097). */
const fromPortal = (): Promise<DesktopCapturerSource[]> =>
  desktopCapturer.getSources({ types: ['screen', 'window'], thumbnailSize: largest(displaySizes()) });

/** Thumbnails are scaled to the size that is asked for, so displays are taken once for every size there is. */
async function takeDisplays(nameDisplay: ScreensDeps['nameDisplay']): Promise<readonly ScreenSource[]> {
  const displays = screen.getAllDisplays();
  const bySize = new Map(displaySizes().map((size) => [`${size.width}x${size.height}`, size]));
  const takes = await Promise.all(
    [...bySize.values()].map(async (thumbnailSize) => ({
      thumbnailSize,
      sources: await desktopCapturer.getSources({ types: ['screen'], thumbnailSize }),
    })),
  );
  const all = takes[0]?.sources ?? [];
  return all.map((listed, index) => {
    const display = displays.find(({ id }) => String(id) === listed.display_id);
    const size = display ? pixelsOf(display) : largest(displaySizes());
    const fitting = takes.find(({ thumbnailSize }) => isSame(thumbnailSize, size)) ?? takes[0];
    const source = fitting?.sources.find(({ id }) => id === listed.id) ?? listed;
    return sourceOf(source, 'display', display?.label || nameDisplay(index + 1, all.length));
  });
}

async function takeWindows(trueSize: TrueSize): Promise<readonly ScreenSource[]> {
  const { width, height } = largest(displaySizes());
  const thumbnailSize = {
    width: Math.min(width, LARGEST_WINDOW.width),
    height: Math.min(height, LARGEST_WINDOW.height),
  };
  const sources = await desktopCapturer.getSources({ types: ['window'], thumbnailSize });
  return sources.map((source) => ({
    ...sourceOf(source, 'window', source.name),
    png: async () => pngOf(restored(source.thumbnail, await trueSize(source.id))),
  }));
}

const sourceOf = (
  { id, thumbnail }: DesktopCapturerSource,
  kind: ScreenSource['kind'],
  name: string,
): ScreenSource => ({
  id,
  kind,
  name: cleanText(name).replace(/\s+/g, ' ').trim(),
  pixels: () => thumbnail.toBitmap(),
  png: async () => pngOf(thumbnail),
  thumbnail: () => new Uint8Array(thumbnail.resize({ width: THUMBNAIL_WIDTH }).toJPEG(THUMBNAIL_QUALITY)),
});

const pngOf = (picture: NativeImage): Uint8Array<ArrayBuffer> => new Uint8Array(picture.toPNG());

/** A window's picture in its true size, if that is known to be smaller. */
function restored(picture: NativeImage, trueSize: Size | null): NativeImage {
  const size = sizeToRestore(picture.getSize(), trueSize);
  return size ? picture.resize({ ...size, quality: 'best' }) : picture;
}

const pixelsOf = ({ size, scaleFactor }: Electron.Display): Size => ({
  width: Math.round(size.width * scaleFactor),
  height: Math.round(size.height * scaleFactor),
});

const displaySizes = (): readonly Size[] => screen.getAllDisplays().map(pixelsOf);

const largest = (sizes: readonly Size[]): Size => ({
  width: Math.max(1, ...sizes.map(({ width }) => width)),
  height: Math.max(1, ...sizes.map(({ height }) => height)),
});

const isSame = (one: Size, other: Size): boolean => one.width === other.width && one.height === other.height;
