import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageDraft } from '@shared/domain/draft';
import type { TicketKey } from '@shared/domain/route';
import { isBlank } from '@shared/domain/text';
import { call } from '../../stores/calls';
import { createDraftEditor, type DraftEditor, type EditorState } from '../../stores/draft-editor';
import { callFaultLine } from '../../stores/fault-words';
import type { TicketView } from '../../stores/selectors';
import { useDraftStore } from '../../stores/small-stores';
import { useDraftEditor } from '../../stores/use-draft-editor';
import { useAnnounce } from '../../ui/Toast';
import { useStateChange } from './use-state-change';

/** What the user is about to say in a ticket. */
export interface ReplyModel {
  readonly editor: DraftEditor<MessageDraft>;
  readonly state: EditorState<MessageDraft>;
  readonly isBlank: boolean;
  /** Whether what is written goes along with *Still broken*. */
  readonly isStillBroken: boolean;
  readonly setStillBroken: (isStillBroken: boolean) => void;
  readonly isBusy: boolean;
  /** Sends what is written (with *Still broken*, also nothing). Resolves with whether it was accepted. */
  readonly send: () => Promise<boolean>;
  /** Sends a ready answer, or adds it to what is being written. */
  readonly answer: (text: string) => Promise<'sent' | 'added' | 'failed'>;
  /** Says that it works. */
  readonly confirm: () => Promise<boolean>;
}

/** The reply to a ticket: its draft comes back after a restart and is sent once. */
export function useReply(ticketKey: TicketKey, view: TicketView): ReplyModel {
  const { t } = useTranslation('common');
  const announce = useAnnounce();
  const [wantsBroken, setStillBroken] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [editor, state] = useDraftEditor(() => messageEditor(ticketKey));
  const { change } = useStateChange(ticketKey);
  useStoredDraft(ticketKey, editor);

  const { text, files } = state.content;
  const isNothing = isBlank(text) && files.length === 0;
  const isStillBroken = wantsBroken && view.summary?.step === 'resolved' && !view.summary.closed;

  const once = async <Value>(work: () => Promise<Value>, otherwise: Value): Promise<Value> => {
    if (isBusy) return otherwise;
    setBusy(true);
    try {
      return await work();
    } finally {
      setBusy(false);
    }
  };
  const sendDraft = async (): Promise<boolean> => {
    const answer = await editor.send();
    if (!answer.ok) announce(callFaultLine(answer.fault, t), { tone: 'danger' });
    return answer.ok;
  };
  /** Without files the text goes along with the change; files need a message of their own, which follows it. */
  const sendStillBroken = async (): Promise<boolean> => {
    const hasFiles = files.length > 0;
    if (!(await change('stillBroken', hasFiles ? '' : text))) return false;
    setStillBroken(false);
    if (hasFiles) return sendDraft();
    await editor.discard();
    return true;
  };
  return {
    editor,
    state,
    isBlank: isNothing,
    isStillBroken,
    setStillBroken,
    isBusy: isBusy || state.isSending,
    send: () => once(isStillBroken ? sendStillBroken : sendDraft, false),
    answer: (answer) =>
      once<'sent' | 'added' | 'failed'>(async () => {
        editor.edit({ text: isNothing ? answer : `${answer}\n\n${text}` });
        if (!isNothing) return 'added';
        return (await sendDraft()) ? 'sent' : 'failed';
      }, 'failed'),
    confirm: () => once(() => change('works', ''), false),
  };
}

function messageEditor(ticketKey: TicketKey): DraftEditor<MessageDraft> {
  return createDraftEditor<MessageDraft>({
    blank: { kind: 'message', ticketKey, text: '', files: [] },
    open: () => call('drafts.create', { kind: 'message', ticketKey }),
    isLazy: true,
    merge: (stored, typed) => ({
      ...typed,
      text: [stored.text, typed.text].filter((text) => text !== '').join('\n'),
    }),
  });
}

/** Opens the draft that is already there: from before a restart, or an unsent message taken back to be changed. */
function useStoredDraft(ticketKey: TicketKey, editor: DraftEditor<MessageDraft>): void {
  const stored = useDraftStore(({ drafts }) =>
    drafts.find(
      (draft) => draft.kind === 'message' && draft.ticketKey === ticketKey && draft.followUp === undefined,
    ),
  )?.id;
  useEffect(() => {
    if (stored !== undefined && editor.store.getState().id === null) void editor.open();
  }, [stored, editor]);
}
