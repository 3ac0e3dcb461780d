const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** How often is looked whether npm is still there, in milliseconds. */
const LOOK_MS = 500;

/**
 * Ends with `child` and with its status. A signal is passed on to it. npm passes one to the shell between it and this
 * program only: when that is gone, `child` is ended, too, and nothing is left behind.
 * @param {import('node:child_process').ChildProcess} child
 */
export function endWith(child) {
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(look);
    child.kill('SIGTERM');
  }, LOOK_MS);
}
