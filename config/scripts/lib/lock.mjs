import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;

/**
 * Runs `work` while this process holds `lock`, a file that exists only meanwhile. Other processes wait for it.
 * A lock whose process has died is taken over.
 *
 * @template T
 * @param {string} lock absolute path; its folder is created
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(lock, work) {
  fs.mkdirSync(path.dirname(lock), { recursive: true });
  while (!take(lock)) await sleep(POLL_MS);
  try {
    return await work();
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

/** Creates the lock with this process' id in it. False while a living process holds it. */
function take(lock) {
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
  // Renamed first: of several processes that see the orphan only one succeeds.
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
