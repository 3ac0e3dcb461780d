import { ArrowDown, Camera, Paperclip, Plus } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '@shared/domain/draft';
import { MAX_TEXT_LENGTH } from '@shared/domain/primitives';
import { isBlank } from '@shared/domain/text';
import { call } from '../../stores/calls';
import { fileProblemWords } from '../../stores/fault-words';
import { navigate } from '../../stores/navigation';
import { useOffers } from '../../stores/policy';
import type { TicketView } from '../../stores/selectors';
import { useDraftStore } from '../../stores/small-stores';
import { useScreenshots } from '../../stores/use-screenshots';
import { Button, IconButton } from '../../ui/Button';
import { FileDrop, FilePickButton, usePasteFiles, type PickedFile } from '../../ui/FileDrop';
import { FileTray } from '../../ui/FileTray';
import { Notice } from '../../ui/Notice';
import { TextArea } from '../../ui/TextField';
import { useAnnounce } from '../../ui/Toast';
import { firstName } from './conversation';
import { Leftover } from './Leftover';
import { isAsked } from './NextStep';
import type { Arrivals } from './use-arrivals';
import type { ReplyModel } from './use-reply';

export interface ReplyProps {
  readonly view: TicketView;
  readonly reply: ReplyModel;
  readonly arrivals: Arrivals;
  readonly inputRef: RefObject<HTMLTextAreaElement | null>;
}

/** The foot of a ticket: what came in below, ready answers, and the place to write. */
export function Reply({ view, reply, arrivals, inputRef }: ReplyProps) {
  const { t } = useTranslation('ticket');
  const isOver = view.summary?.closed === true;
  return (
    <div className="ticket__foot">
      {arrivals.unread > 0 && (
        <div className="ticket__arrived">
          <Button tone="primary" size="small" icon={ArrowDown} onPress={arrivals.toEnd}>
            {t('talk.newMessage', { count: arrivals.unread })}
          </Button>
        </div>
      )}
      {isOver ? (
        <AfterTheEnd reply={reply} />
      ) : (
        <>
          {isAsked(view) && !reply.isStillBroken && (
            <QuickAnswers view={view} reply={reply} inputRef={inputRef} />
          )}
          <Composer view={view} reply={reply} inputRef={inputRef} />
        </>
      )}
    </div>
  );
}

function QuickAnswers({ view, reply, inputRef }: Omit<ReplyProps, 'arrivals'>) {
  const { t } = useTranslation('ticket');
  const announce = useAnnounce();
  const answers = view.ticket?.question?.quickAnswers ?? [];
  if (answers.length === 0) return null;
  const give = async (text: string) => {
    if ((await reply.answer(text)) !== 'added') return;
    announce(t('question.added'), { isSilent: true });
    inputRef.current?.focus();
  };
  return (
    <div className="ticket__answers" role="group" aria-label={t('question.answers')}>
      {[...new Set(answers)].map((text) => (
        <Button key={text} isDisabled={reply.isBusy} onPress={() => void give(text)}>
          <span dir="auto">{text}</span>
        </Button>
      ))}
    </div>
  );
}

