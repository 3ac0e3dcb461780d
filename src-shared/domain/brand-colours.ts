/** The colours that follow from an organisation's accent, as `#rrggbb`; the names are those of the design tokens. */
export interface BrandColours {
  readonly accent: string;
  readonly accentHover: string;
  readonly onAccent: string;
  readonly accentSoft: string;
}

/** A look of the window. */
export type Look = 'light' | 'dark';

/** What the accent is seen on and beside, from the design tokens (src-renderer/ui/tokens.css). */
export const GROUNDS: Readonly<
  Record<Look, Readonly<Record<'background' | 'surface' | 'sunken' | 'text' | 'muted', string>>>
> = {
  light: {
    background: '#f6f5f2',
    surface: '#ffffff',
    sunken: '#efeeea',
    text: '#1c1e22',
    muted: '#5c626c',
  },
  dark: { background: '#141619', surface: '#1c1f23', sunken: '#24282d', text: '#ececed', muted: '#a2a8b1' },
};

/** The least contrast of text (WCAG 2.2, 1.4.3) and of controls (1.4.11). */
export const LEAST_CONTRAST = { text: 4.5, control: 3 } as const;

/** How strong the soft tone is at most, and by how much hovering changes the accent, in steps of 255. */
const SOFT = 34;
const HOVER = 28;

/**
 * Makes the tones of an accent for a look. The accent is text, too (links, the pressed chip): it is mixed with black (light)
 * or white (dark) no more than its contrast needs, and left alone where it is readable.
 *
 * @param colour `#rrggbb`
 */
export function brandColours(colour: string, look: Look): BrandColours {
  const { background, surface, sunken, text, muted } = GROUNDS[look];
  const far = look === 'light' ? '#000000' : '#ffffff';
  const isReadable = (one: string): boolean =>
    [background, surface, sunken].every((ground) => contrast(one, ground) >= LEAST_CONTRAST.text);
  const accent = leastMix(colour.toLowerCase(), far, isReadable);
  const onAccent = readableOn(accent, look);
  const accentHover = mix(accent, far, HOVER);
  const accentSoft = leastMix(mix(surface, accent, SOFT), surface, (soft) =>
    [accent, text, muted].every((one) => contrast(one, soft) >= LEAST_CONTRAST.text),
  );
  return { accent, accentHover, onAccent, accentSoft };
}

/** The contrast of two colours (`#rrggbb`), 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** The first mixture of `from` with `to` that fits; `to` itself where none does before. */
function leastMix(from: string, to: string, fits: (mixed: string) => boolean): string {
  for (let step = 0; step < 255; step += 1) {
    const mixed = mix(from, to, step);
    if (fits(mixed)) return mixed;
  }
  return to;
}

/** White, or near black with a little of the accent: what reads better on it. */
function readableOn(accent: string, look: Look): string {
  const dark = mix('#000000', accent, 40);
  const choices = look === 'light' ? ['#ffffff', dark, '#000000'] : [dark, '#000000', '#ffffff'];
  return choices.find((one) => contrast(one, accent) >= LEAST_CONTRAST.text) ?? '#000000';
}

/** `step` of 255 parts of `to`, the rest of `from`. */
const mix = (from: string, to: string, step: number): string => {
  const end = channels(to);
  const mixed = channels(from).map((value, index) =>
    Math.round(value + (((end[index] ?? 0) - value) * step) / 255),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
};

const channels = (colour: string): readonly number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** Relative luminance, 0 to 1 (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
