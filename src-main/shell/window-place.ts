/** A rectangle in device-independent pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A screen: its identifier and what is left of it beside panels. */
export interface Screen {
  readonly id: number;
  readonly workArea: Rectangle;
}

/** Where the window was last, on each screen, and on which it was last. */
export interface Places {
  readonly byScreen: Readonly<Record<string, Rectangle>>;
  readonly lastScreen: string | null;
  readonly maximized: boolean;
}

/** The smallest useful window (UI: narrow from 360). */
export const MIN_SIZE = { width: 360, height: 480 } as const;
/** The size on first use. */
export const FIRST_SIZE = { width: 1040, height: 720 } as const;
const GAP = 12;

/** No place remembered yet. */
export const noPlaces: Places = { byScreen: {}, lastScreen: null, maximized: false };

/** Reads places from an untrusted document; whatever does not fit is forgotten. */
export function parsePlaces(content: unknown): Places {
  if (!isRecord(content)) return noPlaces;
  const byScreen = isRecord(content['byScreen']) ? content['byScreen'] : {};
  return {
    byScreen: Object.fromEntries(
      Object.entries(byScreen).filter((entry): entry is [string, Rectangle] => isRectangle(entry[1])),
    ),
    lastScreen: typeof content['lastScreen'] === 'string' ? content['lastScreen'] : null,
    maximized: content['maximized'] === true,
  };
}

/**
 * Where to open: the remembered place of the screen it was last on if that screen is still there, else in the corner
 * of the given screen that is next to the tray, always wholly on the screen and never larger than it.
 */
export function placeFor(
  places: Places,
  screens: readonly Screen[],
  current: Screen,
  tray: Rectangle | null,
): Rectangle {
  const screen = screens.find(({ id }) => String(id) === places.lastScreen) ?? current;
  const remembered = places.byScreen[String(screen.id)];
  return fitInto(remembered ?? nearTray(screen.workArea, tray), screen.workArea);
}

/** Remembers the window's place on its screen. */
export const rememberPlace = (
  places: Places,
  screen: Screen,
  bounds: Rectangle,
  maximized: boolean,
): Places => ({
  // A maximized window keeps the place it returns to.
  byScreen: maximized ? places.byScreen : { ...places.byScreen, [String(screen.id)]: bounds },
  lastScreen: String(screen.id),
  maximized,
});

/** Shrinks and moves a rectangle until it is wholly inside the area. */
export function fitInto(wanted: Rectangle, area: Rectangle): Rectangle {
  const width = Math.min(Math.max(wanted.width, MIN_SIZE.width), Math.max(area.width, 1));
  const height = Math.min(Math.max(wanted.height, MIN_SIZE.height), Math.max(area.height, 1));
  const x = clamp(wanted.x, area.x, area.x + area.width - width);
  const y = clamp(wanted.y, area.y, area.y + area.height - height);
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}

/** Beside the tray: centred on it and towards the middle of the screen; without a known tray, centred. */
function nearTray(area: Rectangle, tray: Rectangle | null): Rectangle {
  const { width, height } = FIRST_SIZE;
  if (!tray || tray.width === 0) {
    return { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
  }
  const atTop = tray.y + tray.height / 2 < area.y + area.height / 2;
  return {
    x: clamp(tray.x + tray.width / 2 - width / 2, area.x + GAP, area.x + area.width - width - GAP),
    y: atTop ? area.y + GAP : area.y + area.height - height - GAP,
    width,
    height,
  };
}

const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(value, Math.max(low, high)));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRectangle = (value: unknown): value is Rectangle =>
  isRecord(value) && ['x', 'y', 'width', 'height'].every((side) => Number.isFinite(value[side]));
