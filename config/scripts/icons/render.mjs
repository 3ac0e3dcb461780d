#!/usr/bin/env node
/**
 * Draws every icon of Deskbell into assets/icons (`node config/scripts/icons/render.mjs`). The pictures are committed:
 * building needs no renderer. `--check` draws nothing and fails when a committed picture is not what would be drawn.
 */
import fs from 'node:fs';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { appIcon, glyph, overlay, TRAY_STATES, trayIcon } from './shapes.mjs';

const ICONS = path.resolve(import.meta.dirname, '../../../assets/icons');
const SCALES = [1, 1.25, 1.5, 2, 3];
const APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Below this the tile fills its square and the highlight is left out. */
const DETAILED_FROM = 64;
/**
 * Folders of tray icons: the look, and the size at scale 1. Windows' tray shows 16 pixels, panels on Linux 22 to 24
 * (they shrink well and grow badly), the menu bar of macOS 18 points.
 */
const TRAY_FOLDERS = [
  { folder: 'light', look: 'light', size: 16, suffix: '' },
  { folder: 'dark', look: 'dark', size: 16, suffix: '' },
  { folder: 'light-large', look: 'light', size: 24, suffix: '' },
  { folder: 'dark-large', look: 'dark', size: 24, suffix: '' },
  { folder: 'template', look: 'template', size: 18, suffix: 'Template' },
];

const png = (svg, size) => new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng();

/** The name under which Electron finds the picture for a scale. */
const scaled = (name, scale) => `${name}${scale === 1 ? '' : `@${scale}x`}.png`;

function* pictures() {
  yield ['glyph.svg', Buffer.from(glyph())];
  yield ['deskbell.svg', Buffer.from(appIcon(true))];
  for (const scale of SCALES) yield [scaled('overlay', scale), png(overlay(), 16 * scale)];
  for (const size of APP_SIZES) yield [`app/${size}x${size}.png`, png(appIcon(size >= DETAILED_FROM), size)];
  for (const { folder, look, size, suffix } of TRAY_FOLDERS) {
    for (const state of TRAY_STATES) {
      for (const scale of SCALES) {
        yield [
          `tray/${folder}/${scaled(state + suffix, scale)}`,
          png(trayIcon(look, state), Math.round(size * scale)),
        ];
      }
    }
  }
}

const check = process.argv.includes('--check');
let stale = 0;
for (const [name, content] of pictures()) {
  const file = path.join(ICONS, name);
  if (check) {
    if (fs.existsSync(file) && fs.readFileSync(file).equals(content)) continue;
    console.error(`icons: ${name} is not what would be drawn`);
    stale += 1;
  } else {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
}
if (stale > 0) process.exitCode = 1;
