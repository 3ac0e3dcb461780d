import { open } from 'node:fs/promises';
import { errorCode } from '../platform/files';
import { readJson } from './json-content';
import { ABSENT, failed, type PolicySource } from './source';
import { faultOf, readAtMost } from './trusted-file';

/** Names a file with managed settings; from source only, as whoever starts a program may write anywhere. */
export const POLICY_SWITCH = 'policy';

/** Managed settings from a file of the developer's choice. */
export const createCommandLineSource = (file: string): PolicySource => ({
  name: 'commandLine',
  async read() {
    try {
      const handle = await open(file, 'r');
      try {
        const bytes = await readAtMost(handle);
        return bytes.ok ? readJson(bytes.value) : failed(bytes.fault);
      } finally {
        await handle.close();
      }
    } catch (error) {
      return errorCode(error) === 'ENOENT' ? ABSENT : failed(faultOf(error));
    }
  },
});
