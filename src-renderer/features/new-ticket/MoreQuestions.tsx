import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntakeDraft } from '@shared/domain/draft';
import { RESTARTED, WORKAROUND, type Contact } from '@shared/domain/intake';
import { isBlank } from '@shared/domain/text';
import { ChoiceChips } from '../../ui/ChoiceChips';
import { TextArea, TextField } from '../../ui/TextField';
import { answeredMore, isOwnContact } from './more-answers';
import { recallOpen, rememberOpen } from './remember-open';
import type { FieldErrors } from './field-errors';

export interface MoreQuestionsProps {
  readonly intake: IntakeDraft;
  readonly set: (patch: Partial<IntakeDraft>) => void;
  readonly errors: FieldErrors;
  /** Who is connected: the contact unless the user names somebody else. */
  readonly person: Contact | null;
}

/** What helps and is not needed, one step away. Opens in place and stays as the user left it. */
export function MoreQuestions(props: MoreQuestionsProps) {
  const { t } = useTranslation('newTicket');
  const id = useId();
  const [isOpen, setOpen] = useState(recallOpen);
  const hasError = ['recentChange', 'workaroundText', 'triedText', 'contact'].some(
    (field) => props.errors[field as keyof FieldErrors] !== undefined,
  );
  const isShown = isOpen || hasError;
  const count = answeredMore(props.intake, props.person);
  const toggle = () => {
    setOpen(!isShown);
    rememberOpen(!isShown);
  };
  return (
    <div className="new-ticket__more" data-open={isShown || undefined}>
      <button
        type="button"
        className="new-ticket__more-toggle"
        data-more-toggle
        aria-expanded={isShown}
        aria-controls={id}
        onClick={toggle}
      >
        <ChevronDown aria-hidden size={18} strokeWidth={1.75} />
        <span className="new-ticket__more-label">{t('more.label')}</span>
        <span className="new-ticket__quiet">
          {count > 0 && !isShown ? t('more.count', { count }) : t('more.hint')}
        </span>
      </button>
      <div id={id} className="new-ticket__more-body" hidden={!isShown}>
        {isShown && <Questions {...props} />}
      </div>
    </div>
  );
}

function Questions({ intake, set, errors, person }: MoreQuestionsProps) {
  const { t } = useTranslation('newTicket');
  return (
    <>
      <TextArea
        label={t('change.label')}
        placeholder={t('change.placeholder')}
        rows={1}
        value={intake.recentChange}
        onChange={(recentChange) => set({ recentChange })}
        error={errors.recentChange ?? null}
      />
      <ChoiceChips
        label={t('workaround.label')}
        choices={WORKAROUND.map((value) => ({ value, label: t(`workaround.${value}`) }))}
        value={intake.workaround}
        onChange={(workaround) => set({ workaround })}
        more={{
          when: ['some'],
          label: t('workaround.text'),
          placeholder: t('workaround.placeholder'),
          text: intake.workaroundText,
          onTextChange: (workaroundText) => set({ workaroundText }),
          error: errors.workaroundText ?? null,
        }}
      />
      <ChoiceChips
        label={t('restarted.label')}
        description={t('restarted.hint')}
        choices={RESTARTED.map((value) => ({ value, label: t(`restarted.${value}`) }))}
        value={intake.restarted}
        onChange={(restarted) => set({ restarted })}
      />
      <TextArea
        label={t('tried.label')}
        placeholder={t('tried.placeholder')}
        rows={1}
        value={intake.triedText}
        onChange={(triedText) => set({ triedText })}
        error={errors.triedText ?? null}
      />
      {intake.affected !== 'colleague' && (
        <WhomToAsk intake={intake} set={set} errors={errors} person={person} />
      )}
    </>
  );
}

const NOBODY: Contact = { name: '', phone: '', email: '' };

/** The user, or a colleague: then the one already named as affected is suggested. */
function WhomToAsk({ intake, set, errors, person }: MoreQuestionsProps) {
  const { t } = useTranslation('newTicket');
  const { contact } = intake;
  const [isMe, setMe] = useState(() => isOwnContact(contact, person));
  const change = (patch: Partial<Contact>) => set({ contact: { ...contact, ...patch } });
  const choose = (who: 'me' | 'someone' | null) => {
    if (who === null || (who === 'me') === isMe) return;
    setMe(who === 'me');
    const colleague = { ...NOBODY, name: intake.affected === 'colleague' ? intake.affectedText : '' };
    set({ contact: who === 'me' ? (person ?? NOBODY) : colleague });
  };
  return (
    <div className="new-ticket__contact" data-contact>
      <ChoiceChips
        label={t('contact.label')}
        choices={[
          { value: 'me', label: t('contact.me') },
          { value: 'someone', label: t('contact.someone') },
        ]}
        value={isMe ? 'me' : 'someone'}
        onChange={choose}
      />
      <div className="new-ticket__contact-fields">
        {!isMe && (
          <TextField
            label={t('contact.name')}
            value={contact.name}
            onChange={(name) => change({ name })}
            error={errors.contact ?? null}
          />
        )}
        <TextField
          label={t('contact.phone')}
          type="tel"
          value={contact.phone}
          onChange={(phone) => change({ phone })}
        />
        <TextField
          label={t('contact.email')}
          type="email"
          value={contact.email}
          onChange={(email) => change({ email })}
        />
      </div>
      {isMe && isBlank(contact.phone) && <p className="new-ticket__quiet">{t('contact.phoneHint')}</p>}
    </div>
  );
}
