import { describe, expect, it } from 'vitest';
import type { FileProblem } from '../../../src-shared/domain/attachment';
import type { CallFault } from '../../../src-shared/contract';
import { deskFaultWords, fileProblemWords } from '../../../src-shared/domain/fault-words';
import type { DeskFault } from '../../../src-shared/domain/fault';
import { callFaultWords } from '../../../src-shared/fault-words';
import { createTranslator } from '../../../src-shared/locales';
import common from '../../../src-shared/locales/en/common.json';
import { MONDAY_MORNING } from './builders';

const { t } = createTranslator('en');
const FILE_PROBLEMS: FileProblem[] = [
  'empty',
  'tooLarge',
  'program',
  'folder',
  'unreadable',
  'tooMany',
  'diskFull',
];
const DESK_FAULTS: DeskFault[] = [
  ...(['noNetwork', 'unreachable', 'captivePortal', 'certificate', 'timeout'] as const).map((cause) => ({
    kind: 'offline' as const,
    cause,
  })),
  ...(['stale', 'closed', 'duplicate', 'gone'] as const).map((reason) => ({
    kind: 'conflict' as const,
    reason,
  })),
  { kind: 'ambiguous', cause: 'reset' },
  { kind: 'authExpired' },
  { kind: 'rejected', message: 'no', fields: [] },
  { kind: 'throttled', until: '2026-03-02T14:45:00Z' },
  { kind: 'serverFault', status: 503 },
];
const CALL_FAULTS: CallFault[] = [
  { kind: 'refused' },
  { kind: 'notFound' },
  { kind: 'tooLate' },
  ...(['diskFull', 'noPermission', 'other'] as const).map((cause) => ({ kind: 'notStored' as const, cause })),
  ...(['empty', 'tooLong', 'notValid'] as const).map((problem) => ({
    kind: 'invalid' as const,
    problems: [{ field: 'problem', problem }],
  })),
  ...(['offline', 'signedOut', 'failed'] as const).map((fault) => ({ kind: 'desk' as const, fault })),
  { kind: 'notConnected' },
  { kind: 'serviceHold' },
  { kind: 'internal', id: 'a1b2' },
];

/** The names of all faults that have words, e.g. `offline.noNetwork`. */
const named = (texts: object, prefix = ''): string[] =>
  Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value !== 'object' || value === null
      ? []
      : 'title' in value
        ? [`${prefix}${key}`]
        : named(value, `${prefix}${key}.`),
  );
const said = (words: { title: string }) => words.title.replace(/^[^.]+\./, '').replace(/\.title$/, '');

describe('words for faults', () => {
  it('of the service board: each has some, and none is left over', () => {
    const words = DESK_FAULTS.map((fault) => deskFaultWords(fault, MONDAY_MORNING));
    for (const { title, text, params } of words)
      expect(`${t(title, params)} ${t(text, params)}`).toMatch(/^\S.+\.$/);
    expect(words.map(said).sort()).toEqual(named(common.deskFault).sort());
  });

  it('of files: each names the file, and none is left over', () => {
    const words = FILE_PROBLEMS.map((problem) => fileProblemWords(problem, 'scan.png'));
    for (const { title, text, params } of words)
      expect(`${t(title, params)} ${t(text, params)}`).toContain('scan.png');
    expect(words.map(said).sort()).toEqual(named(common.file).sort());
  });

  it('of calls: each has some, and none is left over', () => {
    const words = CALL_FAULTS.map(callFaultWords);
    for (const { title, text, params } of words)
      expect(`${t(title, params)} ${t(text, params)}`).toMatch(/^\S.+\.$/);
    expect(words.map(said).sort()).toEqual(named(common.callFault).sort());
    expect(callFaultWords({ kind: 'file', problem: 'folder', name: 'x' })).toEqual(
      fileProblemWords('folder', 'x'),
    );
  });

  it('say limits, times and marks', () => {
    const tooLarge = fileProblemWords('tooLarge', 'film.mov');
    expect(t(tooLarge.text, tooLarge.params)).toContain('up to 25 MB');
    const busy = deskFaultWords({ kind: 'throttled', until: '2026-03-02T14:45:00Z' }, MONDAY_MORNING);
    expect(t(busy.text, busy.params)).toContain('in about 3 minutes');
    const internal = callFaultWords({ kind: 'internal', id: 'a1b2' });
    expect(t(internal.text, internal.params)).toContain('a1b2');
  });
});
