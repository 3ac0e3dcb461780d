import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft, TicketDraft } from '@shared/domain/draft';
import { isBlank, summarise } from '@shared/domain/text';
import { call } from '../../stores/calls';
import { callFaultLine } from '../../stores/fault-words';
import { navigate } from '../../stores/navigation';
import { useDraftStore } from '../../stores/small-stores';
import { Button } from '../../ui/Button';
import { useAnnounce } from '../../ui/Toast';

/** At most this many are offered; the newest first. */
const SHOWN = 3;

/** Other tickets that were begun and not sent, one press away; and a new one beside those. */
export function OtherDrafts({ current }: { readonly current: string | null }) {
  const { t } = useTranslation('newTicket');
  const { t: common } = useTranslation('common');
  const announce = useAnnounce();
  const drafts = useDraftStore((state) => state.drafts);
  const [isStarting, setStarting] = useState(false);
  const start = async () => {
    setStarting(true);
    const answer = await call('drafts.create', { kind: 'ticket', fresh: true });
    setStarting(false);
    if (answer.ok) navigate({ screen: 'newTicket', draftId: answer.value.id }, { replace: true });
    else announce(callFaultLine(answer.fault, common), { tone: 'danger' });
  };
  // What counts is how it was opened: nothing moves while the user writes.
  const [isReopened] = useState(() =>
    tickets(drafts).some((draft) => draft.id === current && isWritten(draft)),
  );
  const others = tickets(drafts)
    .filter((draft) => draft.id !== current && isWritten(draft))
    .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))
    .slice(0, SHOWN);
  if (others.length === 0 && !isReopened) return null;
  return (
    <div className="new-ticket__others">
      <span>{t(others.length > 0 ? 'others.label' : 'others.begun')}</span>
      {others.map((draft) => (
        <Button
          key={draft.id}
          size="small"
          tone="secondary"
          onPress={() => navigate({ screen: 'newTicket', draftId: draft.id }, { replace: true })}
        >
          <span className="new-ticket__other ui-one-line" dir="auto">
            {summarise(draft.intake.problem)}
          </span>
        </Button>
      ))}
      {isReopened && (
        <Button size="small" tone="quiet" icon={Plus} isPending={isStarting} onPress={() => void start()}>
          {t('others.start')}
        </Button>
      )}
    </div>
  );
}

const tickets = (drafts: readonly Draft[]): readonly TicketDraft[] =>
  drafts.filter((draft) => draft.kind === 'ticket');
const isWritten = ({ intake }: TicketDraft): boolean => !isBlank(intake.problem);
