import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './leftover.js';

const waitMs = 120_000;
const breakingStaleMs = 5_000;

/** Runs `work` while no other process of this machine runs one under the same `file`. A dead holder's lock is taken over. */
export async function withStartLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + waitMs;
  while (!tryLink(file)) {
    breakWhenHolderIsDead(file);
    if (performance.now() > deadline)
      throw new Error(`${file} is held by process ${holderOf(file)}; remove it when that process is not a test run`);
    await delay(20);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** A hard link appears with its content at once, so a reader never finds a lock without a holder. */
function tryLink(file: string): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function holderOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Only one waiter breaks at a time: a second one would remove the lock that the first has taken meanwhile. */
function breakWhenHolderIsDead(file: string): void {
  const holder = holderOf(file);
  if (holder === undefined || isAlive(holder)) return;
  const breaking = `${file}.breaking`;
  if (!tryLink(breaking)) {
    const stats = statSync(breaking, { throwIfNoEntry: false });
    if (stats && Date.now() - stats.mtimeMs > breakingStaleMs) rmSync(breaking, { force: true });
    return;
  }
  if (holderOf(file) === holder) rmSync(file, { force: true });
  rmSync(breaking, { force: true });
}
