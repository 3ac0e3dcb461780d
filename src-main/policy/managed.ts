import type { Agreement } from '@shared/domain/agreement';
import type { ManagedSettings, Policy } from '@shared/domain/policy';
import { agreementOf } from '@shared/domain/policy-agreement';
import { featuresOf } from '@shared/domain/policy-features';
import { NO_POLICY, POLICY_SECTIONS, type Feature } from '@shared/domain/policy-keys';
import { managedKeys } from '@shared/domain/policy-settings';
import type { PolicyView } from '@shared/domain/policy-view';
import type { PolicyKeeper, ResolvedPolicy } from './policy';

/** The managed settings as the rest of the main process asks for them. */
export interface Managed {
  /** Everything, e.g. the mail route for when the desk is out of reach (`fallbackMail`). */
  policy(): Policy;
  /** Whether something may be offered and done. */
  allows(feature: Feature): boolean;
  /** The user's settings that are managed. */
  settings(): ManagedSettings;
  /** What the policy tells about the provider, where no board does. `desk`: how the desk is called. */
  agreement(desk: string): Agreement | null;
  /** What the window shows of it, but for what depends on the account. */
  view(): PolicyView;
  /** Called after a real change. */
  onChange(listener: () => void): () => void;
}

/** Asks the keeper; nothing is kept here. */
export function createManaged(keeper: Pick<PolicyKeeper, 'current' | 'onChange'>): Managed {
  const policy = (): Policy => keeper.current().policy;
  return {
    policy,
    allows: (feature) => featuresOf(policy())[feature],
    settings: () => policy().settings ?? {},
    agreement: (desk) => agreementOf(policy(), desk),
    view: () => viewOf(keeper.current()),
    onChange: (listener) => keeper.onChange(() => listener()),
  };
}

function viewOf({ state, policy, problems, unread }: ResolvedPolicy): PolicyView {
  const { organisation = null, branding = {}, settings = {} } = policy;
  return {
    ...NO_POLICY,
    state,
    organisation,
    branding: {
      name: branding.name ?? null,
      accentLight: branding.accentLight ?? null,
      accentDark: branding.accentDark ?? null,
      logo: branding.logo ?? null,
    },
    features: featuresOf(policy),
    settings: [...managedKeys(settings)],
    sections: POLICY_SECTIONS.filter((section) => policy[section] !== undefined),
    problems: [...problems],
    unread,
  };
}
