import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartProblem, exits } from './problem.mjs';

/**
 * Makes the data folder private and takes it for this process. Returns the way to give it back.
 * @param {string} data
 */
export function takeDataFolder(data) {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    chmodSync(data, 0o700);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartProblem(
      'config_invalid',
      exits.configuration,
      `the data folder cannot be used: ${why}; set PORTCULLIS_DATA to a folder of your own`,
    );
  }
  const file = join(data, 'supervisor');
  const running = livingHolder(file);
  if (running !== undefined) {
    throw new StartProblem(
      'already_running',
      exits.configuration,
      `Portcullis already runs in ${data} (process ${running}); stop it, or set PORTCULLIS_DATA and the ports for a second one`,
    );
  }
  rmSync(file, { force: true });
  rmSync(join(data, 'run.json'), { force: true });
  // Exclusive: of two starts at the same moment, one fails here.
  writeFileSync(file, `${process.pid} ${startOf(process.pid)}`, { mode: 0o600, flag: 'wx' });
  return () => {
    rmSync(join(data, 'run.json'), { force: true });
    rmSync(file, { force: true });
  };
}

/** @param {string} file */
function livingHolder(file) {
  try {
    const [pid, start] = readFileSync(file, 'utf8').split(' ');
    process.kill(Number(pid), 0);
    return startOf(Number(pid)) === start ? Number(pid) : undefined;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM' ? -1 : undefined;
  }
}

/**
 * Tells two lives of one process number apart.
 * @param {number} pid
 */
function startOf(pid) {
  if (process.platform !== 'linux') return '-';
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '-';
  } catch {
    return '-';
  }
}

/**
 * A reader finds the old file or the new one, never half of one.
 * @param {string} data
 * @param {object} run
 */
export function writeRunFile(data, run) {
  const file = join(data, 'run.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
