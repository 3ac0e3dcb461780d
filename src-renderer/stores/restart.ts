import { create } from 'zustand';
import type { Envelope } from '@shared/contract';
import type { RestartAnswer, RestartView } from '@shared/domain/restart';
import { useAppStore } from './app-store';
import { call } from './calls';

/** Counts how often main wrote into a draft that may be open: its form is opened afresh then. */
export const useRestartRound = create<{ readonly round: number }>(() => ({ round: 0 }));

/** What main knows of restarts; `null` until it does. */
export const useRestart = (): RestartView | null => useAppStore((state) => state.app?.restart ?? null);

/** Tells main whether the restart helped. */
export async function answerRestart(answer: RestartAnswer): Promise<Envelope<undefined>> {
  const told = await call('restart.answer', { answer });
  if (told.ok && answer === 'notFixed') useRestartRound.setState(({ round }) => ({ round: round + 1 }));
  return told;
}
