import { useTranslation } from 'react-i18next';
import { NO_POLICY, type Feature, type SettingKey } from '@shared/domain/policy-keys';
import type { PolicyView } from '@shared/domain/policy-view';
import { useAppStore } from './app-store';

/** What the organisation manages, as main says. */
export const usePolicy = (): PolicyView => useAppStore(({ app }) => app?.policy ?? NO_POLICY);

/** Whether something is offered. Main refuses it as well where it is not. */
export const useOffers = (feature: Feature): boolean => usePolicy().features[feature];

/** Who manages, for words beside what is locked; `undefined` for a setting that is the user's own. */
export function useLock(): (key: SettingKey) => string | undefined {
  const { t } = useTranslation('settings');
  const { settings, organisation } = usePolicy();
  return (key) => {
    if (!settings.includes(key)) return undefined;
    return organisation === null ? t('managed.locked') : t('managed.lockedBy', { organisation });
  };
}
