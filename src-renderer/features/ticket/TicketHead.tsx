import { Ban, Copy, Ellipsis, ListX, MapPin, MonitorSmartphone, Siren, type LucideIcon } from 'lucide-react';
import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { emailSentAt, wasSentByEmail } from '@shared/domain/by-email';
import type { TicketKey } from '@shared/domain/route';
import { call } from '../../stores/calls';
import { callFaultLine } from '../../stores/fault-words';
import { goBack } from '../../stores/navigation';
import type { TicketView } from '../../stores/selectors';
import { copyText } from '../../ui/copy-text';
import { ConfirmDialog } from '../../ui/Dialog';
import { MenuButton, type MenuAction } from '../../ui/Menu';
import { ScreenHeader } from '../../ui/ScreenHeader';
import { TimeText } from '../../ui/TimeText';
import { useAnnounce } from '../../ui/Toast';
import { FollowUp } from './FollowUp';
import { isChanging } from './pending';
import { useStateChange } from './use-state-change';

export interface TicketHeadProps {
  readonly view: TicketView;
  readonly ticketKey: TicketKey;
  readonly onBack: (() => void) | undefined;
  /** Where the user writes. */
  readonly inputRef: RefObject<HTMLTextAreaElement | null>;
}

/** Number, date and summary, and what can be done with the ticket as a whole. */
export function TicketHead({ view, ticketKey, onBack, inputRef }: TicketHeadProps) {
  const title = view.summary?.summary ?? view.create?.write.summary ?? '';
  return (
    <ScreenHeader
      title={title}
      kicker={<Kicker view={view} />}
      actions={
        <>
          <FollowUp view={view} ticketKey={ticketKey} inputRef={inputRef} />
          <TicketMenu view={view} ticketKey={ticketKey} />
        </>
      }
      {...(onBack === undefined ? {} : { onBack })}
    />
  );
}

function Kicker({ view }: { readonly view: TicketView }) {
  const { t } = useTranslation('ticket');
  const { summary, create } = view;
  const number = numberOf(view);
  const sentAt = create === null ? null : emailSentAt(create.state);
  const at = summary?.createdAt ?? sentAt ?? create?.acceptedAt;
  return (
    <span className="ticket__kicker">
      <span data-numeric>
        {number !== null
          ? t('head.number', { number })
          : t(sentAt === null ? 'head.notSent' : 'head.byEmail')}
        {at !== undefined && (
          <>
            {' · '}
            {sentAt === null && t(number === null ? 'head.written' : 'head.filed')} <TimeText at={at} />
          </>
        )}
      </span>
      {summary?.emergency === true && <Tag icon={Siren} tone="danger" words={t('head.emergency')} />}
      {summary?.visit === 'remote' && <Tag icon={MonitorSmartphone} words={t('head.remote')} />}
      {summary?.visit === 'onSite' && <Tag icon={MapPin} words={t('head.onSite')} />}
    </span>
  );
}

function Tag(props: { readonly icon: LucideIcon; readonly words: string; readonly tone?: 'danger' }) {
  const { icon: Icon, words, tone } = props;
  return (
    <span className="ticket__tag" data-tone={tone}>
      <Icon aria-hidden size={14} strokeWidth={1.75} />
      {words}
    </span>
  );
}

/** What people say on the phone; `null` until the board gave one. */
function numberOf({ summary, create }: TicketView): string | null {
  if (summary !== null) return summary.number === '' ? null : summary.number;
  return create?.state.kind === 'delivered' && create.state.receipt.ticketNumber !== ''
    ? create.state.receipt.ticketNumber
    : null;
}

function TicketMenu({ view, ticketKey }: { readonly view: TicketView; readonly ticketKey: TicketKey }) {
  const { t } = useTranslation(['ticket', 'common']);
  const [asking, setAsking] = useState<'withdraw' | 'remove' | null>(null);
  const remove = useRemoval(view);
  const { change } = useStateChange(ticketKey);
  const announce = useAnnounce();
  const number = numberOf(view);
  const canWithdraw = view.summary !== null && !view.summary.closed && !isChanging(view);
  const copyNumber = async (text: string) =>
    announce(t((await copyText(text)) ? 'common:action.copied' : 'menu.copyFailed'));
  const actions: MenuAction[] = [
    ...(number === null
      ? []
      : [{ id: 'copy', label: t('menu.copyNumber'), icon: Copy, onAction: () => void copyNumber(number) }]),
    ...(canWithdraw
      ? [{ id: 'withdraw', label: t('menu.withdraw'), icon: Ban, onAction: () => setAsking('withdraw') }]
      : []),
    ...(remove === null
      ? []
      : [{ id: 'remove', label: t('menu.remove'), icon: ListX, onAction: () => setAsking('remove') }]),
  ];
  if (actions.length === 0) return null;
  return (
    <>
      <MenuButton label={t('menu.label')} icon={Ellipsis} actions={actions} />
      <ConfirmDialog
        isOpen={asking === 'withdraw'}
        onClose={() => setAsking(null)}
        title={t('withdraw.title')}
        confirmLabel={t('withdraw.confirm')}
        cancelLabel={t('withdraw.cancel')}
        tone="danger"
        onConfirm={() => change('withdraw', '')}
      >
        {t('withdraw.text')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asking === 'remove'}
        onClose={() => setAsking(null)}
        title={t('remove.title')}
        confirmLabel={t('remove.confirm')}
        cancelLabel={t('remove.cancel')}
        onConfirm={async () => remove?.()}
      >
        {t('remove.text')}
      </ConfirmDialog>
    </>
  );
}

/** Takes a ticket that was sent by e-mail off the list; `null`: it is none, or something of it has not left. */
function useRemoval({ create, items }: TicketView): (() => Promise<void>) | null {
  const { t } = useTranslation('common');
  const announce = useAnnounce();
  if (create === null || !items.every(({ state }) => wasSentByEmail(state))) return null;
  return async () => {
    const answer = await call('outbox.removeSent', { ref: create.ref });
    if (answer.ok) goBack();
    else announce(callFaultLine(answer.fault, t), { tone: 'danger' });
  };
}
