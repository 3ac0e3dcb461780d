import type { IntakeDraft } from '@shared/domain/draft';
import type { Contact } from '@shared/domain/intake';
import { isBlank } from '@shared/domain/text';

/** Whether the contact is the connected person, whatever number or address they gave for this ticket. */
export const isOwnContact = (contact: Contact, person: Contact | null): boolean =>
  isBlank(contact.name)
    ? isBlank(contact.email) && isBlank(contact.phone)
    : contact.name === (person?.name ?? null);

/** How many of the questions that are one step away have an answer; the prefilled contact counts as none. */
export function answeredMore(intake: IntakeDraft, person: Contact | null): number {
  const answers = [
    intake.restarted !== null,
    !isBlank(intake.triedText),
    intake.workaround !== null,
    !isBlank(intake.recentChange),
    !isOwnContact(intake.contact, person),
  ];
  return answers.filter(Boolean).length;
}
