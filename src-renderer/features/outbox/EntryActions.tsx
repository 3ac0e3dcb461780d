import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '@shared/domain/draft';
import type { OutboxItem } from '@shared/domain/outbox';
import { isUndecided } from '@shared/domain/outbox-rules';
import { call } from '../../stores/calls';
import { callFaultLine } from '../../stores/fault-words';
import { navigate } from '../../stores/navigation';
import { useOutboxStore } from '../../stores/outbox-store';
import { useEmailOffer } from '../../stores/selectors';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/Dialog';
import { useAnnounce } from '../../ui/Toast';
import { actionsOf, type ItemAction } from './item-facts';

interface Props {
  readonly item: OutboxItem;
  readonly name: string;
  readonly ticketKey: string | null;
}

/** What can be done with an item; each button says which item it is about. */
export function EntryActions({ item, name, ticketKey }: Props) {
  const { t } = useTranslation('outbox');
  const { t: common } = useTranslation();
  const announce = useAnnounce();
  const [busy, setBusy] = useState<string | null>(null);
  const [asking, setAsking] = useState<'discard' | 'sendByEmail' | null>(null);
  const { ref } = item;
  const offer = useEmailOffer(item);

  const run = async (action: ItemAction) => {
    setBusy(action);
    const answer = await act(action);
    setBusy(null);
    if (!answer.ok) announce(callFaultLine(answer.fault, common), { tone: 'danger' });
  };
  const act = async (action: ItemAction) => {
    switch (action) {
      case 'sendNow': {
        const answer = await call('outbox.sendNow', { ref });
        if (answer.ok) announce(t('said.sending'), { isSilent: true });
        return answer;
      }
      case 'sendAgain': {
        const answer = await call('outbox.sendAgain', { ref });
        if (answer.ok) announce(t('said.sending'), { isSilent: true });
        return answer;
      }
      case 'markArrived': {
        const answer = await call('outbox.markArrived', { ref });
        if (answer.ok) announce(t('said.arrived'));
        return answer;
      }
      case 'sendByEmail': {
        const answer = await call('outbox.sendByEmail', { ref });
        if (answer.ok) announce(common('emailInstead.said'));
        return answer;
      }
      case 'copyText': {
        const answer = await call('outbox.copyText', { ref });
        if (answer.ok) announce(t('said.copied'), { tone: 'good' });
        return answer;
      }
      case 'edit': {
        const answer = await call('outbox.edit', { ref });
        if (answer.ok) toDraft(answer.value);
        return answer;
      }
      case 'discard': {
        const answer = await call('outbox.discard', { ref });
        if (answer.ok) announce(t('said.discarded'));
        return answer;
      }
    }
  };

  const possible = actionsOf(item, offer.kind === 'offered');
  const canOpen = ticketKey !== null && item.write.kind !== 'rate';
  if (possible.length === 0 && !canOpen) return null;
  return (
    <div className="outbox-item__actions">
      {possible.map((action) => {
        const label = t(`action.${action}`);
        return (
          <Button
            key={action}
            size="small"
            tone={QUIET.has(action) ? 'quiet' : 'secondary'}
            aria-label={t('actionFor', { action: label, name })}
            isPending={busy === action}
            onPress={() =>
              action === 'discard' || action === 'sendByEmail' ? setAsking(action) : void run(action)
            }
          >
            {label}
          </Button>
        );
      })}
      {canOpen && (
        <Button
          size="small"
          tone="quiet"
          aria-label={t('actionFor', { action: t('action.openTicket'), name })}
          onPress={() => navigate({ screen: 'ticket', key: ticketKey })}
        >
          {t('action.openTicket')}
        </Button>
      )}
      <DiscardDialog
        item={item}
        name={name}
        isOpen={asking === 'discard'}
        onClose={() => setAsking(null)}
        onConfirm={() => run('discard')}
      />
      <ConfirmDialog
        isOpen={asking === 'sendByEmail'}
        onClose={() => setAsking(null)}
        title={common('emailInstead.title')}
        confirmLabel={common('emailInstead.confirm')}
        cancelLabel={common('emailInstead.cancel')}
        onConfirm={() => run('sendByEmail')}
      >
        {common('emailInstead.text', { address: offer.deskAddress })}
      </ConfirmDialog>
    </div>
  );
}

const QUIET: ReadonlySet<ItemAction> = new Set(['copyText', 'discard']);

interface DiscardProps {
  readonly item: OutboxItem;
  readonly name: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => Promise<void>;
}

function DiscardDialog({ item, name, isOpen, onClose, onConfirm }: DiscardProps) {
  const { t } = useTranslation('outbox');
  const behind = useOutboxStore((state) =>
    [...state.items.values()].reduce(
      (sum, one) => sum + Number(one.lane === item.lane && one.ref !== item.ref),
      0,
    ),
  );
  const isCreate = item.write.kind === 'create';
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('discard.title')}
      confirmLabel={t('discard.confirm')}
      cancelLabel={t('discard.keep')}
      tone="danger"
      onConfirm={onConfirm}
    >
      <p>
        {isUndecided(item.state)
          ? t('discard.undecided', { name })
          : !isCreate
            ? t('discard.other', { name })
            : behind === 0
              ? t('discard.create', { name })
              : t('discard.createWithMore', { name, count: behind })}
      </p>
    </ConfirmDialog>
  );
}

/** Where a draft is edited. */
function toDraft(draft: Draft): void {
  switch (draft.kind) {
    case 'ticket':
      return navigate({ screen: 'newTicket', draftId: draft.id });
    case 'message':
      return navigate({ screen: 'ticket', key: draft.ticketKey });
    case 'survey':
      return navigate({ screen: 'survey', ticketId: draft.ticketId });
  }
}
