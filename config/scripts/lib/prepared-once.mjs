import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;

/**
 * Makes `folder` exist by running `prepare(temporaryFolder)` once, however many processes ask at the same time.
 *
 * The winner of a lock file beside `folder` prepares a temporary folder and renames it into place, so `folder` is
 * never seen half done; the others wait for it. A lock whose process has died is taken over. If `prepare` throws,
 * nothing is left behind and the next process tries.
 *
 * @param {string} folder absolute path; its parent is created
 * @param {(temporaryFolder: string) => Promise<void>} prepare
 * @returns {Promise<boolean>} whether this call did the work
 */
export async function preparedOnce(folder, prepare) {
  if (fs.existsSync(folder)) return false;
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const lock = `${folder}.lock`;
  while (!takeLock(lock)) {
    await sleep(POLL_MS);
    if (fs.existsSync(folder)) return false;
  }
  const temporary = `${folder}.${process.pid}.tmp`;
  try {
    if (fs.existsSync(folder)) return false;
    removeLeftovers(folder);
    fs.mkdirSync(temporary);
    await prepare(temporary);
    fs.renameSync(temporary, folder);
    return true;
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
    fs.rmSync(lock, { force: true });
  }
}

/** Removes what a killed run left half done; only the holder of the lock may call it. */
function removeLeftovers(folder) {
  const parent = path.dirname(folder);
  for (const name of fs.readdirSync(parent)) {
    if (name.startsWith(`${path.basename(folder)}.`) && name.endsWith('.tmp')) {
      fs.rmSync(path.join(parent, name), { recursive: true, force: true });
    }
  }
}

/** Creates the lock with this process' id in it. False while a living process holds it. */
function takeLock(lock) {
  const mine = `${lock}.${process.pid}`;
  fs.writeFileSync(mine, String(process.pid));
  try {
    // A hard link appears with its content, so nobody can read a lock that has no owner yet.
    fs.linkSync(mine, lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    removeIfOrphaned(lock);
    return false;
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

function removeIfOrphaned(lock) {
  let owner;
  try {
    owner = Number(fs.readFileSync(lock, 'utf8'));
  } catch {
    return; // Released meanwhile.
  }
  if (isAlive(owner)) return;
  // Renamed first: of several processes that see the orphan only one succeeds, and no fresh lock is removed.
  const orphan = `${lock}.orphan-${owner}`;
  try {
    fs.renameSync(lock, orphan);
    fs.rmSync(orphan);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
