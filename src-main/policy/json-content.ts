import { failed, found, type SourceReading } from './source';

/** Managed settings as JSON text in UTF-8, with or without a byte order mark. */
export function readJson(bytes: Uint8Array): SourceReading {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return failed('notText');
  }
  try {
    return found(JSON.parse(text) as unknown);
  } catch {
    return failed('notReadable');
  }
}
