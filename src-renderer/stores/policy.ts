import { useTranslation } from 'react-i18next';
import { NO_POLICY, type Feature, type SettingKey } from '@shared/domain/policy-keys';
import type { PolicyView } from '@shared/domain/policy-view';
import { useAppStore } from './app-store';

/** What the organisation manages, as main says. */
export const usePolicy = (): PolicyView => useAppStore(({ app }) => app?.policy ?? NO_POLICY);

/** Whether something is offered. Main refuses it as well where it is not. */
export const useOffers = (feature: Feature): boolean => usePolicy().features[feature];

/** Who manages, for words beside what is locked. */
export function useManagedBy(): string {
  const { t } = useTranslation('settings');
  const { organisation } = usePolicy();
  return organisation === null ? t('managed.locked') : t('managed.lockedBy', { organisation });
}

/** The same for a setting; `undefined` for one that is the user's own. */
export function useLock(): (key: SettingKey) => string | undefined {
  const { settings } = usePolicy();
  const words = useManagedBy();
  return (key) => (settings.includes(key) ? words : undefined);
}
