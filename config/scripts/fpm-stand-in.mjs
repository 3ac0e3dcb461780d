#!/usr/bin/env node
/**
 * Stands in for fpm, which electron-builder downloads to make deb and rpm packages, where that download is impossible
 * (CUSTOM_FPM_PATH). It understands only how electron-builder calls fpm: a folder becomes a deb with dpkg-deb or an
 * rpm with rpmbuild. For packages that are made for tests.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const REPEATED = ['d', 'deb-recommends'];

/** Splits fpm's command line into options and the `source=target` pairs to pack. */
function readCommandLine(argv) {
  const options = Object.fromEntries(REPEATED.map((name) => [name, []]));
  const places = [];
  for (let i = 0; i < argv.length; i++) {
    const [, name] = argv[i].match(/^--?([a-z][\w-]*)$/) ?? [];
    if (name === 'force') continue;
    else if (REPEATED.includes(name)) options[name].push(argv[++i]);
    else if (name) options[name] = argv[++i];
    else places.push(argv[i].split(/=(.*)/s).slice(0, 2));
  }
  return { options, places };
}

function copyPlaces(places, root) {
  for (const [source, target] of places) {
    const to = path.join(root, target);
    const isFolder = fs.statSync(source).isDirectory();
    fs.mkdirSync(isFolder ? to : path.dirname(to), { recursive: true });
    execFileSync('cp', ['-a', isFolder ? `${source}/.` : source, to]);
  }
  execFileSync('chmod', ['-R', 'u+rwX,go+rX,go-w', root]);
}

const descriptionLines = ({ description }) =>
  description
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
const scriptText = (file) => (file ? fs.readFileSync(file, 'utf8') : '');

function makeDeb(options, root) {
  const [summary, ...rest] = descriptionLines(options);
  const kilobytes = execFileSync('du', ['-sk', root], { encoding: 'utf8' }).split('\t')[0];
  const fields = {
    Package: options.name,
    Version: options.version,
    Architecture: options.architecture,
    Maintainer: options.maintainer,
    'Installed-Size': kilobytes,
    Depends: options.d.join(', '),
    Recommends: options['deb-recommends'].join(', '),
    Section: options.category ?? 'default',
    Priority: options['deb-priority'] ?? 'optional',
    Homepage: options.url,
    Description: [summary, ...rest.map((line) => ` ${line}`)].join('\n'),
  };
  const control = path.join(root, 'DEBIAN');
  fs.mkdirSync(control);
  const lines = Object.entries(fields).filter(([, value]) => value);
  fs.writeFileSync(
    path.join(control, 'control'),
    lines.map(([name, value]) => `${name}: ${value}\n`).join(''),
  );
  const scripts = {
    'after-install': 'postinst',
    'after-remove': 'postrm',
    'before-install': 'preinst',
    'before-remove': 'prerm',
  };
  for (const [option, name] of Object.entries(scripts)) {
    if (options[option])
      fs.writeFileSync(path.join(control, name), scriptText(options[option]), { mode: 0o755 });
  }
  execFileSync('dpkg-deb', ['--root-owner-group', '-Zxz', '-z1', '--build', root, options.package], {
    stdio: 'inherit',
  });
}

function makeRpm(options, root, temporary) {
  const [summary, ...rest] = descriptionLines(options);
  const escape = (text) => text.replaceAll('%', '%%');
  const files = execFileSync('find', ['.', '-not', '-type', 'd', '-printf', '"/%P"\\n'], {
    cwd: root,
    encoding: 'utf8',
  });
  const spec = [
    `Name: ${options.name}`,
    `Version: ${options.version.replaceAll('-', '~')}`,
    'Release: 1',
    `Summary: ${summary}`,
    `License: ${options.license ?? 'unknown'}`,
    `URL: ${options.url}`,
    `Vendor: ${options.vendor}`,
    `Packager: ${options.maintainer}`,
    'AutoReqProv: no',
    ...options.d.map((name) => `Requires: ${name}`),
    `%description\n${[summary, ...rest].join('\n')}`,
    `%install\ncp -a ${root}/. %{buildroot}/`,
    `%post\n${escape(scriptText(options['after-install']))}`,
    `%postun\n${escape(scriptText(options['after-remove']))}`,
    `%files\n${files}`,
  ];
  const specFile = path.join(temporary, 'package.spec');
  fs.writeFileSync(specFile, spec.join('\n'));
  const defines = {
    _topdir: `${temporary}/rpm`,
    _build_id_links: 'none',
    __strip: '/bin/true',
    __os_install_post: '%{nil}',
    _binary_payload: 'w1T2.xzdio',
  };
  const flags = Object.entries(defines).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
  execFileSync('rpmbuild', ['-bb', '--quiet', '--target', 'x86_64', ...flags, specFile], {
    stdio: 'inherit',
  });
  const made = path.join(temporary, 'rpm/RPMS/x86_64');
  fs.copyFileSync(path.join(made, fs.readdirSync(made)[0]), options.package);
}

const { options, places } = readCommandLine(process.argv.slice(2));
if (options.s !== 'dir' || !['deb', 'rpm'].includes(options.t)) {
  console.error(`fpm-stand-in: cannot make ${options.t} from ${options.s}`);
  process.exit(1);
}
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'deskbell-fpm-'));
try {
  const root = path.join(temporary, 'root');
  copyPlaces(places, root);
  fs.rmSync(options.package, { force: true });
  if (options.t === 'deb') makeDeb(options, root);
  else makeRpm(options, root, temporary);
} finally {
  fs.rmSync(temporary, { recursive: true, force: true });
}
