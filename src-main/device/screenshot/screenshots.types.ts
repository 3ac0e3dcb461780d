import type { Screenshot } from '@shared/domain/screenshot';

/** A display or window as it looked when the countdown ended. Lives in memory only. */
export interface ScreenSource {
  readonly id: string;
  readonly kind: 'display' | 'window';
  /** As the user knows it; may be empty. */
  readonly name: string;
  /** The pixels, alpha last; empty for a picture without any. */
  pixels(): Uint8Array;
  /** The picture in its true size, as far as the system tells. */
  png(): Promise<Uint8Array<ArrayBuffer>>;
  /** A small JPEG for choosing. */
  thumbnail(): Uint8Array;
}

/** The screens of this machine. */
export interface Screens {
  /**
   * What the system says about pictures of the screen. `asks`: it will ask the user by itself; `noPortal`: it would,
   * but that part of it is missing.
   */
  permission(): Promise<'granted' | 'denied' | 'asks' | 'noPortal'>;
  /** The desktop shows a dialog of its own in which the user picks (Wayland's portal): ours is left out. */
  readonly picksItself: boolean;
  /** Takes all pictures now. Rejects if the system fails. */
  sources(): Promise<readonly ScreenSource[]>;
}

/** What the user sees of a capture; shown by main, out of the reach of the window's page. */
export interface CaptureSurface {
  /** Counts down on screen, then takes itself away. */
  countdown(seconds: number): Promise<'over' | 'cancelled'>;
  /** Lets the user choose; `null`: not after all. */
  choose(sources: readonly ScreenSource[]): Promise<ScreenSource | null>;
  /** Takes away whatever is shown and forgets every picture. */
  close(): void;
}

/** Deskbell's own window, as far as a capture needs it. */
export interface HostWindow {
  isVisible(): boolean;
  /** Visible and with the focus: somebody is at it. */
  isInUse(): boolean;
  hide(): void;
  show(): void;
  /** Shows the window with the picture that waits. */
  showPicture(): void;
}

/** Takes pictures of the screen, one at a time, each only with the user's eyes on it. */
export interface Screenshots {
  /** Asked for in the window, which must be in use. Deskbell hides, and comes back with the answer. */
  fromWindow(): Promise<Screenshot>;
  /** Asked for from the tray or with the shortcut. The answer waits for `collect`. */
  fromOutside(): Promise<void>;
  /** The answer that waits; main forgets it with this. `cancelled` if there is none. */
  collect(): Screenshot;
}
