import type { PolicyView } from './policy-view';

/** What an organisation can switch off. Apart from the schemas: the start path needs no more. */
export const FEATURES = [
  'practiceDesk',
  'otherDesks',
  'screenshots',
  'deviceFacts',
  'attachments',
  'mailFallback',
] as const;
/** Something an organisation can switch off. */
export type Feature = (typeof FEATURES)[number];

/** The settings a policy can take over, as the settings screen has them: each has its lock. */
export const SETTING_KEYS = [
  'theme',
  'startAtLogin',
  'shortcut',
  'screenshotShortcut',
  'device',
  'notifications.enabled',
  'notifications.hideDetails',
  'notifications.quietHours',
] as const;
/** A setting a policy can take over. */
export type SettingKey = (typeof SETTING_KEYS)[number];

/** The parts of a policy beside the user's settings. */
export const POLICY_SECTIONS = [
  'board',
  'signIn',
  'branding',
  'contacts',
  'hours',
  'agreement',
  'features',
  'updates',
  'fallbackMail',
] as const;
/** A part of a policy beside the user's settings. */
export type PolicySection = (typeof POLICY_SECTIONS)[number];

/** What is wrong with one value of a policy. */
export const VALUE_REASONS = [
  /** Deskbell knows no such setting. */
  'unknown',
  /** Beside a whole policy in one value, which counts alone. */
  'beside',
  'missing',
  'type',
  'choice',
  'tooLong',
  'empty',
  'range',
  'count',
  'format',
] as const;
/** What is wrong with one value of a policy. */
export type ValueReason = (typeof VALUE_REASONS)[number];

/** The kinds of values, for words. */
export const VALUE_TYPES = ['text', 'number', 'yesNo', 'list', 'group'] as const;
/** A kind of value. */
export type ValueType = (typeof VALUE_TYPES)[number];

/** Why a source of managed settings could not be read. */
export const READ_FAULTS = [
  /** Belongs to somebody who is not an administrator. */
  'owner',
  /** Others than an administrator may change it. */
  'writable',
  /** It, or a folder above it, is a link. */
  'link',
  /** It is a folder, a device or something else that is no file. */
  'notAFile',
  'noPermission',
  'tooLarge',
  'notText',
  /** No JSON, or a broken one; no property list; no answer of the registry. */
  'notReadable',
  /** Readable, but a list or a single value where a group of settings belongs. */
  'notAPolicy',
  /** The system's own tool for it failed or could not be started. */
  'tool',
  'timedOut',
  'other',
] as const;
/** Why a source of managed settings could not be read. */
export type ReadFault = (typeof READ_FAULTS)[number];

/** What the window knows where nothing is managed. */
export const NO_POLICY: PolicyView = {
  state: 'none',
  organisation: null,
  branding: { name: null, accentLight: null, accentDark: null, logo: null },
  features: {
    practiceDesk: true,
    otherDesks: true,
    screenshots: true,
    deviceFacts: true,
    attachments: true,
    mailFallback: true,
  },
  settings: [],
  sections: [],
  desk: null,
  isOtherDesk: false,
  problems: [],
  unread: null,
};
