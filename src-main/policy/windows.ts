import path from 'node:path';
import { err, ok, type Result } from '@shared/domain/result';
import { parseRegQuery, subKeysOf } from './reg-query';
import { readRegistry } from './registry-content';
import { ABSENT, failed, type PolicySource } from './source';
import { runTool, type RunTool } from './tool';

const PARENT = String.raw`HKEY_LOCAL_MACHINE\Software\Policies`;
const NAME = 'Deskbell';
/** Where managed settings are in the registry: below a key that only administrators can write to. */
export const REGISTRY_KEY = `${PARENT}\\${NAME}`;

/** What the registry is read with. */
export interface WindowsSourceDeps {
  /** The folder of Windows, e.g. `C:\Windows`. Programs are started from there, never from the search path. */
  readonly systemRoot: string;
  readonly run?: RunTool;
}

/**
 * Managed settings on Windows, read with `reg.exe`: Node and Electron cannot read the registry, and a native module would be
 * needed for it alone. Its messages are in the user's language, so whether there are any settings is told by the names of
 * the keys above, not by an error.
 */
export function createWindowsSource({ systemRoot, run = runTool }: WindowsSourceDeps): PolicySource {
  const system = path.win32.join(systemRoot, 'System32');

  /** `reg.exe` writes in the code page of its console: 65001 is UTF-8. The command holds nothing from outside. */
  async function query(
    key: string,
    ...more: readonly string[]
  ): Promise<Result<string, 'tool' | 'timedOut'>> {
    const reg = `"${path.win32.join(system, 'reg.exe')}" query "${key}" ${[...more, '/reg:64'].join(' ')}`;
    const chcp = `"${path.win32.join(system, 'chcp.com')}" 65001 >nul`;
    const command = `"${chcp} & ${reg}"`;
    const done = await run(path.win32.join(system, 'cmd.exe'), ['/d', '/s', '/c', command], {
      isVerbatim: true,
    });
    if (!done.ok) return done;
    return done.value.code === 0 ? ok(done.value.output.toString('utf8')) : err('tool');
  }

  return {
    name: 'registry',
    async read() {
      const above = await query(PARENT);
      if (!above.ok) return failed(above.fault);
      const names = subKeysOf(above.value, PARENT).map((name) => name.toLowerCase());
      if (!names.includes(NAME.toLowerCase())) return ABSENT;
      const all = await query(REGISTRY_KEY, '/s');
      return all.ok ? readRegistry(parseRegQuery(all.value, REGISTRY_KEY)) : failed(all.fault);
    },
  };
}
