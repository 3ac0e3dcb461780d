import path from 'node:path';
import { createCommandLineSource } from './command-line';
import { createLinuxSource } from './linux';
import { createMacSource } from './mac';
import { ABSENT, type PolicySource } from './source';
import { createWindowsSource } from './windows';

/** What tells where managed settings are. */
export interface SourceDeps {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly userName: string;
  /** The file of `--policy=FILE`, from source only; `null`: none was named. */
  readonly chosenFile: string | null;
}

/** The one place of this system that managed settings come from. */
export function sourceOf({ platform, env, userName, chosenFile }: SourceDeps): PolicySource {
  if (chosenFile !== null) return createCommandLineSource(path.resolve(chosenFile));
  switch (platform) {
    case 'win32':
      return createWindowsSource({ systemRoot: env['SystemRoot'] ?? String.raw`C:\Windows` });
    case 'darwin':
      return createMacSource({ userName });
    case 'linux':
      return createLinuxSource();
    default:
      return { name: 'file', read: async () => ABSENT };
  }
}
