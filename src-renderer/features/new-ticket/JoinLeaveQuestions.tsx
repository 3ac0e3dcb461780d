import { useTranslation } from 'react-i18next';
import { ACCESS_ENDS, MAILBOX_AFTER, type JoinOrLeave } from '@shared/domain/intake';
import { ChoiceChips } from '../../ui/ChoiceChips';
import { DateField } from '../../ui/DateField';
import { TextArea, TextField } from '../../ui/TextField';
import { useNotice } from './use-notice';

/** The words under a field that cannot go as it is. */
export type PersonErrors = { readonly [Field in keyof JoinOrLeave]?: string };

export interface JoinLeaveQuestionsProps {
  readonly kind: 'joining' | 'leaving';
  readonly person: JoinOrLeave;
  readonly set: (patch: Partial<JoinOrLeave>) => void;
  readonly errors: PersonErrors;
}

/** What has to be known to prepare for a person, in human order (guide, chapter 1: devices, software, access). */
export function JoinLeaveQuestions(props: JoinLeaveQuestionsProps) {
  const { kind, person, set, errors } = props;
  const { t } = useTranslation('newTicket');
  const notice = useNotice(kind, person.day);
  return (
    <>
      <div className="new-ticket__contact-fields">
        <TextField
          label={t('person.name')}
          autoFocus
          value={person.name}
          onChange={(name) => set({ name })}
          error={errors.name ?? null}
        />
        <TextField
          label={t('person.position')}
          placeholder={t('person.positionPlaceholder')}
          value={person.position}
          onChange={(position) => set({ position })}
          error={errors.position ?? null}
        />
      </div>
      <DateField
        label={t(`person.day.${kind}`)}
        {...(notice === 'fine' ? {} : { description: t(`person.advance.${notice}.title`) })}
        value={person.day}
        onChange={(day) => set({ day })}
        error={errors.day ?? null}
      />
      {kind === 'joining' ? <Joining {...props} /> : <Leaving {...props} />}
      <TextArea
        label={t('person.notes')}
        placeholder={t(`person.notesPlaceholder.${kind}`)}
        rows={1}
        value={person.notes}
        onChange={(notes) => set({ notes })}
        error={errors.notes ?? null}
      />
    </>
  );
}

function Joining({ person, set, errors }: JoinLeaveQuestionsProps) {
  const { t } = useTranslation('newTicket');
  return (
    <>
      <TextArea
        label={t('person.devices.joining')}
        placeholder={t('person.devicesPlaceholder.joining')}
        rows={1}
        value={person.devices}
        onChange={(devices) => set({ devices })}
        error={errors.devices ?? null}
      />
      <TextArea
        label={t('person.software')}
        placeholder={t('person.softwarePlaceholder')}
        rows={1}
        value={person.software}
        onChange={(software) => set({ software })}
        error={errors.software ?? null}
      />
      <TextField
        label={t('person.mailbox')}
        placeholder={t('person.mailboxPlaceholder')}
        value={person.mailbox}
        onChange={(mailbox) => set({ mailbox })}
        error={errors.mailbox ?? null}
      />
      <TextField
        label={t('person.accessLike')}
        description={t('person.accessLikeHint')}
        value={person.accessLike}
        onChange={(accessLike) => set({ accessLike })}
        error={errors.accessLike ?? null}
      />
    </>
  );
}

function Leaving({ person, set, errors }: JoinLeaveQuestionsProps) {
  const { t } = useTranslation('newTicket');
  return (
    <>
      <ChoiceChips
        label={t('person.accessEndsLabel')}
        choices={ACCESS_ENDS.map((value) => ({ value, label: t(`person.accessEnds.${value}`) }))}
        value={person.accessEnds}
        onChange={(accessEnds) => set({ accessEnds })}
        more={{
          when: ['later'],
          label: t('person.accessText'),
          text: person.accessText,
          onTextChange: (accessText) => set({ accessText }),
          error: errors.accessText ?? null,
        }}
      />
      <ChoiceChips
        label={t('person.mailboxAfterLabel')}
        choices={MAILBOX_AFTER.map((value) => ({ value, label: t(`person.mailboxAfter.${value}`) }))}
        value={person.mailboxAfter}
        onChange={(mailboxAfter) => set({ mailboxAfter })}
        more={{
          when: ['handOver', 'answer'],
          label: t(person.mailboxAfter === 'answer' ? 'person.mailboxReply' : 'person.mailboxTo'),
          text: person.mailbox,
          onTextChange: (mailbox) => set({ mailbox }),
          error: errors.mailbox ?? null,
        }}
      />
      <TextArea
        label={t('person.devices.leaving')}
        placeholder={t('person.devicesPlaceholder.leaving')}
        rows={1}
        value={person.devices}
        onChange={(devices) => set({ devices })}
        error={errors.devices ?? null}
      />
    </>
  );
}
