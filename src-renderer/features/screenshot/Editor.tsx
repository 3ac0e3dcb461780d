import { Paperclip, Redo2, Undo2 } from 'lucide-react';
import { useReducer, useRef, useState, type KeyboardEvent } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import type { Review } from '../../stores/screenshot';
import { Button, IconButton } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/Dialog';
import { useAnnounce } from '../../ui/Toast';
import { isTouched, startHistory, takeStep } from './drawing';
import type { Encoded } from './encode';
import { finish } from './finish';
import { MarkList } from './MarkList';
import { Stage } from './Stage';
import { Toolbar, type Tool } from './Toolbar';
import './screenshot.css';

/** A picture to crop, draw on and hide parts of, over the whole window. Nothing of it leaves before *Attach*. */
export function Editor({ review }: { readonly review: Review }) {
  const { t } = useTranslation('screenshot');
  const announce = useAnnounce();
  const { picture } = review;
  const [history, step] = useReducer(
    takeStep,
    { width: picture.width, height: picture.height },
    startHistory,
  );
  const [tool, setTool] = useState<Tool>('redaction');
  const [isAsking, setAsking] = useState(false);
  const [isFinishing, setFinishing] = useState(false);
  const stage = useRef<HTMLDivElement>(null);

  const cancel = () => (isTouched(history) ? setAsking(true) : review.end(null));
  const attach = async () => {
    setFinishing(true);
    const finished = await finish(picture, history.present);
    setFinishing(false);
    if (!finished.ok) return announce(t('notAttached'), { tone: 'danger' });
    tellIfSmaller(finished.value);
    review.end(fileOf(finished.value, t('fileName', { time: timeForName(new Date()) })));
  };
  const tellIfSmaller = ({ type, scale }: Encoded) => {
    if (type === 'image/png') return;
    announce(scale === 1 ? t('smaller.jpeg') : t('smaller.scaled', { percent: scale * 100 }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const kind = key === 'z' ? (event.shiftKey ? 'redo' : 'undo') : key === 'y' ? 'redo' : null;
    if (kind !== null) {
      event.preventDefault();
      step({ kind });
    } else if (key === 'enter' && !event.repeat && !isFinishing) {
      event.preventDefault();
      void attach();
    }
  };

  return (
    <ModalOverlay className="screenshot__overlay" isOpen onOpenChange={(open) => !open && cancel()}>
      <Modal className="screenshot__modal">
        <AriaDialog className="screenshot">
          <div className="screenshot__inside" onKeyDown={onKeyDown}>
            <header className="screenshot__head">
              <div>
                <Heading slot="title" className="screenshot__title">
                  {t('title')}
                </Heading>
                <p className="screenshot__quiet">
                  {review.source === 'clipboard' ? t('textPasted') : t('text')}
                </p>
              </div>
            </header>
            <div className="screenshot__bar">
              <Toolbar tool={tool} onChange={setTool} />
              <div className="screenshot__steps">
                <IconButton
                  icon={Undo2}
                  label={t('undo')}
                  isDisabled={history.past.length === 0}
                  aria-keyshortcuts="Control+Z Meta+Z"
                  onPress={() => step({ kind: 'undo' })}
                />
                <IconButton
                  icon={Redo2}
                  label={t('redo')}
                  isDisabled={history.future.length === 0}
                  aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z Control+Y"
                  onPress={() => step({ kind: 'redo' })}
                />
              </div>
            </div>
            <div className="screenshot__work">
              <Stage picture={picture} drawing={history.present} tool={tool} step={step} stageRef={stage} />
              <MarkList drawing={history.present} tool={tool} step={step} stage={stage} />
            </div>
            <footer className="screenshot__foot">
              <p className="screenshot__quiet">{t('hideNote')}</p>
              <Button onPress={cancel}>{t('cancel')}</Button>
              <Button
                tone="primary"
                icon={Paperclip}
                isPending={isFinishing}
                aria-keyshortcuts="Control+Enter Meta+Enter"
                onPress={() => void attach()}
              >
                {review.goesTo === 'newTicket' ? t('attachTo') : t('attach')}
              </Button>
            </footer>
          </div>
        </AriaDialog>
      </Modal>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('discard.title')}
        confirmLabel={t('discard.confirm')}
        cancelLabel={t('discard.keep')}
        tone="danger"
        onConfirm={() => review.end(null)}
      >
        {t('discard.text')}
      </ConfirmDialog>
    </ModalOverlay>
  );
}

const fileOf = ({ bytes, type }: Encoded, name: string): File =>
  new File([bytes], `${name}.${type === 'image/png' ? 'png' : 'jpg'}`, { type });

/** The time of day as it can stand in a file's name. */
const timeForName = (at: Date): string => at.toTimeString().slice(0, 8).replaceAll(':', '.');
