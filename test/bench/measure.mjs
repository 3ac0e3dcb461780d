/**
 * Runs inside a desktop session (see bench.mjs). Deskbell and the empty app take turns, so that whatever else the
 * machine does meets both. Each turn is two starts: into the tray (time to the tray; memory with the window never
 * opened) and with the window (time to a usable window; memory with it open and closed again; time to open it again).
 * The first turn of each is thrown away: it fills the caches and the profile.
 */
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { clickTrayMenu, trayItemOf } from '../support/tray.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '7' },
    settle: { type: 'string', default: '3000' },
    json: { type: 'boolean', default: false },
  },
});
const RUNS = Number(values.runs);
/** How long an app is left alone before its memory is read. */
const SETTLE_MS = Number(values.settle);
const TIMEOUT_MS = 20_000;
const ROOT = path.resolve(import.meta.dirname, '../..');

const APPS = {
  empty: { folder: path.join(ROOT, 'test/bench/empty-app'), open: 'Open' },
  deskbell: { folder: ROOT, open: 'Open Deskbell' },
};
/** What is measured: its name in the table and its unit. */
const MEASURES = {
  trayMs: ['start to tray', 'ms'],
  usableMs: ['start to usable window', 'ms'],
  reopenMs: ['opening the window again', 'ms'],
  neverOpenedMB: ['memory, window never opened', 'MB'],
  openMB: ['memory, window open', 'MB'],
  closedMB: ['memory, window closed again', 'MB'],
};

const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'deskbell-bench-'));

/** A started app: its process, when it was started and the marks it has written. */
function start(app, name, flags) {
  const perfFile = path.join(temporary, `${name}-${Date.now()}.jsonl`);
  const at = Date.now();
  const child = spawn(
    process.env.ELECTRON_EXEC_PATH,
    [
      app.folder,
      ...process.env.BENCH_FLAGS.split(' ').filter(Boolean),
      `--user-data-dir=${path.join(temporary, `${name}-data`)}`,
      ...flags,
    ],
    { env: { ...process.env, DESKBELL_PERF_FILE: perfFile }, stdio: 'ignore' },
  );
  return { child, startedAt: at, marks: () => readMarks(perfFile) };
}

function readMarks(file) {
  if (!fs.existsSync(file)) return [];
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line)); // The last one is empty or still being written.
}

/** Waits for one of the marks, at or after `since`; gives its time. */
async function waitForMark(running, names, since) {
  const deadline = Date.now() + TIMEOUT_MS;
  while (Date.now() < deadline) {
    const found = running.marks().find(({ mark, at }) => names.includes(mark) && at >= since);
    if (found) return found.at;
    if (running.child.exitCode !== null) throw new Error(`The app ended with ${running.child.exitCode}.`);
    await sleep(10);
  }
  throw new Error(`No mark ${names.join(' or ')} within ${TIMEOUT_MS} ms.`);
}

async function stop({ child }) {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(impatience);
}

/** Proportional set size of a process and everything below it, in MB: shared pages count once. */
function memoryOf(pid) {
  return processTree(pid).reduce((sum, process_) => sum + proportionalSetSize(process_), 0) / 1024;
}

function proportionalSetSize(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // It ended meanwhile.
  }
}

function processTree(root) {
  const children = new Map();
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = parentOf(pid);
    children.set(parent, [...(children.get(parent) ?? []), Number(pid)]);
  }
  const below = (pid) => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(root);
}

function parentOf(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

async function inTrayOnly(app, name) {
  const running = start(app, name, ['--hidden']);
  try {
    const trayAt = await waitForMark(running, ['tray'], running.startedAt);
    await sleep(SETTLE_MS);
    return { trayMs: trayAt - running.startedAt, neverOpenedMB: memoryOf(running.child.pid) };
  } finally {
    await stop(running);
  }
}

async function withWindow(app, name) {
  const running = start(app, name, []);
  const { pid } = running.child;
  try {
    const usableAt = await waitForMark(running, ['usable'], running.startedAt);
    await sleep(SETTLE_MS);
    const openMB = memoryOf(pid);
    closeWindow(pid);
    await sleep(SETTLE_MS);
    const closedMB = memoryOf(pid);
    const item = trayItemOf(pid);
    const clickedAt = Date.now();
    clickTrayMenu(item, app.open);
    const reopenedAt = await waitForMark(running, ['reopened'], clickedAt);
    return { usableMs: usableAt - running.startedAt, openMB, closedMB, reopenMs: reopenedAt - clickedAt };
  } finally {
    await stop(running);
  }
}

function closeWindow(pid) {
  const found = execFileSync('xdotool', ['search', '--onlyvisible', '--pid', String(pid)], {
    encoding: 'utf8',
  });
  for (const window of found.split('\n').filter(Boolean)) execFileSync('wmctrl', ['-i', '-c', window]);
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function measureAll() {
  const samples = Object.fromEntries(Object.keys(APPS).map((name) => [name, []]));
  for (let run = 0; run <= RUNS; run++) {
    for (const [name, app] of Object.entries(APPS)) {
      const sample = { ...(await inTrayOnly(app, name)), ...(await withWindow(app, name)) };
      if (run > 0) samples[name].push(sample);
    }
    console.error(run === 0 ? 'warmed up' : `run ${run} of ${RUNS}`);
  }
  return samples;
}

function summarise(samples) {
  return Object.entries(MEASURES).map(([key, [name, unit]]) => {
    const values_ = (app) => samples[app].map((sample) => sample[key]);
    const [empty, deskbell] = [median(values_('empty')), median(values_('deskbell'))];
    const range = (app) => [Math.min(...values_(app)), Math.max(...values_(app))];
    return {
      key,
      name,
      unit,
      empty,
      deskbell,
      ratio: deskbell / empty,
      ranges: { empty: range('empty'), deskbell: range('deskbell') },
    };
  });
}

function printTable(rows) {
  const cell = (row, app) => {
    const [low, high] = row.ranges[app].map(Math.round);
    return `${Math.round(row[app])} (${low}-${high})`;
  };
  const table = [
    ['median (range)', 'empty app', 'Deskbell', 'ratio'],
    ...rows.map((row) => [
      `${row.name}, ${row.unit}`,
      cell(row, 'empty'),
      cell(row, 'deskbell'),
      row.ratio.toFixed(2),
    ]),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)));
  for (const line of table) {
    console.log(
      line.map((text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i]))).join('  '),
    );
  }
  console.log(`${RUNS} runs each, taking turns; memory is the proportional set size of all processes.`);
  console.log(process.env.BENCH_RUNTIME);
}

try {
  const rows = summarise(await measureAll());
  if (values.json)
    console.log(
      JSON.stringify({ runtime: process.env.BENCH_RUNTIME, runs: RUNS, settleMs: SETTLE_MS, rows }, null, 2),
    );
  else printTable(rows);
} finally {
  fs.rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
}
