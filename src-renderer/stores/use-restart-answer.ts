import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RestartAnswer } from '@shared/domain/restart';
import { useAppStore } from './app-store';
import { callFaultLine } from './fault-words';
import { navigate } from './navigation';
import { answerRestart } from './restart';

/** Says something that just happened. */
type Announce = (text: string, options?: { readonly tone: 'good' | 'danger' }) => void;

/**
 * Answers the question about a restart: solved leads to the list with a word of success, not solved to the draft, which
 * says so by then. `pending` is the answer on its way.
 */
export function useRestartAnswer(announce: Announce) {
  const { t } = useTranslation(['device', 'common']);
  const { t: common } = useTranslation('common');
  const [pending, setPending] = useState<RestartAnswer | null>(null);
  const answer = async (said: RestartAnswer, draftId: string) => {
    const solved = (useAppStore.getState().app?.restart?.solved ?? 0) + 1;
    setPending(said);
    const told = await answerRestart(said);
    setPending(null);
    if (!told.ok) return announce(callFaultLine(told.fault, common), { tone: 'danger' });
    if (said === 'fixed') {
      navigate({ screen: 'tickets' }, { replace: true });
      announce(t('device:restart.fixedCount', { count: solved }), { tone: 'good' });
    } else if (said === 'notFixed') {
      navigate({ screen: 'newTicket', draftId }, { replace: true });
      announce(t('device:restart.notFixed'));
    }
  };
  return { pending, answer };
}
