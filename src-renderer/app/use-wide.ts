import { useSyncExternalStore } from 'react';

const WIDE = '(min-width: 760px)';

/** Whether list and ticket stand side by side (from 760 px). */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(WIDE).matches);
}

function subscribe(onChange: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}
