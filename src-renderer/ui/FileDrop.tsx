import { Upload } from 'lucide-react';
import { useEffect, useRef, useState, type DragEvent, type ReactNode, type RefObject } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button, type ButtonProps } from './Button';
import { useUi } from './environment';
import './FileDrop.css';

/** What the user gave: a file, or a folder, which cannot go along and gets an answer of its own. */
export type PickedFile =
  { readonly kind: 'file'; readonly file: File } | { readonly kind: 'folder'; readonly name: string };

export interface FileDropProps {
  readonly onFiles: (picked: readonly PickedFile[]) => void;
  readonly isDisabled?: boolean;
  readonly children: ReactNode;
}

/** Takes dropped files anywhere over its children. For the keyboard put a `FilePickButton` inside. */
export function FileDrop({ onFiles, isDisabled = false, children }: FileDropProps) {
  const { texts } = useUi();
  const [isOver, setOver] = useState(false);
  const depth = useRef(0);
  const accepts = (event: DragEvent) => !isDisabled && event.dataTransfer.types.includes('Files');
  const leave = () => {
    depth.current = 0;
    setOver(false);
  };
  return (
    <div
      className="ui-drop"
      onDragEnter={(event) => {
        if (!accepts(event)) return;
        event.preventDefault();
        depth.current += 1;
        setOver(true);
      }}
      onDragOver={(event) => {
        if (!accepts(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      }}
      onDragLeave={(event) => {
        if (!accepts(event)) return;
        depth.current -= 1;
        if (depth.current <= 0) leave();
      }}
      onDrop={(event) => {
        if (!accepts(event)) return;
        event.preventDefault();
        leave();
        onFiles(pickedFrom(event.dataTransfer));
      }}
    >
      {children}
      {isOver && (
        <div className="ui-drop__veil" aria-hidden>
          <Upload size={22} strokeWidth={1.75} />
          {texts.dropFiles}
        </div>
      )}
    </div>
  );
}

/** Calls `onFiles` for files (and screenshots) pasted into the element or anything inside it. Pasted text is left alone. */
export function usePasteFiles(
  target: RefObject<HTMLElement | null>,
  onFiles: (picked: readonly PickedFile[]) => void,
): void {
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  useEffect(() => {
    const element = target.current;
    if (element === null) return;
    const paste = (event: ClipboardEvent) => {
      const picked = event.clipboardData === null ? [] : pickedFrom(event.clipboardData);
      if (picked.length === 0) return;
      event.preventDefault();
      latest.current(picked);
    };
    element.addEventListener('paste', paste);
    return () => element.removeEventListener('paste', paste);
  }, [target]);
}

export interface FilePickButtonProps extends Omit<ButtonProps, 'onPress'> {
  readonly onFiles: (picked: readonly PickedFile[]) => void;
}

/** Opens the system's file chooser. */
export function FilePickButton({ onFiles, ...button }: FilePickButtonProps) {
  return (
    <FileTrigger
      allowsMultiple
      onSelect={(files) => {
        const picked = [...(files ?? [])].map((file): PickedFile => ({ kind: 'file', file }));
        if (picked.length > 0) onFiles(picked);
      }}
    >
      <Button {...button} />
    </FileTrigger>
  );
}

function pickedFrom(transfer: DataTransfer): PickedFile[] {
  return [...transfer.items]
    .filter((item) => item.kind === 'file')
    .flatMap((item): PickedFile[] => {
      const entry = item.webkitGetAsEntry();
      if (entry?.isDirectory === true) return [{ kind: 'folder', name: entry.name }];
      const file = item.getAsFile();
      return file === null ? [] : [{ kind: 'file', file }];
    });
}
