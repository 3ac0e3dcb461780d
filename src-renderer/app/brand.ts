import { brandColours, type BrandColours, type Look } from '@shared/domain/brand-colours';

const TOKENS: Readonly<Record<keyof BrandColours, string>> = {
  accent: 'accent',
  accentHover: 'accent-hover',
  onAccent: 'on-accent',
  accentSoft: 'accent-soft',
};

/**
 * Puts the organisation's colours in place of Deskbell's (`ui/tokens.css` takes them where they are there), or takes them
 * away. One colour alone stands for both looks, made to fit each.
 */
export function paintBrand(light: string | null, dark: string | null): void {
  paintLook('light', light ?? dark);
  paintLook('dark', dark ?? light);
}

function paintLook(look: Look, colour: string | null): void {
  const { style } = document.documentElement;
  const colours = colour === null ? null : brandColours(colour, look);
  for (const [name, token] of Object.entries(TOKENS) as [keyof BrandColours, string][]) {
    if (colours === null) style.removeProperty(`--brand-${token}-${look}`);
    else style.setProperty(`--brand-${token}-${look}`, colours[name]);
  }
}
