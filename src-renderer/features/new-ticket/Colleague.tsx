import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntakeDraft } from '@shared/domain/draft';
import type { Contact } from '@shared/domain/intake';
import { ChoiceChips } from '../../ui/ChoiceChips';
import { TextField } from '../../ui/TextField';
import { isOwnContact } from './more-answers';
import type { FieldErrors } from './field-errors';

export interface ColleagueProps {
  readonly intake: IntakeDraft;
  readonly set: (patch: Partial<IntakeDraft>) => void;
  readonly errors: FieldErrors;
  /** Who is connected, and signs for the ticket. */
  readonly person: Contact | null;
}

const NOBODY: Contact = { name: '', phone: '', email: '' };

/**
 * A colleague who is affected, and how to reach them, in one go (guide, chapter 5, step 1: the contact may be somebody
 * else). The requester stays who signs for it.
 */
export function Colleague({ intake, set, errors, person }: ColleagueProps) {
  const { t } = useTranslation('newTicket');
  const [asksMe, setAsksMe] = useState(
    () => intake.affectedText !== '' && isOwnContact(intake.contact, person),
  );
  const theirs = useRef<Contact>(asksMe ? NOBODY : intake.contact);
  const contact = asksMe ? { ...theirs.current, name: intake.affectedText } : intake.contact;
  const change = (patch: Partial<Contact>) => {
    const next = { ...contact, ...patch };
    theirs.current = next;
    set({ affectedText: next.name, ...(asksMe ? {} : { contact: next }) });
  };
  const choose = (who: 'them' | 'me' | null) => {
    if (who === null || (who === 'me') === asksMe) return;
    theirs.current = contact;
    setAsksMe(who === 'me');
    set({ contact: who === 'me' ? (person ?? NOBODY) : contact });
  };
  return (
    <div className="new-ticket__contact" data-contact role="group" aria-label={t('colleague.label')}>
      <div className="new-ticket__contact-fields">
        <TextField
          label={t('colleague.name')}
          placeholder={t('affected.colleaguePlaceholder')}
          value={intake.affectedText}
          onChange={(name) => change({ name })}
          error={errors.affectedText ?? errors.contact ?? null}
        />
        {!asksMe && (
          <>
            <TextField
              label={t('colleague.phone')}
              type="tel"
              value={contact.phone}
              onChange={(phone) => change({ phone })}
            />
            <TextField
              label={t('colleague.email')}
              type="email"
              value={contact.email}
              onChange={(email) => change({ email })}
            />
          </>
        )}
      </div>
      <ChoiceChips
        label={t('contact.label')}
        choices={[
          { value: 'them', label: t('colleague.them') },
          { value: 'me', label: t('contact.me') },
        ]}
        value={asksMe ? 'me' : 'them'}
        onChange={choose}
      />
      {person !== null && <p className="new-ticket__quiet">{t('colleague.signs', { name: person.name })}</p>}
    </div>
  );
}
