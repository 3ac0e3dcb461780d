import { MAX_FILE_BYTES, MAX_FILES, type FileProblem } from './attachment';
import type { DeskFault } from './fault';
import { assertNever } from './result';
import { minutesUntil, type Moment } from './time-words';

type DeskFaultName =
  | `offline.${Extract<DeskFault, { kind: 'offline' }>['cause']}`
  | `conflict.${Extract<DeskFault, { kind: 'conflict' }>['reason']}`
  | 'ambiguous'
  | 'authExpired'
  | 'rejected'
  | 'throttled'
  | 'serverFault';

/** What went wrong, in `common.json`: `title` says what happened, `text` what it means and what to do. */
export interface FaultWords<Prefix extends string> {
  readonly title: `${Prefix}.title`;
  readonly text: `${Prefix}.text`;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A fault between Deskbell and a service board. */
export type DeskFaultWords = FaultWords<`deskFault.${DeskFaultName}`>;
/** A file that cannot go along. */
export type FileProblemWords = FaultWords<`file.${FileProblem}`>;

/** Words for a fault of the service board. `now` is needed for "in about 3 minutes". */
export function deskFaultWords(fault: DeskFault, now: Moment): DeskFaultWords {
  switch (fault.kind) {
    case 'offline':
      return deskFault(`offline.${fault.cause}`);
    case 'conflict':
      return deskFault(`conflict.${fault.reason}`);
    case 'throttled':
      return deskFault('throttled', { count: minutesUntil(fault.until, now) });
    case 'ambiguous':
    case 'authExpired':
    case 'rejected':
    case 'serverFault':
      return deskFault(fault.kind);
    default:
      return assertNever(fault);
  }
}

/** Words for a file that cannot go along; `name` as the user knows it. */
export const fileProblemWords = (problem: FileProblem, name: string): FileProblemWords => ({
  title: `file.${problem}.title`,
  text: `file.${problem}.text`,
  params: { name, megabytes: Math.floor(MAX_FILE_BYTES / 1024 / 1024), count: MAX_FILES },
});

const deskFault = (name: DeskFaultName, params: DeskFaultWords['params'] = {}): DeskFaultWords => ({
  title: `deskFault.${name}.title`,
  text: `deskFault.${name}.text`,
  params,
});
