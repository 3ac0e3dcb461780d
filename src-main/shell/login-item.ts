import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What starting at login needs. */
export interface LoginItemDeps {
  readonly platform: NodeJS.Platform;
  /** The program and, from source, the folder it runs. */
  readonly command: readonly string[];
  /** XDG_CONFIG_HOME or `~/.config`. */
  readonly configFolder: string;
  /** Electron's; Windows and macOS. */
  readonly setLoginItemSettings: (settings: { openAtLogin: boolean; args: string[] }) => void;
}

/** The flag with which Deskbell starts in the tray alone. */
export const HIDDEN_FLAG = '--hidden';

/** Makes Deskbell start with the session or not; rejects when the system does not take it. */
export function createLoginItem(deps: LoginItemDeps): (enabled: boolean) => Promise<void> {
  const file = path.join(deps.configFolder, 'autostart', 'deskbell.desktop');
  return async (enabled) => {
    if (deps.platform !== 'linux') {
      deps.setLoginItemSettings({ openAtLogin: enabled, args: [HIDDEN_FLAG] });
    } else if (enabled) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, autostartEntry(deps.command));
    } else {
      await rm(file, { force: true });
    }
  };
}

/** The autostart file of the XDG specification (https://specifications.freedesktop.org/autostart-spec/latest/). */
export const autostartEntry = (command: readonly string[]): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Deskbell',
    `Exec=${[...command, HIDDEN_FLAG].map(quoteArgument).join(' ')}`,
    'Icon=deskbell',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');

/** Quotes as the Desktop Entry specification wants it: reserved characters first, then the string's own escapes. */
function quoteArgument(argument: string): string {
  const percent = argument.replaceAll('%', '%%');
  if (/^[\w./:=@%+-]+$/.test(percent)) return percent;
  return `"${percent.replace(/["`$\\]/g, String.raw`\$&`).replaceAll('\\', String.raw`\\`)}"`;
}
