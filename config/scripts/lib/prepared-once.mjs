import fs from 'node:fs';
import { withLock } from './lock.mjs';

/**
 * Makes `folder` exist by running `prepare(temporaryFolder)` once, however many processes ask at the same time.
 * The temporary folder is renamed into place when it is complete, so `folder` is never seen half done. If `prepare`
 * throws, nothing is left behind and the next process tries.
 *
 * @param {string} folder absolute path; its parent is created
 * @param {(temporaryFolder: string) => Promise<void>} prepare
 * @returns {Promise<boolean>} whether this call did the work
 */
export async function preparedOnce(folder, prepare) {
  if (fs.existsSync(folder)) return false;
  return withLock(`${folder}.lock`, async () => {
    if (fs.existsSync(folder)) return false;
    const temporary = `${folder}.tmp`;
    fs.rmSync(temporary, { recursive: true, force: true });
    try {
      fs.mkdirSync(temporary);
      await prepare(temporary);
      fs.renameSync(temporary, folder);
      return true;
    } finally {
      fs.rmSync(temporary, { recursive: true, force: true });
    }
  });
}
