import { CircleAlert } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp } from '../../stores/app-store';
import { Button } from '../../ui/Button';
import { LockNote } from '../../ui/LockNote';
import { useAnnounce } from '../../ui/Toast';
import { keysOf, record, type Recorded } from './accelerator';

export interface ShortcutFieldProps {
  readonly label: string;
  /** Whether it works: `taken` when another program has it. */
  readonly state: 'off' | 'active' | 'taken' | undefined;
  /** Electron accelerator; `null`: none. */
  readonly value: string | null;
  /** Resolves with whether it was stored. */
  readonly onChange: (value: string | null) => Promise<boolean>;
  /** Who has decided in the user's place, in words. */
  readonly lock?: string | undefined;
}

/** Chooses the global shortcut by pressing it. */
export function ShortcutField({ label, state, value, onChange, lock }: ShortcutFieldProps) {
  const { t } = useTranslation('settings');
  const { platform } = useApp();
  const announce = useAnnounce();
  const [isRecording, setRecording] = useState(false);
  const [problem, setProblem] = useState<Recorded | null>(null);
  const id = useId();
  const change = useRef<HTMLButtonElement>(null);
  const stop = () => {
    setRecording(false);
    setProblem(null);
    requestAnimationFrame(() => change.current?.focus());
  };
  const save = async (next: string | null) => {
    stop();
    if (!(await onChange(next))) return;
    announce(next === null ? t('shortcut.removed') : t('shortcut.saved', { keys: keysOf(next, platform) }), {
      isSilent: true,
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') return stop();
    event.preventDefault();
    event.stopPropagation();
    const recorded = record(event, platform);
    if (recorded.kind === 'cancel') stop();
    else if (recorded.kind === 'accepted') void save(recorded.accelerator);
    else if (recorded.kind !== 'incomplete') setProblem(recorded);
  };
  const keys = value === null ? t('shortcut.none') : keysOf(value, platform);
  const isTaken = !isRecording && value !== null && state === 'taken';
  const error = isTaken ? takenWords(keys) : problemWords(problem);

  function takenWords(taken: string): string {
    return lock === undefined
      ? t('shortcut.taken', { keys: taken })
      : t('shortcut.takenLocked', { keys: taken });
  }

  function problemWords(refused: Recorded | null): string | null {
    const isMac = platform === 'darwin';
    switch (refused?.kind) {
      case undefined:
      case 'incomplete':
      case 'cancel':
      case 'accepted':
        return null;
      case 'reserved':
        return t('shortcut.reserved', { keys: keysOf(refused.accelerator, platform) });
      case 'needsModifier':
        return isMac ? t('shortcut.needsModifierMac') : t('shortcut.needsModifier');
      case 'shiftOnly':
        return t('shortcut.shiftOnly');
      case 'unknown':
        return t('shortcut.unknown');
    }
  }

  return (
    <div className="shortcut" role="group" aria-label={label}>
      <div className="shortcut__row">
        <div className="shortcut__words">
          <span className="ui-switch__label">{label}</span>
          <span id={`${id}-help`} className="ui-field__description">
            {isRecording
              ? platform === 'darwin'
                ? t('shortcut.recordingTextMac')
                : t('shortcut.recordingText')
              : t('shortcut.text')}
          </span>
        </div>
        {isRecording ? (
          <button
            type="button"
            className="shortcut__recorder"
            aria-label={t('shortcut.recording')}
            aria-describedby={`${id}-help`}
            autoFocus
            onKeyDown={onKeyDown}
            onBlur={() => setRecording(false)}
          >
            {t('shortcut.recording')}
          </button>
        ) : (
          <kbd className="shortcut__keys" data-none={value === null || undefined}>
            {keys}
          </kbd>
        )}
      </div>
      <p className="ui-field__error" role="alert" hidden={error === null}>
        <CircleAlert aria-hidden size={16} strokeWidth={1.75} />
        <span>{error}</span>
      </p>
      {lock !== undefined && <LockNote>{lock}</LockNote>}
      {!isRecording && lock === undefined && (
        <div className="shortcut__actions">
          <Button ref={change} size="small" onPress={() => setRecording(true)}>
            {value === null ? t('shortcut.set') : t('shortcut.change')}
          </Button>
          {value !== null && (
            <Button size="small" tone="quiet" onPress={() => void save(null)}>
              {t('shortcut.remove')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
