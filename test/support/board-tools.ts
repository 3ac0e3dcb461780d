import type { BoardTools } from '../../src-main/desk/board-type';
import { createClock } from '../../src-main/platform/clock';
import { quietLog } from './quiet-log';

/** What every kind of board works with, at the real time and straight to its server. */
export const boardTools = (): BoardTools => ({
  clock: createClock(),
  log: quietLog(),
  random: Math.random,
  userAgent: 'Deskbell/test',
});
