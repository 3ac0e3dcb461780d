import type { Translate } from '@shared/locales';
import type { AppStateHolder } from '../ipc/app-state';
import type { Ipc } from '../ipc/guard';
import type { Services } from '../ipc/services.types';
import type { JsonFile } from '../platform/json-file';
import type { FileLog } from '../platform/log';
import type { MarkPerf } from '../platform/perf';
import type { Clock, Ids } from '../platform/types';
import type { SafeOpen } from '../shell/safe-open';
import type { SystemTray } from '../shell/tray';
import type { MainWindow } from '../shell/window';

/** The small files that are read at once, by what is in them. */
type SmallFile = 'settings' | 'account' | 'window' | 'hints' | 'agreement' | 'kept' | 'policy';

/** What both stages share; made once, in stage 1. */
export interface Core {
  readonly mark: MarkPerf;
  readonly clock: Clock;
  readonly log: FileLog;
  readonly ids: Ids;
  readonly files: Readonly<Record<SmallFile, JsonFile>>;
  /** Absolute paths. */
  readonly folders: Readonly<Record<'userData' | 'icons' | 'page' | 'preload', string>>;
  /** Whether Deskbell runs from its sources. */
  readonly developer: boolean;
  /** Where the window's page comes from while it is being developed. */
  readonly devServer: string | null;
  isOwnUrl(url: string): boolean;
  /** The IANA zone of this machine. */
  readonly timeZone: string;
  readonly t: Translate;
  readonly appState: AppStateHolder;
  readonly safeOpen: SafeOpen;
}

/** The parts of stage 1 that stage 2 works with. */
export interface Surface {
  readonly tray: SystemTray;
  readonly window: MainWindow;
  readonly ipc: Ipc;
  /** Takes a screenshot for a new ticket. */
  takeScreenshot(): Promise<void>;
}

/** What stage 2 gives back to stage 1. */
export interface ComposedServices extends Services {
  /** How many writes have not left. */
  unsent(): number;
  /** The user closed the window. */
  onWindowClosed(): void;
  /** Stores everything and lets go of everything. */
  close(): Promise<void>;
}
