import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Draft } from '@shared/domain/draft';
import type { DraftEditor, EditorState } from './draft-editor';

/**
 * Keeps an editor for as long as the component stands and stores what was typed when the window loses the focus, is
 * hidden or closed, or the component goes. Give the component a `key` per draft.
 */
export function useDraftEditor<D extends Draft>(
  make: () => DraftEditor<D>,
): readonly [DraftEditor<D>, EditorState<D>] {
  const [editor] = useState(make);
  useEffect(() => {
    const events = [
      [window, 'blur'],
      [window, 'pagehide'],
      [window, 'beforeunload'],
      [document, 'visibilitychange'],
    ] as const;
    for (const [target, name] of events) target.addEventListener(name, editor.hurry);
    return () => {
      for (const [target, name] of events) target.removeEventListener(name, editor.hurry);
      editor.hurry();
    };
  }, [editor]);
  return [editor, useStore(editor.store)];
}
