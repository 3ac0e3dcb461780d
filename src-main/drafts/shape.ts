import type { SpooledFile } from '@shared/domain/attachment';
import type { Draft } from '@shared/domain/draft';
import { type Contact, emptyIntake } from '@shared/domain/intake';
import type { Instant, Ref } from '@shared/domain/primitives';
import { assertNever } from '@shared/domain/result';
import type { DraftPlace } from './drafts.types';

/** The files of a draft; a survey has none. */
export const draftFiles = (draft: Draft): SpooledFile[] => (draft.kind === 'survey' ? [] : draft.files);

/** The draft with these files; a survey stays as it is. */
export const withFiles = (draft: Draft, files: SpooledFile[], updatedAt: Instant): Draft =>
  draft.kind === 'survey' ? draft : { ...draft, files, updatedAt };

/** Whether a draft belongs to this place. */
export function isFor(draft: Draft, place: DraftPlace): boolean {
  switch (place.kind) {
    case 'ticket':
      return draft.kind === 'ticket';
    case 'message':
      return draft.kind === 'message' && draft.ticketKey === place.ticketKey;
    case 'survey':
      return draft.kind === 'survey' && draft.ticketId === place.ticketId;
    default:
      return assertNever(place);
  }
}

/** An empty draft for a place; a ticket names the given contact. */
export function newDraft(place: DraftPlace, id: Ref, now: Instant, contact?: () => Contact): Draft {
  const common = { id, createdAt: now, updatedAt: now };
  switch (place.kind) {
    case 'ticket':
      return { ...common, kind: 'ticket', intake: emptyIntake(contact?.()), files: [] };
    case 'message':
      return { ...common, kind: 'message', ticketKey: place.ticketKey, text: '', files: [] };
    case 'survey':
      return { ...common, kind: 'survey', ticketId: place.ticketId, answers: {}, comment: '' };
    default:
      return assertNever(place);
  }
}

/** What was typed in the place of the kept draft, with the kept one's files; `null`: it belongs elsewhere. */
export function merge(kept: Draft, typed: Draft, updatedAt: Instant): Draft | null {
  const own = { createdAt: kept.createdAt, updatedAt };
  if (kept.kind === 'ticket' && typed.kind === 'ticket') return { ...typed, ...own, files: kept.files };
  if (kept.kind === 'message' && typed.kind === 'message' && kept.ticketKey === typed.ticketKey) {
    return { ...typed, ...own, files: kept.files };
  }
  if (kept.kind === 'survey' && typed.kind === 'survey' && kept.ticketId === typed.ticketId)
    return { ...typed, ...own };
  return null;
}
