import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutboxItem } from '@shared/domain/outbox';
import { canSendNow, isUndecided } from '@shared/domain/outbox-rules';
import { call } from '../../stores/calls';
import { callFaultLine } from '../../stores/fault-words';
import { goBack, navigate } from '../../stores/navigation';
import { useEmailOffer } from '../../stores/selectors';
import { useTooLargeWords } from '../../stores/too-large-words';
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
  const [asking, setAsking] = useState<'discard' | 'sendByEmail' | null>(null);
  const [isBusy, setBusy] = useState(false);
  const offer = useEmailOffer(item);
  const { ref, write, state } = item;
  const isTicket = write.kind === 'create';
  const hasText = write.kind === 'create' || write.kind === 'message';
  /** What the board refused has to be changed before it can go. */
  const isMending = hasText && state.kind === 'needsAttention' && state.fault.kind === 'rejected';
  const isOpen = isUndecided(state);

  const run = async (name: ItemCall): Promise<boolean> => {
    setBusy(true);
    const answer = await call(name, { ref });
    setBusy(false);
    if (!answer.ok) announce(callFaultLine(answer.fault, common), { tone: 'danger' });
    else if (name === 'outbox.copyText') announce(t('common:action.copied'), { tone: 'good' });
    else if (name === 'outbox.sendByEmail') announce(t('common:emailInstead.said'));
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
  const button = (tone: 'secondary' | 'quiet', label: string, onPress: () => void) => (
    <Button size="small" tone={tone} isDisabled={isBusy} onPress={onPress}>
      {label}
    </Button>
  );
  const editButton = (tone: 'secondary' | 'quiet') =>
    button(tone, t('common:action.edit'), () => void edit());
  return (
    <span className="ticket__item-actions" role="group" aria-label={t('item.actions')}>
      {isOpen && button('secondary', t('item.sendAgain'), () => void run('outbox.sendAgain'))}
      {isOpen && button('secondary', t('item.arrived'), () => void run('outbox.markArrived'))}
      {isMending && editButton('secondary')}
      {canSendNow(item) && button('secondary', t('common:action.sendNow'), () => void run('outbox.sendNow'))}
      {offer.kind === 'offered' &&
        button('secondary', t('common:emailInstead.action'), () => setAsking('sendByEmail'))}
      {hasText && !isMending && !isOpen && editButton('quiet')}
      {hasText && button('quiet', t('item.copy'), () => void run('outbox.copyText'))}
      {button('quiet', t('common:action.discard'), () => setAsking('discard'))}
      <ConfirmDialog
        isOpen={asking === 'discard'}
        onClose={() => setAsking(null)}
        title={t('item.discardTitle')}
        confirmLabel={t('common:action.discard')}
        cancelLabel={t('item.discardCancel')}
        tone="danger"
        onConfirm={discard}
      >
        {t(isOpen ? 'item.discardUndecided' : isTicket ? 'item.discardTicket' : 'item.discardMessage')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asking === 'sendByEmail'}
        onClose={() => setAsking(null)}
        title={t('common:emailInstead.title')}
        confirmLabel={t('common:emailInstead.confirm')}
        cancelLabel={t('common:emailInstead.cancel')}
        onConfirm={async () => void (await run('outbox.sendByEmail'))}
      >
        {t('common:emailInstead.text', { address: offer.deskAddress })}
      </ConfirmDialog>
    </span>
  );
}

type ItemCall =
  | 'outbox.sendNow'
  | 'outbox.sendAgain'
  | 'outbox.markArrived'
  | 'outbox.sendByEmail'
  | 'outbox.copyText'
  | 'outbox.discard';

/** Why an item that waits is not offered to go by e-mail instead. */
export function EmailDoubt({ item }: { readonly item: OutboxItem }) {
  const { t } = useTranslation();
  return useEmailOffer(item).kind === 'inDoubt' ? <p>{t('emailInstead.inDoubt')}</p> : null;
}

/** What the board said about a write it refused, in its own words; or that it is too large, in ours. */
export function RefusalWords({ item }: { readonly item: OutboxItem }) {
  const { t } = useTranslation('ticket');
  const tooLarge = useTooLargeWords(item);
  if (tooLarge !== null) return <p className="ticket__refusal">{tooLarge}</p>;
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
