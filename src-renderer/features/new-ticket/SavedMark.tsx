import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Saving } from '../../stores/draft-editor';
import { Button } from '../../ui/Button';
import { copyText } from '../../ui/copy-text';
import { Notice } from '../../ui/Notice';
import { useAnnounce } from '../../ui/Toast';

/** Says quietly that what was typed is kept. Keeps quiet while it saves: that takes no time worth a word. */
export function SavedMark({ saving }: { readonly saving: Saving }) {
  const { t } = useTranslation('newTicket');
  const isKept = saving.kind === 'saved' || saving.kind === 'saving';
  return (
    <span className="new-ticket__saved" role="status">
      {isKept && (
        <>
          <Check aria-hidden size={15} strokeWidth={1.75} />
          {t('saved')}
        </>
      )}
    </span>
  );
}

/** Says plainly that what is typed is not on disk, and what can be done. */
export function UnsavedWarning(props: {
  readonly saving: Saving;
  readonly text: string;
  readonly onRetry: () => void;
}) {
  const { saving, text, onRetry } = props;
  const { t } = useTranslation('newTicket');
  const announce = useAnnounce();
  if (saving.kind !== 'failed') return null;
  const copy = async () => announce((await copyText(text)) ? t('notSaved.copied') : t('notSaved.copyFailed'));
  return (
    <Notice
      tone="warning"
      live="assertive"
      title={t('notSaved.title')}
      actions={
        <>
          <Button size="small" onPress={onRetry}>
            {t('notSaved.retry')}
          </Button>
          <Button size="small" tone="quiet" onPress={() => void copy()}>
            {t('notSaved.copy')}
          </Button>
        </>
      }
    >
      {t(`notSaved.${saving.cause}`)}
    </Notice>
  );
}
