import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClock } from '../../../src-main/platform/clock';
import { createIds } from '../../../src-main/platform/ids';
import { createLog } from '../../../src-main/platform/log';
import { createPerf } from '../../../src-main/platform/perf';
import { redactError, redactFields, redactText } from '../../../src-main/platform/redact';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskbell-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const lines = (name = 'deskbell.log'): string => readFileSync(path.join(folder, name), 'utf8');

describe('redaction', () => {
  it.each([
    ['write to jörg@example.com', 'write to [address]'],
    ['call +1 (616) 555-0140 now', 'call [number] now'],
    ['GET https://user:pw@desk.example.com/v1/tickets?name=Ada', 'GET https://desk.example.com/…'],
    ['Authorization: Bearer abc.def-123', 'Authorization: Bearer [secret]'],
    ['open /home/ada/notes.txt', 'open ~/notes.txt'],
    ['Unexpected token in "My password is 1234"', 'Unexpected token in "…"'],
  ])('of %j', (text, clean) => {
    expect(redactText(text, '/home/ada')).toBe(clean);
  });

  it('lets words of our own through and nothing a person wrote', () => {
    expect(
      redactFields({ kind: 'offline', attempts: 3, summary: 'My printer', token: 'x', at: new Date(0) }),
    ).toEqual({
      kind: 'offline',
      attempts: 3,
      summary: '[text 10]',
      token: '[secret]',
      at: '1970-01-01T00:00:00.000Z',
    });
  });

  it('reaches into what is nested', () => {
    const fields = { item: { write: { kind: 'create', intake: { problem: 'secret words' } } }, ref: 'r' };
    expect(JSON.stringify(redactFields(fields))).not.toContain('secret words');
  });

  it('never lets free text through, whatever its field is called', () => {
    const own =
      /^(kind|cause|reason|ref|lane|id|call|push|channel|state|phase|step|from|to|mark|platform|arch|version|electron|code|syscall|status|method|route|screen|board|connector|backend|outcome|problems|permission|policy|pace|event|type)$/;
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.constant('Ada Lovelace forgot her password'),
        (name, text) => {
          fc.pre(!own.test(name) && name !== '__proto__');
          expect(JSON.stringify(redactFields({ [name]: text }))).not.toContain('Lovelace');
        },
      ),
    );
  });

  it('keeps what helps of an error', () => {
    const error = Object.assign(new TypeError('no "Ada" here'), { code: 'ENOENT', cause: new Error('why') });
    expect(redactError(error)).toMatchObject({
      error: 'TypeError',
      code: 'ENOENT',
      message: 'no "…" here',
      cause: { message: 'why' },
    });
    expect(redactError('a string with secrets')).toEqual({ error: 'string' });
  });
});

describe('the log', () => {
  it('is lines of JSON', async () => {
    const log = createLog({ folder, clock: createClock() });
    log.info('started', { platform: 'linux' });
    log.error('failed', new Error('x'), { ref: 'r' });
    await log.settled();
    const [first, second] = lines()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({ level: 'info', event: 'started', platform: 'linux' });
    expect(second).toMatchObject({ level: 'error', event: 'failed', error: 'Error', ref: 'r' });
  });

  it('begins another file when one is full, and keeps three', async () => {
    const log = createLog({ folder, clock: createClock(), maxBytes: 300 });
    for (let index = 0; index < 30; index += 1) log.info('line', { index });
    await log.settled();
    expect(lines()).toContain('"index":29');
    expect(existsSync(path.join(folder, 'deskbell.1.log'))).toBe(true);
    expect(existsSync(path.join(folder, 'deskbell.2.log'))).toBe(true);
    expect(existsSync(path.join(folder, 'deskbell.3.log'))).toBe(false);
  });

  it('writes its last line before the process can end', () => {
    createLog({ folder, clock: createClock() }).fatal('uncaughtException', new Error('x'));
    expect(lines()).toContain('uncaughtException');
  });

  it('that cannot be written stops nobody', async () => {
    const log = createLog({ folder: path.join(folder, 'deskbell.log\0'), clock: createClock() });
    log.info('x');
    log.fatal('y', new Error('z'));
    await log.settled();
  });
});

describe('the clock', () => {
  it('waits longer than a timer can', () => {
    vi.useFakeTimers();
    try {
      let called = 0;
      const month = 31 * 24 * 3_600_000;
      createClock().after(month, () => (called += 1));
      vi.advanceTimersByTime(month - 1);
      expect(called).toBe(0);
      vi.advanceTimersByTime(1);
      expect(called).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('can be told not to call', () => {
    vi.useFakeTimers();
    try {
      let called = 0;
      createClock().after(10, () => (called += 1))();
      vi.advanceTimersByTime(100);
      expect(called).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

it('identifiers sort by their age', () => {
  const ids = createIds();
  const made = Array.from({ length: 200 }, () => ids.ref());
  expect([...made].sort()).toEqual(made);
  expect(new Set(made).size).toBe(200);
});

it('marks are lines with a name and a time', () => {
  const file = path.join(folder, 'perf.jsonl');
  const mark = createPerf(file);
  mark('main');
  mark('tray');
  const marks = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { mark: string; at: number });
  expect(marks.map(({ mark: name }) => name)).toEqual(['main', 'tray']);
  expect(Math.abs(marks[0]!.at - Date.now())).toBeLessThan(60_000);
});
