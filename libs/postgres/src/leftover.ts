import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PostgresProblem } from './problem.js';

const fastStopMs = 10_000;
const giveUpMs = 15_000;

/** Stops a server that an earlier life left running in `pgdata`, and removes a pid file that names nobody. */
export async function clearLeftover(pgdata: string): Promise<void> {
  const pid = readPid(pgdata);
  if (pid !== undefined && isServerOf(pid, pgdata)) await stopLeftover(pid, pgdata);
  // Postgres refuses to start when the number in its pid file was given to another process of the same account.
  rmSync(join(pgdata, 'postmaster.pid'), { force: true });
}

export function readPid(pgdata: string): number | undefined {
  const file = join(pgdata, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export function isServerOf(pid: number, pgdata: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'linux')
    return sameFolder(`/proc/${pid}/cwd`, pgdata) && /postgres/.test(linkOf(`/proc/${pid}/exe`));
  if (process.platform === 'win32') return true;
  return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(pgdata);
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function sameFolder(left: string, right: string): boolean {
  const a = statSync(left, { throwIfNoEntry: false });
  const b = statSync(right, { throwIfNoEntry: false });
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

async function stopLeftover(pid: number, pgdata: string): Promise<void> {
  process.kill(pid, 'SIGINT');
  const startedAt = performance.now();
  let quit = false;
  while (isServerOf(pid, pgdata)) {
    const waitedMs = performance.now() - startedAt;
    if (waitedMs > giveUpMs) {
      throw new PostgresProblem(
        'postgres_folder_in_use',
        `an earlier Postgres (pid ${pid}) still runs in ${pgdata} and does not stop; end it by hand`,
      );
    }
    if (waitedMs > fastStopMs && !quit) {
      quit = true;
      process.kill(pid, 'SIGQUIT');
    }
    await delay(25);
  }
}
