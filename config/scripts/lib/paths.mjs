import path from 'node:path';

/** The folder of the whole project. */
export const ROOT = path.resolve(import.meta.dirname, '../../..');
/** @param {string[]} parts */
export const inRoot = (...parts) => path.join(ROOT, ...parts);
/** What tests leave: reports, pictures, traces. */
export const RESULTS = inRoot('test-results');
