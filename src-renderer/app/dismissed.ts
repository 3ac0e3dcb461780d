import { useSyncExternalStore } from 'react';

const KEY = 'dismissed-banners';
/** More than this are never open at once; the oldest are forgotten. */
const MAX = 200;
const listeners = new Set<() => void>();
let known: ReadonlySet<string> | null = null;

/** Banners the user has put away for good. Where nothing can be stored they come back with the next window. */
export function useDismissed(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, current);
}

/** Puts a banner away for good. */
export function rememberDismissed(id: string): void {
  known = new Set([...current(), id].slice(-MAX));
  try {
    localStorage.setItem(KEY, JSON.stringify([...known]));
  } catch {
    // Storage may be full or switched off: it stays away for as long as the window lives.
  }
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function current(): ReadonlySet<string> {
  known ??= new Set(stored());
  return known;
}

function stored(): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  } catch {
    // Not readable is the same as nothing dismissed.
    return [];
  }
}
