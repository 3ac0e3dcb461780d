import * as z from 'zod';
import { GONE, jsonOf, type OwnWords } from '../http-faults';

/** How RT words an error: `{"message": "…"}`. */
const ErrorShape = z.object({ message: z.string() });

/**
 * What RT says in a refusal. Something that may not be seen is as good as not there, and so is a ticket to write to that does
 * not exist; 412 answers an `If-Match` that does not fit any more.
 */
export const ownWords: OwnWords = (answer, intent) => {
  const error = ErrorShape.safeParse(jsonOf(answer));
  if (!error.success) return null;
  if (answer.status === 404 || (answer.status === 403 && intent === 'read')) return GONE;
  if (answer.status === 409 || answer.status === 412) return { kind: 'conflict', reason: 'stale' };
  return { kind: 'rejected', message: error.data.message.slice(0, 2000), fields: [] };
};
