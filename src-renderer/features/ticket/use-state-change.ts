import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketKey } from '@shared/domain/route';
import type { StateChange } from '@shared/domain/ticket';
import { call } from '../../stores/calls';
import { callFaultLine } from '../../stores/fault-words';
import { newRef } from '../../stores/new-ref';
import { applyAccepted } from '../../stores/outbox-store';
import { useAnnounce } from '../../ui/Toast';

/** How long an accepted change may take to show on screen, in milliseconds; until then a press is the same press. */
const SETTLING = 3000;

/** Says something of the ticket as a whole. */
export interface StateChanger {
  /** Resolves with whether it was accepted; says why not. A second call for the same change is the same write. */
  readonly change: (change: StateChange, text: string) => Promise<boolean>;
}

export function useStateChange(key: TicketKey): StateChanger {
  const { t } = useTranslation('common');
  const announce = useAnnounce();
  const running = useRef(new Map<StateChange, Promise<boolean>>());
  const submit = async (change: StateChange, text: string): Promise<boolean> => {
    const answer = await call('outbox.submitState', { id: newRef(), key, change, text });
    if (answer.ok) applyAccepted(answer.value);
    else announce(callFaultLine(answer.fault, t), { tone: 'danger' });
    return answer.ok;
  };
  return {
    change(change, text) {
      const known = running.current.get(change);
      if (known) return known;
      const promise = submit(change, text);
      running.current.set(change, promise);
      void promise.then((isAccepted) => {
        const forget = () => running.current.delete(change);
        if (isAccepted) setTimeout(forget, SETTLING);
        else forget();
      });
      return promise;
    },
  };
}
