import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button';
import { copyText } from '../../ui/copy-text';
import { Notice } from '../../ui/Notice';
import { useAnnounce } from '../../ui/Toast';

export interface LeftoverProps {
  readonly text: string;
  readonly onDiscard: () => void;
}

/** What was begun for a ticket that has closed meanwhile: it can no longer go, but it can be copied. */
export function Leftover({ text, onDiscard }: LeftoverProps) {
  const { t } = useTranslation(['ticket', 'common']);
  const announce = useAnnounce();
  const copy = async () => announce(t((await copyText(text)) ? 'common:action.copied' : 'menu.copyFailed'));
  return (
    <Notice
      title={t('closed.leftover')}
      actions={
        <>
          <Button size="small" onPress={() => void copy()}>
            {t('common:action.copy')}
          </Button>
          <Button size="small" tone="quiet" onPress={onDiscard}>
            {t('common:action.discard')}
          </Button>
        </>
      }
    >
      <span className="ticket__leftover" dir="auto">
        {text}
      </span>
    </Notice>
  );
}
