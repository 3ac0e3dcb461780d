import { isDeepStrictEqual } from 'node:util';
import type { SpooledFile } from '@shared/domain/attachment';
import type { Draft } from '@shared/domain/draft';
import { type Contact, emptyIntake, emptyJoinOrLeave, type Intake } from '@shared/domain/intake';
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
      return draft.kind === 'ticket' && (draft.intake.kind === 'problem') === (place.about !== 'person');
    case 'message':
      return (
        draft.kind === 'message' && draft.ticketKey === place.ticketKey && draft.followUp === place.followUp
      );
    case 'survey':
      return draft.kind === 'survey' && draft.ticketId === place.ticketId;
    default:
      return assertNever(place);
  }
}

/** Whether something was answered or attached in a draft. The contact is filled in by itself and tells nothing. */
export function isBegun(draft: Draft): boolean {
  if (draftFiles(draft).length > 0) return true;
  switch (draft.kind) {
    case 'ticket': {
      const { kind, contact } = draft.intake;
      return !isDeepStrictEqual(draft.intake, intakeFor(kind === 'problem' ? 'problem' : 'person', contact));
    }
    case 'message':
      return draft.text !== '';
    case 'survey':
      return draft.comment !== '' || Object.keys(draft.answers).length > 0;
    default:
      return assertNever(draft);
  }
}

/** An empty draft for a place; a ticket names the given contact. */
export function newDraft(place: DraftPlace, id: Ref, now: Instant, contact?: () => Contact): Draft {
  const common = { id, createdAt: now, updatedAt: now };
  switch (place.kind) {
    case 'ticket':
      return { ...common, kind: 'ticket', intake: intakeFor(place.about, contact?.()), files: [] };
    case 'message': {
      const message = {
        ...common,
        kind: 'message' as const,
        ticketKey: place.ticketKey,
        text: '',
        files: [],
      };
      return place.followUp ? { ...message, followUp: true } : message;
    }
    case 'survey':
      return { ...common, kind: 'survey', ticketId: place.ticketId, answers: {}, comment: '' };
    default:
      return assertNever(place);
  }
}

function intakeFor(about: 'problem' | 'person' | undefined, contact?: Contact): Intake {
  const intake = emptyIntake(contact);
  return about === 'person' ? { ...intake, kind: 'joining', person: emptyJoinOrLeave() } : intake;
}

/** What was typed in the place of the kept draft, with the kept one's files; `null`: it belongs elsewhere. */
export function merge(kept: Draft, typed: Draft, updatedAt: Instant): Draft | null {
  const own = { createdAt: kept.createdAt, updatedAt };
  if (kept.kind === 'ticket' && typed.kind === 'ticket') return { ...typed, ...own, files: kept.files };
  if (kept.kind === 'message' && typed.kind === 'message' && kept.ticketKey === typed.ticketKey) {
    if (kept.followUp !== typed.followUp) return null;
    return { ...typed, ...own, files: kept.files };
  }
  if (kept.kind === 'survey' && typed.kind === 'survey' && kept.ticketId === typed.ticketId)
    return { ...typed, ...own };
  return null;
}
