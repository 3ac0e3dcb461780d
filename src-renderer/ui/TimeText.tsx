import { useNow, useUi } from './environment';

export interface TimeTextProps {
  /** UTC instant. */
  readonly at: string;
  /** `age`: "12 min"; `when`: "today 9:42". */
  readonly form?: 'age' | 'when';
}

/** A time as people say it; the exact one shows on hover. Stays right while the window is open. */
export function TimeText({ at, form = 'when' }: TimeTextProps) {
  const { time } = useUi();
  const now = useNow();
  return (
    <time dateTime={at} title={time.exact(at)}>
      {time[form](at, now)}
    </time>
  );
}
