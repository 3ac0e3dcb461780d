import { File, FileImage, FileText, X } from 'lucide-react';
import { IconButton } from './Button';
import { useUi } from './environment';
import { formatBytes } from './format';
import './FileChip.css';

export interface FileChipProps {
  readonly name: string;
  /** Media type, for the icon. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly onOpen?: () => void;
  readonly onRemove?: () => void;
  /** Busy opening, saving or being taken over. */
  readonly isPending?: boolean;
  /** Sent so far, 0 to 1. */
  readonly progress?: number;
  /** Instead of the size, e.g. what is wrong with the file. */
  readonly note?: string;
}

/** A file that goes along or came along. */
export function FileChip(props: FileChipProps) {
  const { name, type, size, onOpen, onRemove, isPending = false, progress, note } = props;
  const { texts, locale } = useUi();
  const detail = note ?? formatBytes(size, locale);
  const words = (
    <>
      <FileIcon type={type} />
      <span className="ui-file__words">
        <span className="ui-file__name ui-one-line" dir="auto" title={name}>
          {name}
        </span>{' '}
        <span className="ui-file__size" data-numeric>
          {detail}
        </span>
      </span>
    </>
  );
  return (
    <span className="ui-file" data-pending={isPending || undefined}>
      {onOpen ? (
        <button
          type="button"
          className="ui-file__open"
          aria-label={`${texts.openFile(name)} ${detail}`}
          aria-busy={isPending}
          onClick={() => !isPending && onOpen()}
        >
          {words}
        </button>
      ) : (
        <span className="ui-file__open">{words}</span>
      )}
      {onRemove && <IconButton icon={X} size="small" label={texts.removeFile(name)} onPress={onRemove} />}
      {progress !== undefined && (
        <progress className="ui-file__progress" max={1} value={progress} aria-label={name} />
      )}
    </span>
  );
}

function FileIcon({ type }: { readonly type: string }) {
  const look = { 'aria-hidden': true, size: 18, strokeWidth: 1.75 } as const;
  if (type.startsWith('image/')) return <FileImage {...look} />;
  if (type.startsWith('text/') || type === 'application/pdf') return <FileText {...look} />;
  return <File {...look} />;
}
