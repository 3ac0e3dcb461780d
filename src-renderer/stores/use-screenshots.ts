import type { IncomingFile } from './incoming-file';
import { reviewPasted, takeScreenshot, useScreenshot } from './screenshot';

/** How a place that takes files takes pictures of the screen and of the clipboard: each is looked at first. */
export interface Screenshots {
  readonly isTaking: boolean;
  readonly take: () => void;
  /** For whatever was pasted; only the pictures among it are looked at. */
  readonly paste: (picked: readonly IncomingFile[]) => void;
}

/** Hands finished pictures to `addFiles`. */
export function useScreenshots(addFiles: (files: readonly IncomingFile[]) => void): Screenshots {
  const isTaking = useScreenshot((state) => state.isTaking);
  return {
    isTaking,
    take: () =>
      void takeScreenshot().then((file) => {
        if (file !== null) addFiles([{ kind: 'file', file }]);
      }),
    paste: (picked) =>
      void reviewPasted(picked).then((reviewed) => {
        if (reviewed.length > 0) addFiles(reviewed);
      }),
  };
}
