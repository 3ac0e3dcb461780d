import { Paperclip, Send } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { TicketDraft } from '@shared/domain/draft';
import { emptyJoinOrLeave, type JoinOrLeave } from '@shared/domain/intake';
import { checkIntake } from '@shared/domain/intake-rules';
import { MAX_LINE_LENGTH, MAX_TEXT_LENGTH } from '@shared/domain/primitives';
import { isBlank } from '@shared/domain/text';
import { connected, useApp } from '../../stores/app-store';
import type { DraftEditor } from '../../stores/draft-editor';
import { callFaultLine, fileProblemWords } from '../../stores/fault-words';
import { joinLeaveText } from '../../stores/join-leave-words';
import { navigate } from '../../stores/navigation';
import { useOffers } from '../../stores/policy';
import { Button } from '../../ui/Button';
import { ChoiceChips } from '../../ui/ChoiceChips';
import { useNow } from '../../ui/environment';
import { FileDrop, FilePickButton, type PickedFile } from '../../ui/FileDrop';
import { FileTray } from '../../ui/FileTray';
import { ScreenHeader } from '../../ui/ScreenHeader';
import { useAnnounce } from '../../ui/Toast';
import { DiscardDraft } from './DiscardDraft';
import { JoinLeaveAside } from './JoinLeaveAside';
import { JoinLeaveQuestions, type PersonErrors } from './JoinLeaveQuestions';
import { OtherDrafts } from './OtherDrafts';
import { SavedMark, UnsavedWarning } from './SavedMark';
import { withShownDevice } from './use-device';

export interface JoinLeaveFormProps {
  readonly editor: DraftEditor<TicketDraft>;
  /** Leaves; the draft stays. */
  readonly onClose: () => void;
}

/**
 * Somebody joins or leaves: a request of its own kind, for the service desk and billing (guide, chapters 1 and 7). The name
 * and the day are needed, the rest helps.
 */
export function JoinLeaveForm({ editor, onClose }: JoinLeaveFormProps) {
  const { t } = useTranslation('newTicket');
  const { t: common } = useTranslation('common');
  const state = useStore(editor.store);
  const { intake } = state.content;
  const kind = intake.kind === 'leaving' ? 'leaving' : 'joining';
  const person = intake.person ?? emptyJoinOrLeave();
  const app = useApp();
  const now = useNow();
  const announce = useAnnounce();
  const form = useRef<HTMLDivElement>(null);
  const [wasAsked, setAsked] = useState(false);
  const errors = usePersonErrors(person, wasAsked);
  const offersFiles = useOffers('attachments');
  const isOnHold = app.agreement?.standing === 'serviceHold';

  const set = (patch: Partial<JoinOrLeave>, as: 'joining' | 'leaving' = kind) => {
    const current = editor.store.getState().content.intake;
    const next = { ...current, kind: as, person: { ...(current.person ?? emptyJoinOrLeave()), ...patch } };
    editor.edit({ intake: { ...next, problem: joinLeaveText(next, t, { locale: app.locale, now }) } });
  };
  const addFiles = (picked: readonly PickedFile[]) => void editor.addFiles(picked);
  const focusError = () =>
    requestAnimationFrame(() => {
      const field = form.current?.querySelector<HTMLElement>(
        '[aria-invalid="true"], [data-invalid] [role="spinbutton"]',
      );
      field?.focus();
    });
  const send = async () => {
    if (isOnHold) return;
    setAsked(true);
    set({});
    if (!checkIntake(editor.store.getState().content.intake).ok) return focusError();
    const { id } = editor.store.getState();
    editor.edit({ intake: withShownDevice(editor.store.getState().content.intake) });
    const answer = await editor.send();
    if (answer.ok)
      return navigate({ screen: 'ticket', key: `ref:${id ?? answer.value.ref}` }, { replace: true });
    announce(callFaultLine(answer.fault, common), { tone: 'danger' });
  };
  const sendByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    void send();
  };

  return (
    <div className="new-ticket" ref={form} onKeyDownCapture={sendByKey}>
      <FileDrop onFiles={addFiles} isDisabled={state.isSending || !offersFiles}>
        <ScreenHeader
          title={t('person.screen')}
          onClose={onClose}
          actions={<SavedMark saving={state.saving} />}
        />
        <OtherDrafts current={state.id} />
        <UnsavedWarning saving={state.saving} text={intake.problem} onRetry={() => void editor.flush()} />
        <div className="new-ticket__columns">
          <div className="new-ticket__questions">
            <ChoiceChips
              label={t('person.kind')}
              choices={[
                { value: 'joining', label: t('person.joining') },
                { value: 'leaving', label: t('person.leaving') },
              ]}
              value={kind}
              onChange={(chosen) => chosen !== null && set({}, chosen)}
            />
            <JoinLeaveQuestions kind={kind} person={person} set={set} errors={errors} />
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
                <FilePickButton tone="quiet" icon={Paperclip} onFiles={addFiles}>
                  {t('attach.button')}
                </FilePickButton>
              </div>
            )}
            <div>
              <button
                type="button"
                className="new-ticket__link"
                onClick={() => navigate({ screen: 'newTicket', draftId: null }, { replace: true })}
              >
                {t('person.problemInstead')}
              </button>
            </div>
          </div>
          <JoinLeaveAside kind={kind} person={person} contact={intake.contact} />
        </div>
        <div className="new-ticket__send">
          <Button
            tone="primary"
            size="large"
            icon={Send}
            isPending={state.isSending}
            isDisabled={isOnHold}
            aria-keyshortcuts="Control+Enter Meta+Enter"
            onPress={() => void send()}
          >
            {t('person.send')}
          </Button>
          <p className="new-ticket__to">
            <span>{t('person.to', { desk: app.agreement?.provider ?? connected(app)?.deskName ?? '' })}</span>
          </p>
          <DiscardDraft editor={editor} />
        </div>
      </FileDrop>
    </div>
  );
}

const LINES = ['name', 'position', 'mailbox', 'accessLike', 'accessText'] as const;
const TEXTS = ['devices', 'software', 'notes'] as const;

/** Too long is said at once; missing only when the user wanted to send. */
function usePersonErrors(person: JoinOrLeave, wasAsked: boolean): PersonErrors {
  const { t } = useTranslation('newTicket');
  const tooLong = (field: (typeof LINES | typeof TEXTS)[number], max: number) =>
    person[field].length > max ? [[field, t('tooLong', { length: person[field].length, max })] as const] : [];
  return {
    ...Object.fromEntries([
      ...LINES.flatMap((field) => tooLong(field, MAX_LINE_LENGTH)),
      ...TEXTS.flatMap((field) => tooLong(field, MAX_TEXT_LENGTH)),
    ]),
    ...(wasAsked && isBlank(person.name) ? { name: t('person.nameEmpty') } : {}),
    ...(wasAsked && person.day === null ? { day: t('person.dayEmpty') } : {}),
  };
}
