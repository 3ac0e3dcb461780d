import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketDraft } from '@shared/domain/draft';
import type { DraftEditor } from '../../stores/draft-editor';
import { callFaultLine } from '../../stores/fault-words';
import { goBack } from '../../stores/navigation';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/Dialog';
import { useAnnounce } from '../../ui/Toast';

/** Throws the draft away, after asking. */
export function DiscardDraft({ editor }: { readonly editor: DraftEditor<TicketDraft> }) {
  const { t } = useTranslation('newTicket');
  const [isOpen, setOpen] = useState(false);
  const announce = useAnnounce();
  const { t: common } = useTranslation('common');
  const discard = async () => {
    const answer = await editor.discard();
    if (answer.ok) goBack();
    else announce(callFaultLine(answer.fault, common), { tone: 'danger' });
  };
  return (
    <>
      <Button tone="quiet" onPress={() => setOpen(true)}>
        {t('discard.button')}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('discard.title')}
        confirmLabel={t('discard.confirm')}
        cancelLabel={t('discard.cancel')}
        tone="danger"
        onConfirm={discard}
      >
        {t('discard.text')}
      </ConfirmDialog>
    </>
  );
}
