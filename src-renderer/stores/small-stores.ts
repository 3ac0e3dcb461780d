import { create } from 'zustand';
import type { Draft } from '@shared/domain/draft';
import type { Settings } from '@shared/domain/settings';
import { call } from '../api';

/** Everything typed and not sent, as main has it on disk. What is on screen now lives in the draft editors. */
export const useDraftStore = create<{ readonly drafts: readonly Draft[] }>(() => ({ drafts: [] }));

/** The settings as main has them; `null` until it answered. */
export const useSettingsStore = create<{ readonly settings: Settings | null; readonly hasFailed: boolean }>(
  () => ({
    settings: null,
    hasFailed: false,
  }),
);

/**
 * Stores changed settings. The screen shows them at once and goes back to what main has if it refuses.
 * Resolves with whether they were stored.
 */
export async function saveSettings(settings: Settings): Promise<boolean> {
  const before = useSettingsStore.getState().settings;
  useSettingsStore.setState({ settings });
  const answer = await call('settings.set', { settings });
  if (answer.ok) useSettingsStore.setState({ settings: answer.value });
  else if (useSettingsStore.getState().settings === settings) useSettingsStore.setState({ settings: before });
  return answer.ok;
}
