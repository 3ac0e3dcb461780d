/** A key press as far as it matters here; the fields of `KeyboardEvent`. */
export interface KeyPress {
  readonly key: string;
  /** The physical key, so that Shift and layouts do not change what is meant. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** What a press means while a shortcut is being chosen. `incomplete`: only modifiers so far. */
export type Recorded =
  | { readonly kind: 'incomplete' | 'cancel' | 'unknown' | 'needsModifier' | 'shiftOnly' }
  | { readonly kind: 'reserved' | 'accepted'; readonly accelerator: string };

type Platform = 'linux' | 'darwin' | 'win32';

const MODIFIER_KEYS = new Set([
  'Control',
  'Alt',
  'Shift',
  'Meta',
  'AltGraph',
  'OS',
  'Dead',
  'CapsLock',
  'Fn',
]);
const NAMED: Readonly<Record<string, string>> = {
  Space: 'Space',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};
/** Letters that almost every program uses with Ctrl or Command alone. */
const COMMON_LETTERS = 'ACFNOPQRSTVWXYZ';
const SYSTEM: Readonly<Record<Platform, readonly string[]>> = {
  darwin: [
    'Command+Space',
    'Command+H',
    'Command+M',
    'Control+Up',
    'Control+Down',
    'Control+Left',
    'Control+Right',
  ],
  win32: [
    'Alt+F4',
    'Alt+Space',
    'Super+L',
    'Super+D',
    'Super+E',
    'Super+R',
    'Super+I',
    'Super+V',
    'CommandOrControl+Alt+End',
  ],
  linux: [
    'Alt+F4',
    'Alt+F2',
    'Alt+Space',
    'Super+L',
    'Super+D',
    'CommandOrControl+Alt+T',
    'CommandOrControl+Alt+L',
  ],
};

/** Reads a key press as an Electron accelerator, or says why it cannot be one. */
export function record(press: KeyPress, platform: Platform): Recorded {
  if (press.key === 'Escape' && !press.ctrlKey && !press.altKey && !press.metaKey && !press.shiftKey)
    return { kind: 'cancel' };
  if (MODIFIER_KEYS.has(press.key)) return { kind: 'incomplete' };
  const key = keyName(press.code);
  if (key === null) return { kind: 'unknown' };
  const modifiers = modifiersOf(press, platform);
  const isFunctionKey = /^F\d/.test(key);
  const isExtraKey = /^F(1[3-9]|2\d)$/.test(key);
  if (modifiers.length === 0 && !isExtraKey) return { kind: 'needsModifier' };
  if (modifiers.join() === 'Shift' && !isFunctionKey) return { kind: 'shiftOnly' };
  const accelerator = [...modifiers, key].join('+');
  return { kind: isReserved(accelerator, modifiers, key, platform) ? 'reserved' : 'accepted', accelerator };
}

function keyName(code: string): string | null {
  const letter =
    /^Key([A-Z])$/.exec(code) ?? /^Digit(\d)$/.exec(code) ?? /^(F(?:[1-9]|1\d|2[0-4]))$/.exec(code);
  return letter?.[1] ?? NAMED[code] ?? null;
}

function modifiersOf(press: KeyPress, platform: Platform): readonly string[] {
  const isMac = platform === 'darwin';
  return [
    ...(press.metaKey && isMac ? ['Command'] : []),
    ...(press.ctrlKey ? [isMac ? 'Control' : 'CommandOrControl'] : []),
    ...(press.altKey ? ['Alt'] : []),
    ...(press.shiftKey ? ['Shift'] : []),
    ...(press.metaKey && !isMac ? ['Super'] : []),
  ];
}

function isReserved(
  accelerator: string,
  modifiers: readonly string[],
  key: string,
  platform: Platform,
): boolean {
  const main = platform === 'darwin' ? 'Command' : 'CommandOrControl';
  const isCommon = modifiers.join() === main && key.length === 1 && COMMON_LETTERS.includes(key);
  return isCommon || SYSTEM[platform].includes(accelerator);
}

const MAC_SIGNS: Readonly<Record<string, string>> = {
  CommandOrControl: '⌘',
  Command: '⌘',
  Control: '⌃',
  Alt: '⌥',
  Shift: '⇧',
};
const WORDS: Readonly<Record<string, string>> = {
  CommandOrControl: 'Ctrl',
  Control: 'Ctrl',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
};

/** An accelerator as the platform writes it: `Ctrl + F12`, `⌘F12`. */
export function keysOf(accelerator: string, platform: Platform): string {
  const parts = accelerator.split('+');
  if (platform === 'darwin') return parts.map((part) => MAC_SIGNS[part] ?? part).join('');
  const superName = platform === 'win32' ? 'Windows' : 'Super';
  return parts.map((part) => (part === 'Super' ? superName : (WORDS[part] ?? part))).join(' + ');
}
