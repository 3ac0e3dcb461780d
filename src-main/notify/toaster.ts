/** One OS notification as it should be. Plain text; the toaster escapes what its system would read as markup. */
export interface Toast {
  readonly title: string;
  readonly body: string;
  /** Stays until dealt with, where the system can. */
  readonly urgent: boolean;
  /** The word on the button, where the system shows buttons; it does what a click does. */
  readonly action: string;
}

/** What became of a notification. */
export type ToastOutcome =
  | { readonly kind: 'shown' }
  | { readonly kind: 'failed'; readonly reason: 'unsupported' | 'refused' | 'timedOut' | 'error' };

/** Shows notifications of the operating system. Never throws. */
export interface Toaster {
  /** Resolves when the system took it (or did not). `onClick` comes later, at most once, or never. */
  show(toast: Toast, onClick: () => void): Promise<ToastOutcome>;
  /** Lets go of everything; notifications on screen may stay. */
  close(): void;
}
