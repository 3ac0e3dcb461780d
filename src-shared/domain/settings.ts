import * as z from 'zod';
import { WallTimeSchema } from './agreement';
import { DeviceChoiceSchema, firstDeviceChoice } from './device';

/** What the user has chosen. Every field has a default, so that an older or partly damaged file still loads. */
export const SettingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  startAtLogin: z.boolean().catch(false),
  /** Electron accelerator of the global shortcut that opens a new ticket; `null`: none. */
  shortcut: z.string().max(60).nullable().catch('CommandOrControl+F12'),
  /** The same for taking a screenshot. */
  screenshotShortcut: z.string().max(60).nullable().catch('CommandOrControl+Shift+F12'),
  /** Which facts about this computer go along with tickets. */
  device: DeviceChoiceSchema.catch(firstDeviceChoice),
  notifications: z
    .object({
      enabled: z.boolean().catch(true),
      /** Say that something happened, but not what: for shared screens. */
      hideDetails: z.boolean().catch(false),
      quietHours: z
        .object({ enabled: z.boolean(), from: WallTimeSchema, to: WallTimeSchema })
        .catch({ enabled: false, from: '18:00', to: '08:00' }),
    })
    .catch({ enabled: true, hideDetails: false, quietHours: { enabled: false, from: '18:00', to: '08:00' } }),
});
/** What the user has chosen. */
export type Settings = z.infer<typeof SettingsSchema>;

/** The settings of a first start. */
export const defaultSettings = (): Settings => SettingsSchema.parse({});
