import { create } from 'zustand';
import type { Screenshot, ScreenshotRefusal } from '@shared/domain/screenshot';
import { call } from '../api';
import type { IncomingFile } from './incoming-file';

/** A picture that the user looks at before it goes along. The original lives here and nowhere else. */
export interface Review {
  readonly key: number;
  readonly picture: ImageBitmap;
  /** Where it came from. */
  readonly source: 'screen' | 'clipboard';
  /** Where the finished picture goes: to what is open, or to a new ticket. */
  readonly goesTo: 'open' | 'newTicket';
  /** Ends the review with the finished picture, or `null` for none. The original is gone with it. */
  readonly end: (file: File | null) => void;
}

/** Why no picture came, until the user has read it. */
export interface Refusal {
  readonly reason: ScreenshotRefusal;
  /** The user goes on without, or wants another try. */
  readonly answer: (again: boolean) => void;
}

/** What the window does about pictures of the screen. */
export interface ScreenshotState {
  readonly isTaking: boolean;
  readonly review: Review | null;
  readonly refusal: Refusal | null;
}

export const useScreenshot = create<ScreenshotState>(() => ({
  isTaking: false,
  review: null,
  refusal: null,
}));

let reviews = 0;
let last: Promise<File | null> = Promise.resolve(null);

/**
 * Takes a picture of the screen and has the user look at it: resolves with the finished one, or `null` if there is none
 * (the user has been told why). A call while one is under way is `null` at once.
 */
export async function takeScreenshot(goesTo: Review['goesTo'] = 'open'): Promise<File | null> {
  const { isTaking, review, refusal } = useScreenshot.getState();
  if (isTaking || review !== null || refusal !== null) return null;
  useScreenshot.setState({ isTaking: true });
  const answer = await call('screenshot.capture');
  useScreenshot.setState({ isTaking: false });
  return look(answer.ok ? answer.value : { kind: 'refused', reason: 'failed' }, goesTo);
}

/** As `takeScreenshot`, for the picture that waits since it was taken from the tray or with the shortcut. */
export async function collectScreenshot(): Promise<File | null> {
  const answer = await call('screenshot.collect');
  return look(answer.ok ? answer.value : { kind: 'refused', reason: 'failed' }, 'newTicket');
}

async function look(taken: Screenshot, goesTo: Review['goesTo']): Promise<File | null> {
  switch (taken.kind) {
    case 'taken': {
      const picture = await decode(new Blob([taken.png.slice()], { type: 'image/png' }));
      return picture ? review(picture, 'screen', goesTo) : refused('failed', goesTo);
    }
    case 'cancelled':
      return null;
    case 'refused':
      return refused(taken.reason, goesTo);
  }
}

/** Pictures of these kinds can be looked at first. An animation would lose its movement: it goes as it is. */
const REVIEWED = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/bmp']);

/**
 * What was pasted, with every picture looked at first: finished as the user left it, or left out if they did not want
 * it. What is no picture, or cannot be read as one, stays as it is.
 */
export async function reviewPasted(picked: readonly IncomingFile[]): Promise<readonly IncomingFile[]> {
  const reviewed: IncomingFile[] = [];
  for (const one of picked) {
    const picture = one.kind === 'file' && REVIEWED.has(one.file.type) ? await decode(one.file) : null;
    if (picture === null) {
      reviewed.push(one);
      continue;
    }
    const file = await review(picture, 'clipboard', 'open');
    if (file !== null) reviewed.push({ kind: 'file', file });
  }
  return reviewed;
}

/** One picture at a time: a second one waits until the first is done. */
function review(
  picture: ImageBitmap,
  source: Review['source'],
  goesTo: Review['goesTo'],
): Promise<File | null> {
  const show = (): Promise<File | null> =>
    new Promise((resolve) => {
      const end = (file: File | null): void => {
        useScreenshot.setState({ review: null });
        picture.close();
        resolve(file);
      };
      reviews += 1;
      useScreenshot.setState({ review: { key: reviews, picture, source, goesTo, end } });
    });
  last = last.then(show);
  return last;
}

function refused(reason: ScreenshotRefusal, goesTo: Review['goesTo']): Promise<File | null> {
  return new Promise((resolve) => {
    const answer = (again: boolean): void => {
      useScreenshot.setState({ refusal: null });
      resolve(again ? takeScreenshot(goesTo) : null);
    };
    useScreenshot.setState({ refusal: { reason, answer } });
  });
}

async function decode(blob: Blob): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(blob);
  } catch {
    // Not a picture after all, or one too large for the machine.
    return null;
  }
}
