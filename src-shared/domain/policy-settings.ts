import type { ManagedSettings } from './policy';
import { SETTING_KEYS, type SettingKey } from './policy-keys';
import type { Settings } from './settings';

/** The settings that a policy takes over, in the order of the settings screen. */
export const managedKeys = (managed: ManagedSettings): readonly SettingKey[] =>
  SETTING_KEYS.filter((key) => isManaged(managed, key));

function isManaged({ notifications, ...managed }: ManagedSettings, key: SettingKey): boolean {
  switch (key) {
    case 'notifications.enabled':
      return notifications?.enabled !== undefined;
    case 'notifications.hideDetails':
      return notifications?.hideDetails !== undefined;
    case 'notifications.quietHours':
      return notifications?.quietHours !== undefined;
    default:
      return managed[key] !== undefined;
  }
}

/** The settings that count: the user's own, and over them what the policy says. */
export function withManaged(own: Settings, managed: ManagedSettings): Settings {
  const { theme, startAtLogin, shortcut, screenshotShortcut, device, notifications = {} } = managed;
  return {
    theme: theme ?? own.theme,
    startAtLogin: startAtLogin ?? own.startAtLogin,
    shortcut: shortcut === undefined ? own.shortcut : shortcut || null,
    screenshotShortcut:
      screenshotShortcut === undefined ? own.screenshotShortcut : screenshotShortcut || null,
    device: device ?? own.device,
    notifications: {
      enabled: notifications.enabled ?? own.notifications.enabled,
      hideDetails: notifications.hideDetails ?? own.notifications.hideDetails,
      quietHours: notifications.quietHours ?? own.notifications.quietHours,
    },
  };
}

/** What a change of the settings means for the user's own: whatever is managed stays as the user left it. */
export function ownAfter(wanted: Settings, own: Settings, managed: ManagedSettings): Settings {
  const keys = new Set(managedKeys(managed));
  const side = (key: SettingKey): Settings => (keys.has(key) ? own : wanted);
  return {
    theme: side('theme').theme,
    startAtLogin: side('startAtLogin').startAtLogin,
    shortcut: side('shortcut').shortcut,
    screenshotShortcut: side('screenshotShortcut').screenshotShortcut,
    device: side('device').device,
    notifications: {
      enabled: side('notifications.enabled').notifications.enabled,
      hideDetails: side('notifications.hideDetails').notifications.hideDetails,
      quietHours: side('notifications.quietHours').notifications.quietHours,
    },
  };
}
