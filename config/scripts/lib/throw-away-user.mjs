import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const PREFIX = 'deskbell-test-';

/**
 * A user that exists only for one piece of work.
 * @typedef {object} ThrowAwayUser
 * @property {(name: string) => string} folder      a new folder that belongs to the user
 * @property {(place: string, parts?: string[]) => string} share
 *   a path under which the user can read `place`: itself, or a copy (of only `parts`) where it is out of reach
 * @property {(command: string[], options: { cwd: string, env: Record<string, string> }) => number} run
 *   runs a command as the user with nothing but `env` and the bare necessities; gives its exit status
 * @property {(from: string, to: string) => void} takeBack copies what the user made, replacing `to`
 */

/**
 * Makes a user (Linux, root only), lets `work` use it and removes it with everything it owns.
 * @template T
 * @param {(user: ThrowAwayUser) => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withThrowAwayUser(work) {
  removeLeftUsers();
  const name = `${PREFIX}${process.pid}`;
  const home = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`));
  must('useradd', '--system', '--user-group', '--home-dir', home, '--shell', '/bin/sh', name);
  try {
    const uid = Number(must('id', '-u', name));
    const gid = Number(must('id', '-g', name));
    fs.chownSync(home, uid, gid);
    return await work(createUser(name, home, uid, gid));
  } finally {
    spawnSync('userdel', [name]);
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Removes users of runs that were killed: those whose process is no more. */
function removeLeftUsers() {
  for (const line of fs.readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , , , , home] = line.split(':');
    if (!name.startsWith(PREFIX) || fs.existsSync(`/proc/${name.slice(PREFIX.length)}`)) continue;
    spawnSync('userdel', [name]);
    if (path.basename(home).startsWith(PREFIX)) fs.rmSync(home, { recursive: true, force: true });
  }
}

function createUser(name, home, uid, gid) {
  const canRead = (place) =>
    spawnSync('find', [place, '-maxdepth', '0', '-readable'], { uid, gid }).stdout?.length > 0;
  let copies = 0;
  return {
    folder(part) {
      const folder = path.join(home, part);
      fs.mkdirSync(folder);
      fs.chownSync(folder, uid, gid);
      return folder;
    },
    share(place, parts) {
      if (canRead(place) && (parts ?? []).every((part) => canRead(path.join(place, part)))) return place;
      const copy = path.join(home, `copy-${++copies}`, path.basename(place));
      copyForReading(place, copy, parts);
      return copy;
    },
    run(command, { cwd, env }) {
      const path_ = [path.dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(
        path.delimiter,
      );
      const whole = {
        PATH: path_,
        HOME: home,
        USER: name,
        LOGNAME: name,
        LANG: 'C.UTF-8',
        TMPDIR: home,
        ...env,
      };
      const [program, ...rest] = command;
      return spawnSync(program, rest, { cwd, env: whole, uid, gid, stdio: 'inherit' }).status ?? 1;
    },
    takeBack(from, to) {
      fs.rmSync(to, { recursive: true, force: true });
      fs.cpSync(from, to, { recursive: true });
    },
  };
}

/** Copies a file or folder (of it only `parts`) so that everybody can read it. */
function copyForReading(from, to, parts) {
  fs.mkdirSync(parts ? to : path.dirname(to), { recursive: true });
  const sources = parts ? parts.map((part) => path.join(from, part)) : [from];
  must('cp', '-a', ...sources.filter((source) => fs.existsSync(source)), parts ? to : path.dirname(to));
  must('chmod', '-R', 'a+rX', path.dirname(to));
}

function must(program, ...arguments_) {
  const { status, stdout, stderr } = spawnSync(program, arguments_, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`.trim());
  return stdout.trim();
}
