import { BellRing, Phone } from 'lucide-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { contactFor, phoneFor } from '@shared/domain/call-sheet';
import type { MessageDraft } from '@shared/domain/draft';
import { followUpOf, readFrom, type FollowUp as FollowUpState } from '@shared/domain/follow-up';
import { MAX_TEXT_LENGTH } from '@shared/domain/primitives';
import type { TicketKey } from '@shared/domain/route';
import { isBlank } from '@shared/domain/text';
import { whenOf } from '@shared/domain/time-words';
import { useApp } from '../../stores/app-store';
import { call } from '../../stores/calls';
import { createDraftEditor, type DraftEditor, type EditorState } from '../../stores/draft-editor';
import { callFaultLine } from '../../stores/fault-words';
import type { TicketView } from '../../stores/selectors';
import { useDraftStore } from '../../stores/small-stores';
import { useDraftEditor } from '../../stores/use-draft-editor';
import { Button } from '../../ui/Button';
import { useNow } from '../../ui/environment';
import { PanelButton } from '../../ui/PanelButton';
import { TextArea } from '../../ui/TextField';
import { useAnnounce } from '../../ui/Toast';
import { firstName } from './conversation';

export interface FollowUpProps {
  readonly view: TicketView;
  readonly ticketKey: TicketKey;
  /** Where the user writes. */
  readonly inputRef: RefObject<HTMLTextAreaElement | null>;
}

/** Asks how a ticket stands: when it is due, at once if something changed, by phone in an emergency; and says why. */
export function FollowUp({ view, ticketKey, inputRef }: FollowUpProps) {
  const { t } = useTranslation('ticket');
  const app = useApp();
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const [editor, state] = useDraftEditor(() => followUpEditor(ticketKey));
  useStoredFollowUp(ticketKey, editor);
  const followUp = followUpOf({
    ticket: view.ticket,
    items: view.items,
    now,
    timeZone: app.timeZone,
  });
  const isThere = view.ticket !== null || view.create !== null;
  if (followUp.kind === 'closed' || !isThere) return null;
  const close = () => setOpen(false);
  return (
    <span className="ticket__follow-up">
      <PanelButton
        label={t('followUp.button')}
        icon={BellRing}
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={titleOf(followUp, view, t)}
      >
        <Body
          followUp={followUp}
          view={view}
          editor={editor}
          state={state}
          onClose={close}
          inputRef={inputRef}
        />
      </PanelButton>
    </span>
  );
}

type Words = ReturnType<typeof useTranslation<'ticket'>>['t'];

const engineerOf = ({ summary }: TicketView): string | null =>
  summary?.assignee?.role === 'engineer' ? firstName(summary.assignee.name) : null;

function titleOf(followUp: FollowUpState, view: TicketView, t: Words): string {
  const name = engineerOf(view);
  if (followUp.kind === 'question' && name !== null) return t('followUp.question.titleBy', { name });
  return t(`followUp.${followUp.kind === 'closed' ? 'now' : followUp.kind}.title`);
}

interface BodyProps extends Omit<FollowUpProps, 'ticketKey'> {
  readonly followUp: FollowUpState;
  readonly editor: DraftEditor<MessageDraft>;
  readonly state: EditorState<MessageDraft>;
  readonly onClose: () => void;
}

function Body(props: BodyProps) {
  const { followUp, view, onClose, inputRef } = props;
  const { t } = useTranslation('ticket');
  switch (followUp.kind) {
    case 'closed':
      return null;
    case 'question':
      return (
        <Pointer
          words={t('followUp.question.text')}
          label={t('followUp.question.button')}
          onPress={() => {
            onClose();
            focusSoon(() => inputRef.current);
          }}
        />
      );
    case 'confirm':
      return (
        <Pointer
          words={t('followUp.confirm.text')}
          label={t('followUp.confirm.button')}
          onPress={() => {
            onClose();
            focusSoon(() => document.querySelector<HTMLElement>('.ticket__verdict button'));
          }}
        />
      );
    case 'call':
      return <CallAgain {...props} again={followUp.again} />;
    case 'now':
      return <AskNow {...props} />;
    case 'later':
      return <Later {...props} followUp={followUp} name={engineerOf(view)} />;
  }
}

/** The panel gives the focus back to its button first. */
const focusSoon = (element: () => HTMLElement | null) => setTimeout(() => element()?.focus(), 150);

function Pointer(props: { readonly words: string; readonly label: string; readonly onPress: () => void }) {
  return (
    <>
      <p>{props.words}</p>
      <div>
        <Button size="small" tone="primary" onPress={props.onPress}>
          {props.label}
        </Button>
      </div>
    </>
  );
}

