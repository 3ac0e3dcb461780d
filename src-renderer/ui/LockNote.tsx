import { LockKeyhole } from 'lucide-react';
import './LockNote.css';

/** Says that something is managed by somebody else, in words, beside what is locked. */
export function LockNote({ id, children }: { readonly id?: string; readonly children: string }) {
  return (
    <p className="ui-lock" {...(id === undefined ? {} : { id })}>
      <LockKeyhole aria-hidden size={14} strokeWidth={1.75} />
      <span dir="auto">{children}</span>
    </p>
  );
}
