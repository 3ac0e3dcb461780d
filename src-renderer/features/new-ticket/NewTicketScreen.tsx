import { FileQuestion } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Envelope } from '@shared/contract';
import type { Draft, TicketDraft } from '@shared/domain/draft';
import { emptyIntake } from '@shared/domain/intake';
import { connected, useAppStore } from '../../stores/app-store';
import { call } from '../../stores/calls';
import { createDraftEditor, type DraftEditor } from '../../stores/draft-editor';
import { goBack, navigate } from '../../stores/navigation';
import { useRestartRound } from '../../stores/restart';
import { useDraftEditor } from '../../stores/use-draft-editor';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { ScreenHeader } from '../../ui/ScreenHeader';
import { Skeleton } from '../../ui/Skeleton';
import { SplitStep } from './SplitStep';
import { JoinLeaveForm } from './JoinLeaveForm';
import { TicketForm } from './TicketForm';
import './new-ticket.css';

export interface NewTicketScreenProps {
  /** The draft to go on with; `null`: the unsent one there is, else a new one. */
  readonly draftId: string | null;
  /** Leaves; the draft stays. */
  readonly onClose?: () => void;
}

/** Filing one problem. Everything typed is kept from the first letter on. */
export function NewTicketScreen({ draftId, onClose = goBack }: NewTicketScreenProps) {
  const round = useRestartRound((state) => state.round);
  return <OpenDraft key={`${draftId ?? 'new'} ${round}`} draftId={draftId} onClose={onClose} />;
}

function OpenDraft({ draftId, onClose }: Required<NewTicketScreenProps>) {
  const { t } = useTranslation('newTicket');
  const [editor, state] = useDraftEditor(() => editorOf(draftId));
  useEffect(() => void editor.open(), [editor]);
  switch (state.phase) {
    case 'ready':
      if (state.content.intake.kind !== 'problem') return <JoinLeaveForm editor={editor} onClose={onClose} />;
      return state.content.split === undefined ? (
        <TicketForm editor={editor} onClose={onClose} />
      ) : (
        <SplitStep editor={editor} onClose={onClose} />
      );
    case 'opening':
      return (
        <Frame onClose={onClose}>
          <Skeleton shape="page" count={4} />
        </Frame>
      );
    case 'ended':
      // On the way to the ticket or back.
      return <Frame onClose={onClose}>{null}</Frame>;
    case 'gone':
      return (
        <Frame onClose={onClose}>
          <EmptyState icon={FileQuestion} title={t('missing.title')} actions={<StartAgain />}>
            {t('missing.text')}
          </EmptyState>
        </Frame>
      );
    case 'failed':
      return (
        <Frame onClose={onClose}>
          <EmptyState
            icon={FileQuestion}
            title={t('failed.title')}
            actions={<Button onPress={() => void editor.open()}>{t('failed.retry')}</Button>}
          >
            {t('failed.text')}
          </EmptyState>
        </Frame>
      );
  }
}

function Frame({ children, onClose }: { readonly children: React.ReactNode; readonly onClose: () => void }) {
  const { t } = useTranslation('newTicket');
  return (
    <div className="new-ticket">
      <ScreenHeader title={t('title')} onClose={onClose} />
      {children}
    </div>
  );
}

function StartAgain() {
  const { t } = useTranslation('newTicket');
  return (
    <Button
      tone="primary"
      onPress={() => navigate({ screen: 'newTicket', draftId: null }, { replace: true })}
    >
      {t('missing.start')}
    </Button>
  );
}

function editorOf(draftId: string | null): DraftEditor<TicketDraft> {
  return createDraftEditor<TicketDraft>({
    blank: { kind: 'ticket', intake: emptyIntake(), files: [] },
    open: async () => {
      const answer = await (draftId === null
        ? call('drafts.create', { kind: 'ticket' })
        : findDraft(draftId));
      return answer.ok ? { ok: true, value: withContact(answer.value) } : answer;
    },
    isLazy: false,
  });
}

/** Questions go to the connected person until the user names somebody else. */
function withContact(draft: Draft): Draft {
  const person = connected(useAppStore.getState().app)?.person;
  if (
    draft.kind !== 'ticket' ||
    person === undefined ||
    Object.values(draft.intake.contact).some((value) => value !== '')
  ) {
    return draft;
  }
  const { name, phone, email } = person;
  return { ...draft, intake: { ...draft.intake, contact: { name, phone, email } } };
}

async function findDraft(id: string): Promise<Envelope<Draft>> {
  const answer = await call('drafts.list');
  if (!answer.ok) return answer;
  const draft = answer.value.find((one) => one.id === id && one.kind === 'ticket');
  return draft ? { ok: true, value: draft } : { ok: false, fault: { kind: 'notFound' } };
}
