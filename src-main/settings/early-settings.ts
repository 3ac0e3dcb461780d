import type { Settings } from '@shared/domain/settings';
import type { JsonFile } from '../platform/json-file';

/** The theme alone, without the schemas: it is needed before the window, when nothing heavy may be loaded yet. */
export function readTheme(file: JsonFile): Settings['theme'] {
  const content = file.readNow();
  const theme =
    typeof content === 'object' && content !== null ? (content as { theme?: unknown }).theme : undefined;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}
