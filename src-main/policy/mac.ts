import path from 'node:path';
import { parsePlist, type PlistValue } from './plist';
import { ABSENT, failed, type PolicySource, type SourceReading } from './source';
import { runTool, type RunTool } from './tool';
import { readTrustedFile, type TrustRules } from './trusted-file';
import { wholePolicy } from './whole-policy';

/** Where the system keeps what configuration profiles force. Values that users may change (set once) are not in there. */
const MANAGED_FOLDER = '/Library/Managed Preferences';
/** The preference domain: the application's identifier. */
const DOMAIN = 'org.deskbell.Deskbell';
const PLUTIL = '/usr/bin/plutil';
const BINARY_MARK = 'bplist';

/** What managed preferences are read with. */
export interface MacSourceDeps {
  /** The short name of the user, for profiles of one user. */
  readonly userName: string;
  readonly run?: RunTool;
  readonly folder?: string;
  readonly rules?: TrustRules;
}

/**
 * Managed settings on macOS. Electron's `systemPreferences` cannot tell a forced value from one that the user has written
 * with `defaults`, so the files of the managed preferences themselves are read, which only the system can write. Those of
 * the computer count alone; where there are none, those of the user.
 */
export function createMacSource({
  userName,
  run = runTool,
  folder = MANAGED_FOLDER,
  rules = {},
}: MacSourceDeps): PolicySource {
  const files = [
    path.join(folder, `${DOMAIN}.plist`),
    path.join(folder, path.basename(userName), `${DOMAIN}.plist`),
  ];

  async function readOne(file: string): Promise<SourceReading> {
    const bytes = await readTrustedFile(file, rules);
    if (!bytes.ok) return failed(bytes.fault);
    if (bytes.value === null) return ABSENT;
    const xml = await asXml(bytes.value, run);
    if (xml === null) return failed('tool');
    const parsed = parsePlist(xml);
    return parsed.ok ? wholePolicy(withoutPayload(parsed.value)) : failed('notReadable');
  }

  return {
    name: 'managedPreferences',
    async read() {
      for (const file of files) {
        const reading = await readOne(file);
        if (reading.kind !== 'absent') return reading;
      }
      return ABSENT;
    },
  };
}

/** The list as XML. The system stores it in binary, which its own tool turns round; `null`: the tool failed. */
async function asXml(bytes: Uint8Array, run: RunTool): Promise<string | null> {
  const isBinary = Buffer.from(bytes.subarray(0, BINARY_MARK.length)).toString('latin1') === BINARY_MARK;
  if (!isBinary) return Buffer.from(bytes).toString('utf8');
  const done = await run(PLUTIL, ['-convert', 'xml1', '-o', '-', '--', '-'], { input: bytes });
  return done.ok && done.value.code === 0 ? done.value.output.toString('utf8') : null;
}

/** The profile's own marks are no settings. */
function withoutPayload(value: PlistValue): unknown {
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !/^(Payload[A-Z]|_)/.test(name)));
}
