/**
 * The desk bell and what is made of it, as SVG. One glyph on a 24 x 24 grid: button, dome and base; every icon of
 * Deskbell is drawn from it.
 */

const BUTTON = '<rect x="10.9" y="4.6" width="2.2" height="3.4"/><circle cx="12" cy="4.4" r="1.9"/>';
const DOME = '<path d="M3.4 16.4a8.6 8.6 0 0 1 17.2 0z"/>';
const BASE = '<rect x="2" y="17.9" width="20" height="2.9" rx="1.45"/>';
const SOLID = `${BUTTON}${DOME}${BASE}`;
const OUTLINE = `<circle cx="12" cy="4.4" r="1.9"/><rect x="10.9" y="5.4" width="2.2" height="2.6"/>
  <path d="M4.4 15.6a7.6 7.6 0 0 1 15.2 0z" fill="none" stroke="INK" stroke-width="1.9" stroke-linejoin="round"/>${BASE}`;

/** Where a badge sits, and the gap that keeps it apart from the bell. */
const BADGE = { x: 18.2, y: 17.8, r: 4.6, gap: 1.5 };

/** Ink of the bell and of a badge, by the look of the panel. */
const INKS = {
  light: { ink: '#24272c', attention: '#c2410c', quiet: '#0b6b63' },
  dark: { ink: '#f1f1ef', attention: '#ffa65c', quiet: '#6fd6ca' },
  template: { ink: '#000000', attention: '#000000', quiet: '#000000' },
};

const svg = (body, view = 24) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${view} ${view}">\n${body}\n</svg>\n`;

const mask = (hole) =>
  `<mask id="gap" maskUnits="userSpaceOnUse" x="0" y="0" width="24" height="24"><rect width="24" height="24" fill="#fff"/>${hole}</mask>`;

const inked = (shape, ink) => `<g fill="${ink}">${shape.replaceAll('INK', ink)}</g>`;

function badged(bell, ink, badge, { r = BADGE.r } = {}) {
  const hole = `<circle cx="${BADGE.x}" cy="${BADGE.y}" r="${r + BADGE.gap}" fill="#000"/>`;
  return `${mask(hole)}<g mask="url(#gap)">${inked(bell, ink)}</g>${badge}`;
}

/** What each state of the tray looks like; the shape alone tells them apart, colour only helps. */
const STATES = {
  idle: ({ ink }) => inked(SOLID, ink),
  unread: ({ ink, attention }) =>
    badged(SOLID, ink, `<circle cx="${BADGE.x}" cy="${BADGE.y}" r="${BADGE.r}" fill="${attention}"/>`),
  // An arrow on its way up.
  waiting: ({ ink, quiet }) =>
    badged(
      SOLID,
      ink,
      `<path d="M18.2 22.6v-8.2M14.6 17.6l3.6-3.6 3.6 3.6" fill="none" stroke="${quiet}" stroke-width="2.3" stroke-linecap="round" stroke-linejoin="round"/>`,
      { r: 4.4 },
    ),
  // Struck through, as everywhere else.
  offline: ({ ink }) =>
    `${mask('<path d="M3.6 3.6l18 18" stroke="#000" stroke-width="5.4" stroke-linecap="round"/>')}<g mask="url(#gap)">${inked(SOLID, ink)}</g>` +
    `<path d="M3.6 3.6l17.4 17.4" stroke="${ink}" stroke-width="2.1" stroke-linecap="round"/>`,
  // Hollow, with a mark.
  signedOut: ({ ink, attention }) =>
    `${mask('<path d="M19.2 11.4v11" stroke="#000" stroke-width="6.4" stroke-linecap="round"/>')}<g mask="url(#gap)">${inked(OUTLINE, ink)}</g>` +
    `<path d="M19.2 11.6v5.4" stroke="${attention}" stroke-width="2.9" stroke-linecap="round"/><circle cx="19.2" cy="21.2" r="1.65" fill="${attention}"/>`,
};

/** The names of the tray's states. */
export const TRAY_STATES = Object.keys(STATES);

/** The tray's icon for a look (`light`, `dark`, `template`) and a state. */
export const trayIcon = (look, state) => svg(STATES[state](INKS[look]));

/** The dot that Windows lays over the button in the taskbar. */
export const overlay = () =>
  svg('<circle cx="12" cy="12" r="9" fill="#c2410c" stroke="#fff" stroke-width="2"/>');

/** The bare bell, e.g. for documents. */
export const glyph = () => svg(inked(SOLID, '#0b6b63'));

/** The program's icon: the bell on its tile. Small ones (`detailed` false) fill their square and leave out the light. */
export function appIcon(detailed) {
  const [inset, corner, scale] = detailed ? [88, 196, 26.5] : [32, 208, 31];
  const side = 1024 - 2 * inset;
  const shift = 512 - 12 * scale;
  const light = detailed
    ? `<path d="M6.3 15a6.1 6.1 0 0 1 3.3-4.7" fill="none" stroke="#0b6b63" stroke-opacity=".34" stroke-width=".95" stroke-linecap="round"/>`
    : '';
  return svg(
    `<defs>
  <linearGradient id="tile" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#14877c"/><stop offset="1" stop-color="#095650"/></linearGradient>
  <linearGradient id="bell" gradientUnits="userSpaceOnUse" x1="0" y1="2" x2="0" y2="21"><stop offset="0" stop-color="#ffffff"/><stop offset="1" stop-color="#dcefec"/></linearGradient>
</defs>
<rect x="${inset}" y="${inset}" width="${side}" height="${side}" rx="${corner}" fill="url(#tile)"/>
<g transform="translate(${shift} ${shift - scale * 0.55}) scale(${scale})"><g fill="url(#bell)">${SOLID}</g>${light}</g>`,
    1024,
  );
}
