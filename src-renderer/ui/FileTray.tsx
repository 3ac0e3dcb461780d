import { FileChip } from './FileChip';
import { Notice } from './Notice';
import './FileTray.css';

export interface TrayFile {
  readonly sha256: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

export interface FileTrayProps<File extends TrayFile> {
  /** The accessible name of the list. */
  readonly label: string;
  readonly files: readonly File[];
  /** Names of files being taken over, and the word for that. */
  readonly adding: readonly string[];
  readonly addingNote: string;
  /** Files that cannot go along, in words. */
  readonly refused: readonly { readonly key: number; readonly title: string; readonly text: string }[];
  readonly onRemove: (file: File) => void;
  readonly onForget: (key: number) => void;
}

/** The files that go along, those being taken, and a word for each that cannot. Nothing where there is none. */
export function FileTray<File extends TrayFile>(props: FileTrayProps<File>) {
  const { label, files, adding, addingNote, refused, onRemove, onForget } = props;
  return (
    <>
      {files.length + adding.length > 0 && (
        <ul className="ui-tray" aria-label={label}>
          {files.map((file) => (
            <li key={`${file.sha256} ${file.name}`}>
              <FileChip name={file.name} type={file.type} size={file.size} onRemove={() => onRemove(file)} />
            </li>
          ))}
          {adding.map((name, index) => (
            <li key={`adding ${index}`}>
              <FileChip name={name} type="" size={0} isPending note={addingNote} />
            </li>
          ))}
        </ul>
      )}
      {refused.map(({ key, title, text }) => (
        <Notice key={key} tone="warning" live="polite" title={title} onDismiss={() => onForget(key)}>
          {text}
        </Notice>
      ))}
    </>
  );
}
