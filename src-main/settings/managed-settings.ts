import { isDeepStrictEqual } from 'node:util';
import type { ManagedSettings } from '@shared/domain/policy';
import { ownAfter, withManaged } from '@shared/domain/policy-settings';
import type { SettingsStore } from './settings';

/** The part of the managed settings that this needs. */
export interface SettingsPolicy {
  settings(): ManagedSettings;
  onChange(listener: () => void): () => void;
}

type Listener = Parameters<SettingsStore['onChange']>[0];

/**
 * The settings that count: the user's own, and over them those of the organisation. What is managed cannot be changed here;
 * what the user had chosen stays stored and comes back when it is managed no more.
 */
export function createManagedSettings(own: SettingsStore, policy: SettingsPolicy): SettingsStore {
  const listeners = new Set<Listener>();
  let shown = withManaged(own.get(), policy.settings());
  const update = (): void => {
    const before = shown;
    shown = withManaged(own.get(), policy.settings());
    if (!isDeepStrictEqual(shown, before)) listeners.forEach((listener) => listener(shown, before));
  };
  own.onChange(update);
  policy.onChange(update);
  return {
    get: () => shown,
    set: (wanted) => own.set(ownAfter(wanted, own.get(), policy.settings())),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
