import { useTranslation } from 'react-i18next';
import { useApp } from '../../stores/app-store';
import { useScreenshot, type Refusal } from '../../stores/screenshot';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { useUi } from '../../ui/environment';
import { Editor } from './Editor';

/** Above whatever is open: the picture to look at, or why none came. */
export function ScreenshotHost() {
  const review = useScreenshot((state) => state.review);
  const refusal = useScreenshot((state) => state.refusal);
  return (
    <>
      {review !== null && <Editor key={review.key} review={review} />}
      {refusal !== null && <RefusalDialog refusal={refusal} />}
    </>
  );
}

function RefusalDialog({ refusal }: { readonly refusal: Refusal }) {
  const { t } = useTranslation('screenshot');
  const { texts } = useUi();
  const { platform } = useApp();
  const { reason, answer } = refusal;
  const text = reason === 'permission' ? t(`refused.permission.${platform}`) : t(`refused.${reason}.text`);
  return (
    <Dialog
      isOpen
      onClose={() => answer(false)}
      title={t(`refused.${reason}.title`)}
      actions={
        <>
          <Button onPress={() => answer(false)}>{texts.close}</Button>
          {reason !== 'tooOften' && (
            <Button tone="primary" autoFocus onPress={() => answer(true)}>
              {t('refused.again')}
            </Button>
          )}
        </>
      }
    >
      <p>{text}</p>
      {reason !== 'tooOften' && <p>{t('refused.instead')}</p>}
    </Dialog>
  );
}