/** An emergency is followed up by phone (guide, chapter 4, question 5); what changed may be written, too. */
function CallAgain(props: BodyProps & { readonly again: boolean }) {
  const { t } = useTranslation('ticket');
  const { agreement } = useApp();
  const phone = phoneFor(agreement, 'emergency');
  const name = contactFor(agreement, 'emergency')?.name ?? '';
  return (
    <>
      <p>{t(props.again ? 'followUp.call.again' : 'followUp.call.taken')}</p>
      {phone === null ? (
        <p>{t('followUp.call.noNumber')}</p>
      ) : (
        <div className="ticket__follow-up-call">
          <Button
            tone="danger"
            icon={Phone}
            aria-label={t('followUp.call.number', { phone })}
            onPress={() => void call('app.openExternal', { url: `tel:${phone.replace(/[^\d+*#,;]/g, '')}` })}
          >
            <span data-numeric dir="ltr">
              {phone}
            </span>
          </Button>
          {!isBlank(name) && <span className="ticket__follow-up-quiet">{name}</span>}
        </div>
      )}
      <SomethingChanged {...props} />
    </>
  );
}

function AskNow(props: BodyProps) {
  const { t } = useTranslation('ticket');
  return (
    <>
      <p>{t('followUp.now.text')}</p>
      <Compose {...props} isChange={false} />
    </>
  );
}

function Later(
  props: BodyProps & {
    readonly followUp: Extract<FollowUpState, { kind: 'later' }>;
    readonly name: string | null;
  },
) {
  const { t } = useTranslation('ticket');
  const app = useApp();
  const now = useNow();
  const { askedAt, dueAt } = props.followUp;
  const due = whenOf(dueAt, now, app);
  return (
    <>
      <p>
        {props.name === null
          ? t('followUp.later.why', { asked: whenOf(askedAt, now, app) })
          : t('followUp.later.whyBy', { name: props.name, asked: whenOf(askedAt, now, app) })}
      </p>
      <p className="ticket__follow-up-due">{t('followUp.later.due', { due })}</p>
      <SomethingChanged {...props} />
    </>
  );
}

/** What changed goes at once, whenever the last follow-up was. */
function SomethingChanged(props: BodyProps) {
  const { t } = useTranslation('ticket');
  const [isAsked, setAsked] = useState(!isBlank(props.state.content.text));
  if (isAsked) return <Compose {...props} isChange />;
  return (
    <div>
      <Button size="small" onPress={() => setAsked(true)}>
        {t('followUp.changed.button')}
      </Button>
    </div>
  );
}

/** The words of a follow-up. They are kept like every draft, and go once, also later when there is no network. */
function Compose({ editor, state, onClose, isChange, followUp }: BodyProps & { readonly isChange: boolean }) {
  const { t } = useTranslation('ticket');
  const { t: common } = useTranslation('common');
  const announce = useAnnounce();
  const app = useApp();
  const now = useNow();
  const [wasAsked, setWasAsked] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const { text } = state.content;
  const isMissing = isChange && isBlank(text);
  const opens = followUp.kind === 'call' ? null : readFrom(app.agreement?.hours ?? null, now);
  const send = async () => {
    setWasAsked(true);
    if (isMissing || text.length > MAX_TEXT_LENGTH) return field.current?.focus();
    if (isBlank(text)) editor.edit({ text: t('followUp.message') });
    const answer = await editor.send();
    if (!answer.ok) return announce(callFaultLine(answer.fault, common), { tone: 'danger' });
    onClose();
    announce(t('followUp.sent'), { tone: 'good' });
  };
  return (
    <>
      <TextArea
        label={t(isChange ? 'followUp.changed.label' : 'followUp.now.label')}
        isOptional={!isChange}
        rows={2}
        inputRef={field}
        autoFocus={isChange}
        value={text}
        onChange={(next) => editor.edit({ text: next })}
        isReadOnly={state.isSending}
        error={
          text.length > MAX_TEXT_LENGTH
            ? t('composer.tooLong', { length: text.length, max: MAX_TEXT_LENGTH })
            : wasAsked && isMissing
              ? t('followUp.changed.empty')
              : null
        }
      />
      {opens !== null && (
        <p className="ticket__follow-up-quiet">
          {t('followUp.afterHours', { opens: whenOf(opens, now, app) })}
        </p>
      )}
      <div>
        <Button tone="primary" isPending={state.isSending} onPress={() => void send()}>
          {t(isChange ? 'followUp.changed.send' : 'followUp.now.send')}
        </Button>
      </div>
    </>
  );
}

function followUpEditor(ticketKey: TicketKey): DraftEditor<MessageDraft> {
  return createDraftEditor<MessageDraft>({
    blank: { kind: 'message', ticketKey, text: '', files: [], followUp: true },
    open: () => call('drafts.create', { kind: 'message', ticketKey, followUp: true }),
    isLazy: true,
  });
}

/** What was begun before a restart, or taken back from the outbox, is there again. */
function useStoredFollowUp(ticketKey: TicketKey, editor: DraftEditor<MessageDraft>): void {
  const stored = useDraftStore(({ drafts }) =>
    drafts.find(
      (draft) => draft.kind === 'message' && draft.ticketKey === ticketKey && draft.followUp === true,
    ),
  )?.id;
  useEffect(() => {
    if (stored !== undefined && editor.store.getState().id === null) void editor.open();
  }, [stored, editor]);
}
