import { useTranslation } from 'react-i18next';
import { isBlank, summarise } from '@shared/domain/text';
import { navigate } from '../../stores/navigation';
import { useDraftStore } from '../../stores/small-stores';
import { Button } from '../../ui/Button';

/** At most this many are offered; the newest first. */
const SHOWN = 3;

/** Other tickets that were begun and not sent, one press away. */
export function OtherDrafts({ current }: { readonly current: string | null }) {
  const { t } = useTranslation('newTicket');
  const drafts = useDraftStore((state) => state.drafts);
  const others = drafts
    .filter((draft) => draft.kind === 'ticket')
    .filter((draft) => draft.id !== current && !isBlank(draft.intake.problem))
    .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))
    .slice(0, SHOWN);
  if (others.length === 0) return null;
  return (
    <div className="new-ticket__others">
      <span>{t('others.label', { count: others.length })}</span>
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
    </div>
  );
}
