import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  readPlaywrightReport,
  readVitestReport,
  uncollectedTests,
} from '../../../config/scripts/lib/reports.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'deskbell-reports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function report(content: object): string {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const assertion = (status: string): object => ({ status, fullName: `a ${status} test` });
const unitFile = (name: string, status: string, assertionResults: object[], message = ''): object => ({
  name: path.resolve(name),
  status,
  assertionResults,
  message,
});

describe("vitest's report", () => {
  it('counts what passed and failed, and names what did not run', () => {
    const statuses = ['passed', 'passed', 'failed', 'skipped', 'todo', 'pending'];
    const file = report({
      testResults: [unitFile('test/unit/a.test.ts', 'failed', statuses.map(assertion))],
    });
    expect(readVitestReport(file)).toEqual({
      passed: 2,
      failed: 1,
      skipped: ['a skipped test', 'a todo test', 'a pending test'],
      files: ['test/unit/a.test.ts'],
      problems: [],
    });
  });

  it('names a file that could not be loaded although no test of it failed', () => {
    const file = report({ testResults: [unitFile('test/unit/a.test.ts', 'failed', [], 'cannot import')] });
    expect(readVitestReport(file).problems).toEqual(['test/unit/a.test.ts: cannot import']);
  });

  it('that is missing is an error, not an empty success', () => {
    expect(() => readVitestReport(path.join(folder, 'none.json'))).toThrow('left no report');
  });
});

describe("Playwright's report", () => {
  it('counts nested tests, takes a flaky one for failed unless the runtime crashed, and names skipped ones', () => {
    const spec = (title: string, status: string, message = 'expected true'): object => ({
      title,
      file: 'e2e/a.spec.ts',
      tests: [
        {
          status,
          results: [
            { status: 'failed', errors: [{ message }] },
            { status: 'passed', errors: [] },
          ],
        },
      ],
    });
    const crash = spec('e', 'flaky', 'evaluate: Target page, context or browser has been closed');
    const inner = { specs: [spec('b', 'unexpected'), spec('c', 'flaky'), spec('d', 'skipped'), crash] };
    const file = report({
      config: { rootDir: path.resolve('test') },
      suites: [{ specs: [spec('a', 'expected')], suites: [inner] }],
      errors: [{ message: 'focused item found' }],
    });
    expect(readPlaywrightReport(file)).toEqual({
      passed: 2,
      failed: 2,
      skipped: ['d'],
      files: ['test/e2e/a.spec.ts'],
      problems: ['focused item found'],
      notes: ['the runtime crashed once in: e'],
    });
  });
});

describe('test files that no runner collected', () => {
  it('are found wherever they are', () => {
    const files = [
      'test/unit/a.test.ts',
      'test/e2e/b.spec.ts',
      'src-main/outbox/c.test.ts',
      'test/d.spec.mjs',
    ];
    for (const file of [...files, 'test/support/app.ts']) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), '');
    }
    expect(uncollectedTests(files, folder)).toEqual([]);
    expect(uncollectedTests(files.slice(0, 2), folder)).toEqual([
      'test/d.spec.mjs',
      'src-main/outbox/c.test.ts',
    ]);
  });
});
