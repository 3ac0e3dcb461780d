import { Camera, Paperclip, Send, Siren } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { phoneFor } from '@shared/domain/call-sheet';
import type { IntakeDraft, TicketDraft } from '@shared/domain/draft';
import { AFFECTED, IMPACT, SINCE, type Contact, type Intake } from '@shared/domain/intake';
import { goesAsEmergency } from '@shared/domain/emergency';
import { checkIntake } from '@shared/domain/intake-rules';
import { MAX_LINE_LENGTH, MAX_TEXT_LENGTH } from '@shared/domain/primitives';
import { isBlank } from '@shared/domain/text';
import { connected, useApp } from '../../stores/app-store';
import type { DraftEditor } from '../../stores/draft-editor';
import { call } from '../../stores/calls';
import { callFaultLine, fileProblemWords } from '../../stores/fault-words';
import { navigate } from '../../stores/navigation';
import { useOffers } from '../../stores/policy';
import { useScreenshots } from '../../stores/use-screenshots';
import { Button } from '../../ui/Button';
import { ChoiceChips } from '../../ui/ChoiceChips';
import { useNow } from '../../ui/environment';
import { FileDrop, FilePickButton, usePasteFiles, type PickedFile } from '../../ui/FileDrop';
import { FileTray } from '../../ui/FileTray';
import { ScreenHeader } from '../../ui/ScreenHeader';
import { TextArea } from '../../ui/TextField';
import { useAnnounce } from '../../ui/Toast';
import { Aside } from './Aside';
import { Colleague } from './Colleague';
import { DiscardDraft } from './DiscardDraft';
import type { FieldErrors } from './field-errors';
import { markEmergency } from './emergency-mark';
import { MoreQuestions } from './MoreQuestions';
import { contactAfter } from './more-answers';
import { telLink } from './notices';
import { OtherDrafts } from './OtherDrafts';
import { reviewWord, type ReviewWord } from './review-words';
import { SavedMark, UnsavedWarning } from './SavedMark';
import { SomethingElse } from './SomethingElse';
import { withShownDevice } from './use-device';

/** Counted from this length on, in UTF-16 units: before that a counter is only noise. */
const COUNT_FROM = MAX_TEXT_LENGTH * 0.9;

export interface TicketFormProps {
  readonly editor: DraftEditor<TicketDraft>;
  /** Leaves; the draft stays. */
  readonly onClose: () => void;
}

