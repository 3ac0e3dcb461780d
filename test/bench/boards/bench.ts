import { PRACTICE } from '../../live/board-api/practice-board';
import type { BoardKind } from '../../live/board';
import { MAILBOX } from '../../live/email/email-board';
import { requestTracker } from '../../live/rt/rt-board';
import { measureActions, type Measured } from './actions';
import { startMeter } from './meter';

const BOARDS: readonly BoardKind[] = [PRACTICE, requestTracker(35_000), MAILBOX];

/** Measures every board and prints what each action costs. Resolves to the exit status. */
export async function main(asJson: boolean): Promise<number> {
  const report: Record<string, readonly Measured[]> = {};
  for (const kind of BOARDS) {
    const board = await kind.start();
    const { port, protocol } = new URL(board.url);
    const meter = await startMeter(Number(port), protocol === 'http:' ? 'http' : 'other');
    const url = `${protocol}//127.0.0.1:${meter.port}`;
    report[kind.name] = await measureActions(board, () => board.connect({ url }), meter);
    await meter.close();
    await board.close();
    if (!asJson) print(kind.name, report[kind.name] ?? []);
  }
  if (asJson) console.log(JSON.stringify(report, null, 2));
  return 0;
}

function print(name: string, rows: readonly Measured[]): void {
  console.log(`\n${name.padEnd(40)}${['calls', '304', 'sent', 'received'].map(right).join('')}`);
  for (const { action, minutes = 1, calls, unchanged, sent, received } of rows) {
    const figures = [calls, unchanged, sent, received].map((figure) => figure / minutes);
    console.log(`${action.padEnd(40)}${figures.map(shown).map(right).join('')}`);
  }
}

const shown = (figure: number): string =>
  Number.isInteger(figure) ? figure.toLocaleString('en') : figure.toFixed(2);
const right = (text: string): string => text.padStart(12);
