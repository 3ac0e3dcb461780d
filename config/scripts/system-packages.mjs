#!/usr/bin/env node
/**
 * Installs the Debian packages of config/system-packages.txt that are missing, or says how to.
 * As a program: `system-packages.mjs PART…` (electron, desktop, package, servers).
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const LIST = path.resolve(import.meta.dirname, '../system-packages.txt');
const ANSWERS = path.resolve(import.meta.dirname, '../system-packages.debconf');

/** The parts of the list: name of the part to its lines, each with one or more alternatives. */
function readList() {
  const parts = {};
  let part;
  for (const line of fs.readFileSync(LIST, 'utf8').split('\n')) {
    if (!line.trim() || line.startsWith('#')) continue;
    const heading = line.match(/^\[(\w+)\]$/);
    if (heading) part = parts[heading[1]] = [];
    else part.push(line.trim().split('|'));
  }
  return parts;
}

const output = (command, ...args) => {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === null ? undefined : stdout;
};

const isInstalled = (name) => output('dpkg-query', '-W', '-f=${db:Status-Status}', name) === 'installed';
/** Whether this release has the package as such: a name that is only provided by another cannot be installed. */
const isOffered = (name) => /^Version:/m.test(output('apt-cache', 'show', name) ?? '');

/** The parts that exist for Linux only: elsewhere nothing else takes their place. */
const LINUX_ONLY = ['servers'];

const hasApt = () => process.platform === 'linux' && output('apt-get', '--version') !== undefined;
const isRoot = () => process.getuid?.() === 0;
const installCommand = (names) => ['apt-get', 'install', '-y', '--no-install-recommends', ...names];
/** How long another installation that is under way is waited for, in seconds. */
const PATIENCE_S = 600;

/**
 * Makes sure that the packages of `parts` are there: installs them as root on Debian, otherwise explains.
 * @param {string[]} parts
 * @param {(line: string) => void} [say]
 * @returns {boolean} whether everything is there now
 */
export function ensureSystemPackages(parts, say = console.log) {
  if (process.platform !== 'linux') return explainLinuxOnly(parts, say);
  const wanted = parts.flatMap((part) => readList()[part]);
  if (!hasApt()) return explainElsewhere(wanted, say);
  const missing = wanted.filter((alternatives) => !alternatives.some(isInstalled));
  if (missing.length === 0) return true;
  if (!isRoot()) {
    const names = missing.map((alternatives) => alternatives.find(isOffered) ?? alternatives.at(-1));
    say('Some system packages are missing. Install them with:');
    say(`  sudo ${installCommand(names).join(' ')}`);
    return false;
  }
  return install(missing, say);
}

function explainLinuxOnly(parts, say) {
  const absent = parts.filter((part) => LINUX_ONLY.includes(part));
  if (absent.length > 0) say(`Only on Debian: ${absent.join(', ')} of config/system-packages.txt.`);
  return absent.length === 0;
}

/** Without apt nothing can be checked by package, so the programs are looked for. */
function explainElsewhere(wanted, say) {
  const programs = {
    xvfb: 'Xvfb',
    openbox: 'openbox',
    dunst: 'dunst',
    'xfce4-panel': 'xfce4-panel',
    'request-tracker5': 'rt-mailgate-5',
  };
  const missing = wanted.flat().filter((name) => programs[name] && !onPath(programs[name]));
  if (missing.length === 0) return true;
  const names = wanted.map((alternatives) => alternatives.at(-1)).join(' ');
  say(
    `${missing.map((name) => programs[name]).join(', ')} missing. Install what these Debian packages hold:`,
  );
  say(`  ${names}`);
  return false;
}

const onPath = (program) =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, program)));

function install(missing, say) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', args, { env, encoding: 'utf8' });
  say('Refreshing the list of system packages …');
  const update = apt('update');
  const names = missing.map((alternatives) => alternatives.find(isOffered) ?? alternatives.at(-1));
  say(`Installing ${names.length} system packages: ${names.join(' ')}`);
  const answered = answerQuestions(names);
  const result = apt(`-oDPkg::Lock::Timeout=${PATIENCE_S}`, ...installCommand(names).slice(1));
  if (result.status === 0) return true;
  say(`${update.stderr}${answered}${result.stdout}${result.stderr}`.trim());
  say(`Could not install them; try: ${installCommand(names).join(' ')}`);
  return false;
}

/** Answers beforehand what the packages would ask, also while another installation holds debconf. Gives what went wrong. */
function answerQuestions(names) {
  const answers = fs.readFileSync(ANSWERS, 'utf8').split('\n');
  const input = answers.filter((line) => names.includes(line.split(' ')[0])).join('\n');
  if (input === '') return '';
  const start = Date.now();
  for (;;) {
    const { status, stderr } = spawnSync('debconf-set-selections', { input, encoding: 'utf8' });
    const isLocked = status !== 0 && /locked/.test(stderr ?? '');
    if (!isLocked || Date.now() - start > PATIENCE_S * 1000) return status === 0 ? '' : stderr;
    spawnSync('sleep', ['1']);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const parts = process.argv.slice(2);
  process.exit(ensureSystemPackages(parts.length ? parts : Object.keys(readList())) ? 0 : 1);
}
