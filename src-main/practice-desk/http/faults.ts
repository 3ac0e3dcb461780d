import type { PracticeFault } from '@shared/board-api';

/** The faults that tests switch on (`POST /practice/faults`). They live as long as the desk runs. */
export interface Faults {
  add(fault: PracticeFault): void;
  clear(): void;
  list(): readonly PracticeFault[];
  /** The fault that this request meets, used up by one. The first that matches, in the order they were added. */
  take(method: string, path: string): PracticeFault['fault'] | null;
}

/** No faults at first. */
export function createFaults(): Faults {
  let faults: PracticeFault[] = [];
  return {
    add: (fault) => void faults.push(fault),
    clear: () => void (faults = []),
    list: () => [...faults],
    take(method, path) {
      const met = faults.find((fault) => matches(fault, method, path));
      if (!met) return null;
      if (met.times !== null) faults = faults.flatMap((fault) => (fault === met ? usedUp(fault) : [fault]));
      return met.fault;
    },
  };
}

const usedUp = (fault: PracticeFault): PracticeFault[] =>
  fault.times !== null && fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [];

const matches = (fault: PracticeFault, method: string, path: string): boolean =>
  (fault.method === '*' || fault.method === method) && (fault.path === '*' || path.startsWith(fault.path));