function Composer({ view, reply, inputRef }: Omit<ReplyProps, 'arrivals'>) {
  const { t } = useTranslation(['ticket', 'common']);
  const { t: common } = useTranslation('common');
  const { t: words } = useTranslation('screenshot');
  const { editor, state, isStillBroken } = reply;
  const { text, files } = state.content;
  const box = useRef<HTMLDivElement>(null);
  const [isAsked, setAsked] = useState(false);
  const isTooLong = text.length > MAX_TEXT_LENGTH;
  const canSend = isStillBroken || !reply.isBlank;
  const addFiles = (picked: readonly PickedFile[]) => void editor.addFiles(picked);
  const screenshots = useScreenshots(addFiles);
  const offersFiles = useOffers('attachments');
  const offersScreenshots = useOffers('screenshots');
  usePasteFiles(box, offersFiles ? screenshots.paste : ignore);

  const send = async () => {
    setAsked(!canSend);
    if (!canSend || isTooLong) return inputRef.current?.focus();
    if (await reply.send()) inputRef.current?.focus();
  };
  const sendByKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && isStillBroken) {
      event.preventDefault();
      event.stopPropagation();
      return reply.setStillBroken(false);
    }
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    void send();
  };
  const error = isTooLong
    ? t('composer.tooLong', { length: text.length, max: MAX_TEXT_LENGTH })
    : isAsked && !canSend
      ? t('composer.empty')
      : null;

  return (
    <FileDrop onFiles={addFiles} isDisabled={reply.isBusy || !offersFiles}>
      <div
        className="ticket__composer"
        ref={box}
        data-broken={isStillBroken || undefined}
        onKeyDownCapture={sendByKey}
      >
        <UnsavedReply reply={reply} />
        <FileTray
          label={t('composer.files')}
          files={files}
          adding={state.adding}
          addingNote={t('composer.adding')}
          refused={state.refused.map(({ key, name, problem }) => ({
            key,
            ...fileProblemWords(problem, name, common),
          }))}
          onRemove={(file) => void editor.removeFile(file)}
          onForget={editor.forgetRefused}
        />
        <div className="ticket__composer-row">
          <div className="ticket__composer-field">
            <TextArea
              label={t(isStillBroken ? 'resolved.brokenLabel' : 'composer.label')}
              isLabelHidden={!isStillBroken}
              {...(isStillBroken ? { description: t('resolved.brokenHint') } : {})}
              rows={1}
              inputRef={inputRef}
              value={text}
              onChange={(next) => editor.edit({ text: next })}
              isReadOnly={reply.isBusy}
              placeholder={isStillBroken ? '' : placeholderOf(view, t)}
              error={error}
            />
            {isTooLong && offersFiles && <MoveIntoFile reply={reply} />}
          </div>
          <span className="ticket__kept" role="status">
            {(state.saving.kind === 'saved' || state.saving.kind === 'saving') &&
              !reply.isBlank &&
              t('common:state.draftSaved')}
          </span>
          {offersFiles && (
            <FilePickButton
              tone="quiet"
              icon={Paperclip}
              onFiles={addFiles}
              aria-label={t('composer.attach')}
            >
              <span className="ui-visually-hidden">{t('common:action.attach')}</span>
            </FilePickButton>
          )}
          {offersScreenshots && (
            <IconButton
              icon={Camera}
              label={words('button')}
              isPending={screenshots.isTaking}
              onPress={screenshots.take}
            />
          )}
          {isStillBroken && (
            <Button tone="quiet" onPress={() => reply.setStillBroken(false)}>
              {t('common:action.cancel')}
            </Button>
          )}
          <Button
            tone={canSend ? 'primary' : 'secondary'}
            isPending={reply.isBusy}
            aria-keyshortcuts="Control+Enter Meta+Enter"
            onPress={() => void send()}
          >
            {t(isStillBroken ? 'resolved.brokenSend' : 'common:action.send')}
          </Button>
        </div>
      </div>
    </FileDrop>
  );
}

/** Files are not offered: what is pasted stays on the clipboard. */
const ignore = (): void => undefined;

type Words = ReturnType<typeof useTranslation<['ticket', 'common']>>['t'];

function placeholderOf(view: TicketView, t: Words): string {
  const assignee = view.summary?.assignee;
  return assignee?.role === 'engineer'
    ? t('composer.to', { name: firstName(assignee.name) })
    : t('composer.toDesk');
}

function MoveIntoFile({ reply }: { readonly reply: ReplyModel }) {
  const { t } = useTranslation('ticket');
  const move = async () => {
    const { editor } = reply;
    const { text, files } = editor.store.getState().content;
    const name = t('composer.textFile');
    await editor.addFiles([{ kind: 'file', file: new File([text], name, { type: 'text/plain' }) }]);
    if (editor.store.getState().content.files.length > files.length)
      editor.edit({ text: t('composer.textAttached', { name }) });
  };
  return (
    <Button size="small" onPress={() => void move()}>
      {t('composer.attachText')}
    </Button>
  );
}

function UnsavedReply({ reply }: { readonly reply: ReplyModel }) {
  const { t } = useTranslation('ticket');
  if (reply.state.saving.kind !== 'failed' || reply.isBlank) return null;
  return (
    <Notice tone="warning" live="assertive">
      {t('composer.notSaved')}
    </Notice>
  );
}

/** A closed ticket takes no more messages: a way on, and what was begun is not lost. */
function AfterTheEnd({ reply }: { readonly reply: ReplyModel }) {
  const { t } = useTranslation('ticket');
  const { text, ticketKey } = reply.state.content;
  const followUp = useDraftStore(({ drafts }) => drafts.find((draft) => isFollowUpOf(draft, ticketKey)));
  return (
    <div className="ticket__end">
      {!reply.isBlank && <Leftover text={text} onDiscard={() => void reply.editor.discard()} />}
      {followUp?.kind === 'message' && !isBlank(followUp.text) && (
        <Leftover text={followUp.text} onDiscard={() => void call('drafts.discard', { id: followUp.id })} />
      )}
      <Button icon={Plus} onPress={() => navigate({ screen: 'newTicket', draftId: null })}>
        {t('closed.again')}
      </Button>
    </div>
  );
}

const isFollowUpOf = (draft: Draft, ticketKey: string): boolean =>
  draft.kind === 'message' && draft.ticketKey === ticketKey && draft.followUp === true;
