import { joinLeaveNotice, type JoinLeaveNotice } from '@shared/domain/join-leave';
import { useApp } from '../../stores/app-store';
import { useNow } from '../../ui/environment';

/** How much time the chosen day leaves to prepare; `fine` while there is none. */
export function useNotice(kind: 'joining' | 'leaving', day: string | null): JoinLeaveNotice {
  const app = useApp();
  const now = useNow();
  if (day === null) return 'fine';
  return joinLeaveNotice(kind, day, now, app.agreement?.hours ?? null, app.timeZone);
}
