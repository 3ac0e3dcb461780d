import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, IconButton } from './Button';
import { useUi } from './environment';
import './Toast.css';

export interface ToastOptions {
  readonly tone?: 'info' | 'good' | 'danger';
  /** One way to go on, e.g. "Undo". */
  readonly action?: { readonly label: string; readonly onPress: () => void };
  /** Only for screen readers: the screen shows it already. */
  readonly isSilent?: boolean;
}

interface Shown extends ToastOptions {
  readonly id: number;
  readonly text: string;
}

const AnnounceContext = createContext<((text: string, options?: ToastOptions) => void) | null>(null);
const STAY_MS = 6000;
/** At most this many at once; the oldest goes first. */
const MAX_SHOWN = 3;
const ICONS = { info: Info, good: CircleCheck, danger: CircleAlert };

/** Says something that just happened: a line at the foot of the window and in the live region. Gone after 6 s. */
export function useAnnounce(): (text: string, options?: ToastOptions) => void {
  const announce = useContext(AnnounceContext);
  if (announce === null) throw new Error('ToastProvider is missing');
  return announce;
}

/** Holds the live region and the toasts of everything inside it. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const counter = useRef(0);
  const announce = useCallback((text: string, options: ToastOptions = {}) => {
    counter.current += 1;
    const toast = { ...options, id: counter.current, text };
    setShown((before) => [...before, toast].slice(-MAX_SHOWN));
  }, []);
  const remove = useCallback(
    (id: number) => setShown((before) => before.filter((toast) => toast.id !== id)),
    [],
  );
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="ui-toasts" role="status" aria-live="polite" aria-relevant="additions">
        {shown.map((toast) => (
          <Toast key={toast.id} toast={toast} onGone={remove} />
        ))}
      </div>
    </AnnounceContext>
  );
}

function Toast({ toast, onGone }: { readonly toast: Shown; readonly onGone: (id: number) => void }) {
  const { texts } = useUi();
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => onGone(toast.id), STAY_MS);
    return () => clearTimeout(timer);
  }, [isHeld, onGone, toast.id]);
  if (toast.isSilent === true) return <p className="ui-visually-hidden">{toast.text}</p>;
  const Icon = ICONS[toast.tone ?? 'info'];
  return (
    <div
      className="ui-toast"
      data-tone={toast.tone ?? 'info'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon aria-hidden size={18} strokeWidth={1.75} />
      <p>{toast.text}</p>
      {toast.action && (
        <Button size="small" onPress={() => (toast.action?.onPress(), onGone(toast.id))}>
          {toast.action.label}
        </Button>
      )}
      <IconButton icon={X} size="small" label={texts.dismiss} onPress={() => onGone(toast.id)} />
    </div>
  );
}
