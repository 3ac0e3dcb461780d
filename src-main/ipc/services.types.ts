import type { DeskConnector } from '../desk/connector';
import type { Drafts } from '../drafts/drafts.types';
import type { Outbox } from '../outbox/outbox.types';
import type { SettingsStore } from '../settings/settings';
import type { AttachmentFiles } from '../shell/attachment-files';
import type { Sync } from '../sync/sync.types';
import type { Tickets } from '../tickets/tickets.types';
import type { OpenAccount, ConnectionKeeper } from '../auth/connection';

/** The services of the account that is connected. */
export interface AccountServices extends OpenAccount {
  readonly tickets: Tickets;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly sync: Sync;
  readonly connector: Pick<DeskConnector, 'download'>;
}

/** Everything behind the calls; loaded when tray and window stand. */
export interface Services {
  readonly settings: SettingsStore;
  readonly connection: ConnectionKeeper<AccountServices>;
  readonly attachments: AttachmentFiles;
}

/** Gives the services, loading them if need be. */
export type LoadServices = () => Promise<Services>;