/** The questions in human order; the problem first, and only that is needed. */
export function TicketForm({ editor, onClose }: TicketFormProps) {
  const { t } = useTranslation('newTicket');
  const state = useStore(editor.store);
  const { intake } = state.content;
  const app = useApp();
  const announce = useAnnounce();
  const { t: common } = useTranslation('common');
  const { t: words } = useTranslation('screenshot');
  const form = useRef<HTMLDivElement>(null);
  const [wasAsked, setAsked] = useState(false);
  const errors = useErrors(intake, wasAsked);
  const firstError = useFocusOnError(form);

  const set = (patch: Partial<IntakeDraft>) =>
    editor.edit({ intake: { ...editor.store.getState().content.intake, ...patch } });
  const addFiles = (picked: readonly PickedFile[]) => void editor.addFiles(renamePasted(picked, t));
  const screenshots = useScreenshots(addFiles);
  const offersFiles = useOffers('attachments');
  const offersScreenshots = useOffers('screenshots');
  usePasteFiles(form, offersFiles ? screenshots.paste : ignore);

  const isHeld = app.agreement?.standing === 'serviceHold';
  const isEmergency = goesAsEmergency(state.content);
  const send = async () => {
    if (isHeld) return announce(callFaultLine({ kind: 'serviceHold' }, common), { tone: 'danger' });
    setAsked(true);
    if (!checkIntake(editor.store.getState().content.intake).ok) return firstError.show();
    const { id, content } = editor.store.getState();
    editor.edit({ intake: withShownDevice(content.intake) });
    const marked = goesAsEmergency(editor.store.getState().content);
    if (marked) set({ emergency: true });
    const answer = await editor.send();
    if (answer.ok) {
      const screen = marked ? 'emergency' : 'ticket';
      return navigate({ screen, key: `ref:${id ?? answer.value.ref}` }, { replace: true });
    }
    if (answer.fault.kind === 'invalid') firstError.show();
    announce(callFaultLine(answer.fault, common), { tone: 'danger' });
  };
  /** Dials at once; the ticket goes along where there is one to send. */
  const callNow = () => {
    const phone = phoneFor(app.agreement, 'emergency');
    if (phone !== null) void call('app.openExternal', { url: telLink(phone) });
    if (!isHeld && !isBlank(intake.problem)) void send();
    else navigate({ screen: 'emergency', key: null });
  };
  const sendByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    void send();
  };

  return (
    <div className="new-ticket" ref={form} onKeyDownCapture={sendByKey}>
      <FileDrop onFiles={addFiles} isDisabled={state.isSending || !offersFiles}>
        <ScreenHeader title={t('title')} onClose={onClose} actions={<SavedMark saving={state.saving} />} />
        <OtherDrafts current={state.id} />
        <UnsavedWarning saving={state.saving} text={intake.problem} onRetry={() => void editor.flush()} />
        <div className="new-ticket__columns">
          <div className="new-ticket__questions">
            <Problem intake={intake} error={errors.problem} onChange={(problem) => set({ problem })} />
            <FileTray
              label={t('attach.files')}
              files={state.content.files}
              adding={state.adding}
              addingNote={t('attach.adding')}
              refused={state.refused.map(({ key, name, problem }) => ({
                key,
                ...fileProblemWords(problem, name, common),
              }))}
              onRemove={(file) => void editor.removeFile(file)}
              onForget={editor.forgetRefused}
            />
            {offersFiles && (
              <div className="new-ticket__attach">
                {offersScreenshots && (
                  <Button
                    tone="quiet"
                    icon={Camera}
                    isPending={screenshots.isTaking}
                    onPress={screenshots.take}
                  >
                    {words('button')}
                  </Button>
                )}
                <FilePickButton tone="quiet" icon={Paperclip} onFiles={addFiles}>
                  {t('attach.button')}
                </FilePickButton>
                <span className="new-ticket__quiet">{t('attach.hint')}</span>
              </div>
            )}
            <EssentialChips
              intake={intake}
              set={set}
              errors={errors}
              person={connected(app)?.person ?? null}
            />
            <MoreQuestions
              intake={intake}
              set={set}
              errors={errors}
              person={connected(app)?.person ?? null}
            />
            <SomethingElse />
          </div>
          <Aside editor={editor} onChangeContact={() => askContact(form.current)} onCallNow={callNow} />
        </div>
        <div className="new-ticket__send">
          <Button
            tone={isEmergency ? 'danger' : 'primary'}
            size="large"
            icon={isEmergency ? Siren : Send}
            isDisabled={isHeld}
            isPending={state.isSending}
            aria-keyshortcuts="Control+Enter Meta+Enter"
            onPress={() => void send()}
          >
            {t(isEmergency ? 'send.emergency' : 'send.button')}
          </Button>
          <ToWhom isEmergency={isEmergency} />
          {!isEmergency && (
            <Button tone="quiet" icon={Siren} onPress={() => markEmergency(editor)}>
              {t('send.mark')}
            </Button>
          )}
          <DiscardDraft editor={editor} />
        </div>
      </FileDrop>
    </div>
  );
}

/** Files are not offered: what is pasted stays on the clipboard. */
const ignore = (): void => undefined;

interface QuestionProps {
  readonly intake: IntakeDraft;
  readonly set: (patch: Partial<IntakeDraft>) => void;
  readonly errors: FieldErrors;
}

function Problem(props: {
  readonly intake: IntakeDraft;
  readonly error: string | null | undefined;
  readonly onChange: (text: string) => void;
}) {
  const { t } = useTranslation('newTicket');
  const { problem } = props.intake;
  const input = useRef<HTMLTextAreaElement>(null);
  // One goes on writing where the text ends.
  useEffect(
    () => input.current?.setSelectionRange(input.current.value.length, input.current.value.length),
    [],
  );
  return (
    <div className="new-ticket__problem">
      <TextArea
        label={t('problem.label')}
        description={t('problem.hint')}
        rows={4}
        autoFocus
        inputRef={input}
        value={problem}
        onChange={props.onChange}
        error={props.error ?? null}
      />
      {problem.length > COUNT_FROM && (
        <p
          className="new-ticket__count"
          data-over={problem.length > MAX_TEXT_LENGTH || undefined}
          data-numeric
        >
          {t('problem.count', { length: problem.length, max: MAX_TEXT_LENGTH })}
        </p>
      )}
    </div>
  );
}

