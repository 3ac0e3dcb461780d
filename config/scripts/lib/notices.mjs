import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from './paths.mjs';

/** Names of the files in which a package says how it may be used. */
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;
const LINE = `\n${'-'.repeat(80)}\n\n`;

/**
 * The licences of everything from npm that the bundles are made of, as they ask to be passed on: one text after the
 * other, each once, with the packages it belongs to. Taken from package-lock.json, so a little more than is bundled.
 * @returns {string}
 */
export function thirdPartyNotices() {
  const byText = new Map();
  for (const one of productionPackages()) {
    const text = licenceOf(one);
    byText.set(text, [...(byText.get(text) ?? []), `${one.name} ${one.version}`]);
  }
  const parts = [...byText].map(([text, packages]) => `${packages.join('\n')}\n\n${text}\n`);
  return ['Deskbell is made with the work of others. Their licences follow.\n', ...parts].join(LINE);
}

/** What is installed for production, by the lock; packages for other systems are absent. */
function productionPackages() {
  const { packages } = JSON.parse(fs.readFileSync(inRoot('package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([place, { dev, devOptional }]) => place !== '' && !dev && !devOptional)
    .map(([place, { version }]) => ({
      name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      folder: inRoot(place),
    }))
    .filter(({ folder }) => fs.existsSync(folder))
    .sort((one, other) => one.name.localeCompare(other.name));
}

function licenceOf({ folder }) {
  const files = fs.readdirSync(folder).filter((file) => LICENCE_FILE.test(file));
  const texts = files.map((file) => fs.readFileSync(path.join(folder, file), 'utf8').trim());
  if (texts.length > 0) return texts.join('\n\n');
  const { license, author } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const by = typeof author === 'string' ? author : author?.name;
  return `Licence: ${license}${by ? `\nAuthor: ${by}` : ''}`;
}
