import { featuresOf } from '@shared/domain/policy-features';
import { FEATURES, NO_POLICY } from '@shared/domain/policy-keys';
import type { PolicyView } from '@shared/domain/policy-view';
import type { Settings } from '@shared/domain/settings';
import type { JsonFile } from '../platform/json-file';

/** What of the managed settings is needed before the source can be read. */
export interface EarlyPolicy {
  /** How Deskbell looks, and what it does not offer; nothing that the window can act on. */
  readonly view: PolicyView;
  /** `null`: the user chooses. */
  readonly theme: Settings['theme'] | null;
}

const COLOUR = /^#[0-9a-f]{6}$/i;
const LOGO = /^data:image\/(png|jpeg|webp|svg\+xml);base64,[A-Za-z0-9+/=]+$/;

/**
 * Name, colours, logo and theme as the last start knew them, without the schemas: tray and first paint need them before
 * anything heavier is loaded. It is the kept copy, which the user can write to: whatever counts is read from the source
 * in a moment.
 */
export function readEarlyPolicy(file: JsonFile): EarlyPolicy {
  const policy = member(file.readNow(), 'policy');
  const [branding, features] = [member(policy, 'branding'), member(policy, 'features')];
  const isOn = (feature: string): boolean | undefined =>
    member(features, feature) === false ? false : undefined;
  const theme = member(member(policy, 'settings'), 'theme');
  return {
    view: {
      ...NO_POLICY,
      organisation: text(policy, 'organisation', /^.{1,200}$/),
      branding: {
        name: text(branding, 'name', /^.{1,40}$/),
        accentLight: text(branding, 'accentLight', COLOUR),
        accentDark: text(branding, 'accentDark', COLOUR),
        logo: text(branding, 'logo', LOGO),
      },
      features: featuresOf({
        features: Object.fromEntries(FEATURES.map((one) => [one, isOn(one)])),
      }),
    },
    theme: theme === 'light' || theme === 'dark' || theme === 'system' ? theme : null,
  };
}

const member = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null && Object.hasOwn(of, name)
    ? (of as Record<string, unknown>)[name]
    : undefined;

function text(of: unknown, name: string, shape: RegExp): string | null {
  const value = member(of, name);
  return typeof value === 'string' && value.length <= 200_000 && shape.test(value) ? value : null;
}
