import { useId, useState, type ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './Button';
import { useUi } from './environment';
import './Dialog.css';

export interface DialogProps {
  readonly isOpen: boolean;
  /** Escape, a press outside, or a button that closes. */
  readonly onClose: () => void;
  readonly title: string;
  readonly children?: ReactNode;
  /** Buttons in reading order: the quiet one first. Turned round where the platform wants it. */
  readonly actions?: ReactNode;
  /** `alertdialog` asks before something is lost; a press outside does not close it. */
  readonly role?: 'dialog' | 'alertdialog';
  /** Widens the dialog for content that needs it (e.g. a picture). */
  readonly size?: 'medium' | 'large';
}

/** Something above the screen that has to be dealt with first. Focus stays inside and returns afterwards. */
export function Dialog(props: DialogProps) {
  const { isOpen, onClose, title, children, actions, role = 'dialog', size = 'medium' } = props;
  const id = useId();
  return (
    <ModalOverlay
      className="ui-dialog__overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === 'dialog'}
    >
      <Modal className="ui-dialog__modal" data-size={size}>
        <AriaDialog className="ui-dialog" role={role} aria-describedby={id}>
          <Heading slot="title" className="ui-dialog__title">
            {title}
          </Heading>
          <div id={id} className="ui-dialog__body">
            {children}
          </div>
          {actions !== undefined && <div className="ui-dialog__actions">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children?: ReactNode;
  readonly confirmLabel: string;
  readonly cancelLabel?: string;
  readonly tone?: 'primary' | 'danger';
  /** The dialog stays open and pending until it resolves, then closes. */
  readonly onConfirm: () => Promise<unknown> | void;
}

/** Asks before something that cannot be taken back. The safe answer has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onClose, title, children, confirmLabel, cancelLabel, tone = 'primary', onConfirm } = props;
  const { texts, platform } = useUi();
  const [isPending, setPending] = useState(false);
  const confirm = async () => {
    setPending(true);
    try {
      await onConfirm();
    } finally {
      setPending(false);
      onClose();
    }
  };
  const cancel = (
    <Button key="cancel" onPress={onClose} isDisabled={isPending} autoFocus>
      {cancelLabel ?? texts.cancel}
    </Button>
  );
  const accept = (
    <Button key="confirm" tone={tone} isPending={isPending} onPress={() => void confirm()}>
      {confirmLabel}
    </Button>
  );
  return (
    <Dialog
      isOpen={isOpen}
      onClose={() => !isPending && onClose()}
      title={title}
      role="alertdialog"
      actions={platform === 'win32' ? [accept, cancel] : [cancel, accept]}
    >
      {children}
    </Dialog>
  );
}
