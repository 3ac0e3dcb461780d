import type { Sessions } from '../auth/sessions';
import type { DeskConnector } from '../desk/connector';
import type { BootReader } from '../device/boot';
import type { Emergencies } from '../emergency/emergencies.types';
import type { Fallback } from '../fallback/fallback';
import type { AccountServices } from '../ipc/services.types';
import type { Notify } from '../notify/notify';
import type { Toaster } from '../notify/toaster';
import type { Secrets } from '../platform/secrets';
import type { NetworkState } from '../platform/types';
import type { Managed } from '../policy/managed';
import type { KeptWork } from '../settings/kept-work';
import type { LastAgreement } from '../settings/last-agreement';
import type { SettingsStore } from '../settings/settings';
import type { Facts } from '../tickets/facts.types';
import type { Core, Surface } from './core.types';

/** An account with everything that works for it. */
export interface OpenedAccount extends AccountServices {
  readonly facts: Facts;
  readonly connector: DeskConnector;
  readonly emergencies: Emergencies;
  readonly notify: Notify;
  /** `null` where the board itself is a mailbox. */
  readonly fallback: Fallback | null;
  readonly quarantined: number;
}

/** What the services of all accounts share. */
export interface Shared {
  readonly core: Core;
  readonly surface: Surface;
  readonly settings: SettingsStore;
  readonly managed: Managed;
  readonly network: NetworkState;
  readonly secrets: Secrets;
  readonly sessions: Sessions;
  readonly toaster: Toaster;
  readonly lastAgreement: LastAgreement;
  readonly kept: KeptWork;
  readonly boot: BootReader;
  readonly setLoginItem: (enabled: boolean) => Promise<void>;
}
