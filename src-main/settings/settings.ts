import { SettingsSchema, type Settings } from '@shared/domain/settings';
import type { JsonFile } from '../platform/json-file';

/** What the user has chosen, on disk. */
export interface SettingsStore {
  get(): Settings;
  /** Resolves when the settings are on disk; they count from the moment of the call. Rejects when they cannot be stored. */
  set(settings: Settings): Promise<void>;
  onChange(listener: (settings: Settings, before: Settings) => void): () => void;
}

/** Reads the settings; what is missing or damaged in the file gets its default. */
export function createSettings(file: JsonFile): SettingsStore {
  const stored = SettingsSchema.safeParse(file.readNow());
  let settings = stored.success ? stored.data : SettingsSchema.parse({});
  const listeners = new Set<(settings: Settings, before: Settings) => void>();
  return {
    get: () => settings,
    async set(next) {
      const before = settings;
      settings = SettingsSchema.parse(next);
      listeners.forEach((listener) => listener(settings, before));
      await file.write(settings);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
