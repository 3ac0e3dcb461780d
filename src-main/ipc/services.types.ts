import type { DeviceReport } from '@shared/domain/device';
import type { DeskConnector } from '../desk/connector';
import type { Restarts } from '../device/restart/restarts';
import type { Drafts } from '../drafts/drafts.types';
import type { Emergencies } from '../emergency/emergencies.types';
import type { Fallback } from '../fallback/fallback';
import type { Outbox } from '../outbox/outbox.types';
import type { Clock } from '../platform/types';
import type { Managed } from '../policy/managed';
import type { Practice } from '../practice-desk/practice';
import type { SettingsStore } from '../settings/settings';
import type { AttachmentFiles } from '../shell/attachment-files';
import type { Sync } from '../sync/sync.types';
import type { Facts } from '../tickets/facts.types';
import type { Tickets } from '../tickets/tickets.types';
import type { OpenAccount, ConnectionKeeper } from '../auth/connection';
import type { SignIn } from '../auth/sign-in';

/** The services of the account that is connected. */
export interface AccountServices extends OpenAccount {
  readonly clock: Pick<Clock, 'now'>;
  readonly tickets: Tickets;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly sync: Sync;
  readonly connector: Pick<DeskConnector, 'download' | 'capabilities' | 'check'>;
  readonly restarts: Restarts;
  readonly device: { collect(): Promise<DeviceReport> };
  readonly facts: Pick<Facts, 'announcements' | 'agreement'>;
  readonly emergencies: Pick<Emergencies, 'end'>;
  /** `null` where the board itself is a mailbox. */
  readonly fallback: Pick<
    Fallback,
    'settings' | 'isManaged' | 'hasPassword' | 'set' | 'remove' | 'state'
  > | null;
  /** The embedded practice desk's cases; `null` on any other board. */
  readonly practice: Practice | null;
}

/** Everything behind the calls; loaded when tray and window stand. */
export interface Services {
  readonly settings: SettingsStore;
  readonly connection: ConnectionKeeper<AccountServices>;
  readonly signIn: SignIn;
  readonly attachments: AttachmentFiles;
  /** What the organisation allows; the window is not trusted to ask for that only. */
  readonly managed: Pick<Managed, 'allows'>;
}

/** Gives the services, loading them if need be. */
export type LoadServices = () => Promise<Services>;