function EssentialChips({
  intake,
  set,
  errors,
  person,
}: QuestionProps & { readonly person: Contact | null }) {
  const { t } = useTranslation('newTicket');
  return (
    <>
      <ChoiceChips
        label={t('since.label')}
        choices={SINCE.map((value) => ({ value, label: t(`since.${value}`) }))}
        value={intake.since}
        onChange={(since) => set({ since })}
        more={{
          when: ['other'],
          label: t('since.text'),
          placeholder: t('since.placeholder'),
          text: intake.sinceText,
          onTextChange: (sinceText) => set({ sinceText }),
          error: errors.sinceText ?? null,
        }}
      />
      <ChoiceChips
        label={t('affected.label')}
        choices={AFFECTED.map((value) => ({ value, label: t(`affected.${value}`) }))}
        value={intake.affected}
        onChange={(affected) => set({ affected, ...contactAfter(intake, affected, person) })}
        more={{
          when: ['few', 'most'],
          label: t('affected.text'),
          placeholder: t('affected.placeholder'),
          text: intake.affectedText,
          onTextChange: (affectedText) => set({ affectedText }),
          error: errors.affectedText ?? null,
        }}
      />
      {intake.affected === 'colleague' && (
        <Colleague intake={intake} set={set} errors={errors} person={person} />
      )}
      <ChoiceChips
        label={t('impact.label')}
        choices={IMPACT.map((value) => ({ value, label: t(`impact.${value}`) }))}
        value={intake.impact}
        onChange={(impact) => set({ impact })}
        more={{
          when: IMPACT,
          label: t('impact.text'),
          placeholder: t('impact.placeholder'),
          text: intake.lostFunction,
          onTextChange: (lostFunction) => set({ lostFunction }),
          error: errors.lostFunction ?? null,
        }}
      />
    </>
  );
}

/** Who gets it and when it is looked at; with an emergency, in one column, the number to call instead. */
function ToWhom({ isEmergency }: { readonly isEmergency: boolean }) {
  const { t } = useTranslation('newTicket');
  const app = useApp();
  const now = useNow();
  const connection = connected(app);
  const word = reviewWord({
    agreement: app.agreement,
    desk: app.agreement?.provider ?? connection?.deskName ?? '',
    reach: connection?.reach ?? null,
    isEmergency,
    now,
    place: app,
  });
  const phone = isEmergency ? phoneFor(app.agreement, 'emergency') : null;
  return (
    <p className="new-ticket__to" data-emergency={phone !== null || undefined}>
      <span>{reviewLine(word, t)}</span>
      {phone !== null && <strong>{t('notice.emergency.short', { phone })}</strong>}
    </p>
  );
}

/** With the desk's own time beside the reader's, where the two differ. */
function reviewLine(word: ReviewWord, t: Words): string {
  if (!('deskTime' in word) || word.deskTime === null) return t(`send.${word.key}`, word.params);
  const opens = t('send.deskTime', { opens: word.params.opens, deskTime: word.deskTime });
  return t(`send.${word.key}`, { ...word.params, opens });
}

/** Too long is said at once, because it will not get better; empty only when the user wanted to send. */
function useErrors(intake: IntakeDraft, wasAsked: boolean): FieldErrors {
  const { t } = useTranslation('newTicket');
  return useMemo(() => {
    const checked = checkIntake(intake);
    if (checked.ok) return {};
    const words = checked.fault.map(({ field, problem }) => {
      if (problem === 'empty') return [field, wasAsked ? t('problem.empty') : null];
      if (field === 'problem') return [field, t('problem.tooLong')];
      const value = intake[field];
      const length = typeof value === 'string' ? value.length : MAX_LINE_LENGTH + 1;
      return [field, t('tooLong', { length, max: isLine(field) ? MAX_LINE_LENGTH : MAX_TEXT_LENGTH })];
    });
    return Object.fromEntries(words) as FieldErrors;
  }, [intake, wasAsked, t]);
}

const LINES: readonly (keyof Intake)[] = ['sinceText', 'affectedText', 'lostFunction', 'contact'];
const isLine = (field: keyof Intake) => LINES.includes(field);

/** Moves the focus to the first field with an error, once it is shown. */
function useFocusOnError(form: React.RefObject<HTMLElement | null>) {
  const [shown, setShown] = useState(0);
  useEffect(() => {
    if (shown > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [shown, form]);
  return { show: () => setShown((count) => count + 1) };
}

/** Opens the part with the contact, if it is closed, and goes there. */
function askContact(form: HTMLElement | null): void {
  const part = form?.querySelector<HTMLElement>('[data-more-toggle]');
  const isThere = form?.querySelector('[data-contact]') !== null;
  if (!isThere && part?.getAttribute('aria-expanded') === 'false') part.click();
  requestAnimationFrame(() => {
    const contact = form?.querySelector<HTMLElement>('[data-contact]');
    contact?.scrollIntoView({ block: 'center' });
    contact?.querySelector<HTMLElement>('[role="radio"]')?.focus();
  });
}

type Words = ReturnType<typeof useTranslation<'newTicket'>>['t'];

/** Pictures from the clipboard all come as "image.png": a number tells them apart. */
function renamePasted(picked: readonly PickedFile[], t: Words): readonly PickedFile[] {
  return picked.map((one) => {
    if (one.kind === 'folder' || !/^image\.(png|jpe?g|gif|webp)$/i.test(one.file.name)) return one;
    const extension = one.file.name.split('.').at(-1) ?? 'png';
    const time = new Date().toTimeString().slice(0, 8).replaceAll(':', '.');
    const name = t('attach.pasted', { time, extension });
    return { kind: 'file', file: new File([one.file], name, { type: one.file.type }) };
  });
}
