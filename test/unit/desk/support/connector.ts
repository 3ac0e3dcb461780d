import {
  createBoardApiConnector,
  type BoardApiOptions,
} from '../../../../src-main/desk/board-api/board-api-connector';
import { createClock } from '../../../../src-main/platform/clock';
import type { Log } from '../../../../src-main/platform/types';
import { emptyIntake } from '@shared/domain/intake';
import type { TicketCreation } from '../../../../src-main/desk/connector';

/** A log that keeps nothing. */
export const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A ref for tests. */
export const REF = '01890a5d-ac96-774b-bcce-b302099a8057';

/** A ticket worth filing. */
export const PROBLEM: TicketCreation = {
  summary: 'The printer eats the labels',
  intake: { ...emptyIntake({ name: 'Ada', phone: '1', email: '' }), problem: 'The printer eats the labels.' },
  files: [],
};

/** A connector with short time-outs, signed in. */
export const connect = (baseUrl: string, more: Partial<BoardApiOptions> = {}) =>
  createBoardApiConnector({
    baseUrl,
    accessToken: async () => 'a-token-for-tests',
    clock: createClock(),
    log: quiet,
    random: () => 0.5,
    timeouts: { connect: 400, silence: 300, overall: 3_000 },
    ...more,
  });
