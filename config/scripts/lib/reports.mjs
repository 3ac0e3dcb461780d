import fs from 'node:fs';
import path from 'node:path';
import { inRoot, ROOT } from './paths.mjs';

/**
 * What a test run really did, read from the runner's JSON report.
 * @typedef {object} TestOutcome
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} skipped  names of tests that did not run
 * @property {string[]} files    test files that were collected, relative to the project
 * @property {string[]} problems what else went wrong, such as a file that could not be loaded
 * @property {string[]} [notes]  what is worth knowing though nothing failed
 */

/**
 * @param {string} file vitest's JSON report
 * @returns {TestOutcome}
 */
export function readVitestReport(file) {
  const report = readReport(file);
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const count = (status) => results.filter((result) => result.status === status).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: results
      .filter(({ status }) => !['passed', 'failed'].includes(status))
      .map(({ fullName }) => fullName),
    files: report.testResults.map(({ name }) => relative(name)),
    problems: report.testResults
      .filter(({ status, assertionResults }) => status === 'failed' && !hasFailure(assertionResults))
      .map(({ name, message }) => `${relative(name)}: ${message}`),
  };
}

const hasFailure = (results) => results.some(({ status }) => status === 'failed');

/**
 * @param {string} file Playwright's JSON report
 * @returns {TestOutcome}
 */
export function readPlaywrightReport(file) {
  const report = readReport(file);
  const specs = report.suites.flatMap(specsOf);
  const tests = specs.flatMap((spec) =>
    spec.tests.map((test) => ({ title: spec.title, status: wasCrash(test) ? 'crashed' : test.status })),
  );
  const count = (status) => tests.filter((test) => test.status === status).length;
  return {
    passed: count('expected') + count('crashed'),
    failed: count('unexpected') + count('flaky'),
    skipped: tests.filter(({ status }) => status === 'skipped').map(({ title }) => title),
    files: [...new Set(specs.map((spec) => relative(path.resolve(report.config.rootDir, spec.file))))],
    problems: report.errors.map(({ message }) => message),
    notes: tests
      .filter(({ status }) => status === 'crashed')
      .map(({ title }) => `the runtime crashed once in: ${title}`),
  };
}

/**
 * Electron's own process ended in the middle (a native crash of the runtime), and the second try passed. Every other
 * test that passes at the second try only counts as failed.
 */
const wasCrash = ({ status, results }) =>
  status === 'flaky' &&
  results
    .filter((result) => result.status !== 'passed')
    .every(({ errors }) => errors.some(({ message }) => /browser has been closed/.test(message ?? '')));

const specsOf = (suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];

function readReport(file) {
  if (!fs.existsSync(file)) throw new Error(`The test run left no report (${relative(file)}).`);
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

const relative = (file) => path.relative(ROOT, file).split(path.sep).join('/');

/**
 * Files that look like tests but that no runner collected, so that nobody believes in a test that never runs.
 * @param {string[]} collected files of all runs together, relative to the project
 * @param {string} [root]
 */
export function uncollectedTests(collected, root = ROOT) {
  const known = new Set(collected);
  return ['test', 'src-main', 'src-renderer', 'src-shared', 'config']
    .flatMap((folder) => filesBelow(root, folder))
    .filter((file) => /\.(test|spec)\.\w+$/.test(file) && !known.has(file));
}

function filesBelow(root, folder) {
  if (!fs.existsSync(path.join(root, folder))) return [];
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}

/** Where the reports of a run are. */
export const UNIT_REPORT = inRoot('test-results/unit.json');
export const E2E_REPORT = inRoot('test-results/e2e.json');
