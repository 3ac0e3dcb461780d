import { createContext, useContext, type ReactNode } from 'react';

/** Words the components themselves need; everything else comes in as props. */
export interface UiTexts {
  readonly close: string;
  readonly cancel: string;
  readonly dismiss: string;
  readonly clear: string;
  readonly back: string;
  readonly optional: string;
  /** Said while a button works. */
  readonly pending: string;
  readonly loading: string;
  readonly removeFile: (name: string) => string;
  readonly openFile: (name: string) => string;
  readonly dropFiles: string;
}

/** How times are put into words; the app passes the rules of src-shared/domain/time-words. */
export interface TimeWords {
  /** "now", "12 min", "2 h". */
  readonly age: (at: string, now: Date) => string;
  /** "today 9:42", "yesterday 16:10". */
  readonly when: (at: string, now: Date) => string;
  /** Full date and time, for hover. */
  readonly exact: (at: string) => string;
}

/** What the components know about where they run. */
export interface UiEnvironment {
  readonly locale: string;
  /** Decides the order of a dialog's buttons. */
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly texts: UiTexts;
  readonly time: TimeWords;
}

const EnvironmentContext = createContext<UiEnvironment | null>(null);
const NowContext = createContext<Date | null>(null);

/** Gives the components below their words, locale and the current time (a new `now` refreshes every `TimeText`). */
export function UiProvider(props: {
  readonly environment: UiEnvironment;
  readonly now: Date;
  readonly children: ReactNode;
}) {
  return (
    <EnvironmentContext value={props.environment}>
      <NowContext value={props.now}>{props.children}</NowContext>
    </EnvironmentContext>
  );
}

/** The environment of the components. Throws outside a `UiProvider`. */
export function useUi(): UiEnvironment {
  const environment = useContext(EnvironmentContext);
  if (environment === null) throw new Error('UiProvider is missing');
  return environment;
}

/** The current time, refreshed about twice a minute. */
export function useNow(): Date {
  const now = useContext(NowContext);
  if (now === null) throw new Error('UiProvider is missing');
  return now;
}
