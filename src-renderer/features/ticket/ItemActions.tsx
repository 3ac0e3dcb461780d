import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxItem } from '@shared/domain/outbox';
import { canSendNow } from '@shared/domain/outbox-rules';
import { call } from '../../stores/calls';
import { callFaultLine } from '../../stores/fault-words';
import { goBack, navigate } from '../../stores/navigation';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/Dialog';
import { Delayed } from '../../ui/Skeleton';
import { useAnnounce } from '../../ui/Toast';
import { canChange } from './pending';

/** What usually leaves at once needs no buttons: they come when something waits this long, in milliseconds. */
const PATIENCE = 1500;

export interface ItemActionsProps {
  readonly item: OutboxItem;
  /** Why a message cannot be taken back for editing now; `null`: it can. */
  readonly editBusy?: string | null;
}

/** Send now, edit, copy, discard: for what has not left this computer. */
export function ItemActions({ item, editBusy = null }: ItemActionsProps) {
  if (!canChange(item)) return null;
  return (
    <Delayed ms={item.state.kind === 'needsAttention' ? 0 : PATIENCE}>
      <Actions item={item} editBusy={editBusy} />
    </Delayed>
  );
}

function Actions({ item, editBusy }: Required<ItemActionsProps>) {
  const { t } = useTranslation(['ticket', 'common']);
  const { t: common } = useTranslation('common');
  const announce = useAnnounce();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const { ref, write, state } = item;
  const isTicket = write.kind === 'create';
  const hasText = write.kind === 'create' || write.kind === 'message';
  /** What the board refused has to be changed before it can go. */
  const isMending = hasText && state.kind === 'needsAttention' && state.fault.kind === 'rejected';

  const run = async (name: 'outbox.sendNow' | 'outbox.copyText' | 'outbox.discard'): Promise<boolean> => {
    setBusy(true);
    const answer = await call(name, { ref });
    setBusy(false);
    if (!answer.ok) announce(callFaultLine(answer.fault, common), { tone: 'danger' });
    else if (name === 'outbox.copyText') announce(t('common:action.copied'), { tone: 'good' });
    return answer.ok;
  };
  const edit = async () => {
    if (editBusy !== null) return announce(editBusy);
    setBusy(true);
    const answer = await call('outbox.edit', { ref });
    setBusy(false);
    if (!answer.ok) return announce(callFaultLine(answer.fault, common), { tone: 'danger' });
    if (isTicket) navigate({ screen: 'newTicket', draftId: answer.value.id }, { replace: true });
  };
  const discard = async () => {
    if ((await run('outbox.discard')) && isTicket) goBack();
  };
  const editButton = (tone: 'secondary' | 'quiet') => (
    <Button size="small" tone={tone} isDisabled={isBusy} onPress={() => void edit()}>
      {t('common:action.edit')}
    </Button>
  );
  return (
    <span className="ticket__item-actions" role="group" aria-label={t('item.actions')}>
      {isMending && editButton('secondary')}
      {canSendNow(item) && (
        <Button size="small" tone="secondary" isDisabled={isBusy} onPress={() => void run('outbox.sendNow')}>
          {t('common:action.sendNow')}
        </Button>
      )}
      {hasText && !isMending && editButton('quiet')}
      {hasText && (
        <Button size="small" tone="quiet" isDisabled={isBusy} onPress={() => void run('outbox.copyText')}>
          {t('item.copy')}
        </Button>
      )}
      <Button size="small" tone="quiet" isDisabled={isBusy} onPress={() => setAsking(true)}>
        {t('common:action.discard')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('item.discardTitle')}
        confirmLabel={t('common:action.discard')}
        cancelLabel={t('item.discardCancel')}
        tone="danger"
        onConfirm={discard}
      >
        {t(isTicket ? 'item.discardTicket' : 'item.discardMessage')}
      </ConfirmDialog>
    </span>
  );
}

/** What the board said about a write it refused, in its own words. */
export function RefusalWords({ item }: { readonly item: OutboxItem }) {
  const { t } = useTranslation('ticket');
  if (item.state.kind !== 'needsAttention' || item.state.fault.kind !== 'rejected') return null;
  const { message, fields } = item.state.fault;
  const reasons = [message, ...fields.map((field) => field.reason)].filter((reason) => reason.trim() !== '');
  if (reasons.length === 0) return null;
  return (
    <p className="ticket__refusal" dir="auto">
      {t('item.theySay', { words: [...new Set(reasons)].join(' ') })}
    </p>
  );
}
