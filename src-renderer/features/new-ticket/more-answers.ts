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
    intake.affected !== 'colleague' && !isOwnContact(intake.contact, person),
  ];
  return answers.filter(Boolean).length;
}

/**
 * Whom to ask after the answer to who is affected changed: a colleague is the contact, too, until the user says
 * otherwise; with anybody else it is the connected person again. Somebody named before stays.
 */
export function contactAfter(
  { affected: before, affectedText, contact }: Pick<IntakeDraft, 'affected' | 'affectedText' | 'contact'>,
  affected: IntakeDraft['affected'],
  person: Contact | null,
): Partial<Pick<IntakeDraft, 'contact'>> {
  if (affected === 'colleague' && before !== 'colleague' && isOwnContact(contact, person))
    return { contact: { name: affectedText, phone: '', email: '' } };
  if (before === 'colleague' && affected !== 'colleague' && contact.name === affectedText && person !== null)
    return { contact: { name: person.name, phone: person.phone, email: person.email } };
  return {};
}
