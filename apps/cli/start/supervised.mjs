import { startChild } from './child.mjs';
import { say } from './say.mjs';

const firstPauseMs = 100;
const longestPauseMs = 5_000;
const forgivenAfterMs = 30_000;

/**
 * A process that is started again, after growing pauses, when it ends unasked.
 * @typedef {object} Supervised
 * @property {() => number} pid
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a process and resolves once it is ready. Only a process that was ready once is started again.
 * @param {{name: string, script: string, environment: Record<string, string>, data: string}} options
 * @param {() => void} onChange called when another process has taken the place
 * @returns {{supervised: Supervised, ready: Promise<Record<string, unknown>>}}
 */
export function supervise(options, onChange) {
  let child = startChild(options);
  let isStopping = false;
  let pauseMs = firstPauseMs;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const ready = child.ready;

  /** @param {number} startedAt */
  const watch = async (startedAt) => {
    const { code, signal } = await child.exited;
    if (isStopping) return;
    pauseMs = performance.now() - startedAt > forgivenAfterMs ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
    say(
      `portcullis: the ${options.name} process stopped (${signal ?? `exit ${code}`}); starting it again in ${pauseMs} ms`,
    );
    timer = setTimeout(() => {
      child = startChild(options);
      void watch(performance.now());
      onChange();
    }, pauseMs);
  };

  ready.then(
    () => void watch(performance.now()),
    () => undefined,
  );
  const stop = async () => {
    isStopping = true;
    clearTimeout(timer);
    await child.stop();
  };
  return { supervised: { pid: () => child.pid, stop }, ready };
}
