import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const stopWithinMs = 5_000;
const logLimitBytes = 10 * 1024 * 1024;

/**
 * One life of one process. It says `{type: 'ready'}` when it serves, and ends by itself when the channel to us closes.
 * @typedef {object} Child
 * @property {number} pid
 * @property {Promise<Record<string, unknown>>} ready rejects when the process ends before
 * @property {Promise<{code: number | null, signal: string | null}>} exited
 * @property {() => Promise<void>} stop
 */

/**
 * @param {{name: string, script: string, environment: Record<string, string>, data: string}} options
 * @returns {Child}
 */
export function startChild({ name, script, environment, data }) {
  const log = openLog(join(data, 'logs'), name);
  // A group of its own: Ctrl-C reaches us alone, and we stop the others in order.
  const child = fork(script, { env: environment, detached: true, stdio: ['ignore', log, 'inherit', 'ipc'] });
  closeSync(log);
  const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const ready = new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message && 'type' in message && message.type === 'ready') resolve(message);
    });
    void exited.then((exit) => reject(new ChildEnded(name, exit)));
  });
  // Whoever waits is told; nobody waiting is no fault of its own.
  ready.catch(() => undefined);
  return { pid: child.pid ?? 0, ready, exited, stop: () => stop(child, exited) };
}

/** The process ended before it was ready. */
export class ChildEnded extends Error {
  /**
   * @param {string} name
   * @param {{code: number | null, signal: string | null}} exit
   */
  constructor(name, exit) {
    super(`the ${name} process ended (${exit.signal ?? `exit ${exit.code}`}) before it was ready`);
    this.exit = exit;
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<unknown>} exited
 */
async function stop(child, exited) {
  if (child.connected) child.send({ type: 'stop' }, () => undefined);
  else child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await exited;
  clearTimeout(force);
}

/**
 * @param {string} folder
 * @param {string} name
 */
function openLog(folder, name) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${name}.log`);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > logLimitBytes) renameSync(file, `${file}.1`);
  const log = openSync(file, 'a', 0o600);
  chmodSync(file, 0o600);
  return log;
}
