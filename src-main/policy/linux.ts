import { readJson } from './json-content';
import { ABSENT, failed, type PolicySource } from './source';
import { readTrustedFile, type TrustRules } from './trusted-file';

/** Where managed settings are on Linux. */
export const LINUX_FILE = '/etc/deskbell/policy.json';

/** Managed settings on Linux: a JSON file that only root can have written. */
export const createLinuxSource = (file: string = LINUX_FILE, rules: TrustRules = {}): PolicySource => ({
  name: 'file',
  async read() {
    const bytes = await readTrustedFile(file, rules);
    if (!bytes.ok) return failed(bytes.fault);
    return bytes.value === null ? ABSENT : readJson(bytes.value);
  },
});
