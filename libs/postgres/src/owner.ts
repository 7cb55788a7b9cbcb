import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './leftover.js';
import { PostgresProblem } from './problem.js';

/** Notes which process runs the server of `folder`, and refuses when another living one does. */
export function takeFolder(folder: string): () => void {
  const file = join(folder, 'owner');
  const mine = `${process.pid} ${startOf(process.pid)}`;
  if (existsSync(file)) {
    const [pid, start] = readFileSync(file, 'utf8').split(' ');
    const other = Number(pid);
    if (isAlive(other) && startOf(other) === start) {
      throw new PostgresProblem(
        'postgres_folder_in_use',
        `process ${other} already runs Postgres in ${folder}; stop it first, or choose another data folder`,
      );
    }
  }
  writeFileSync(file, mine, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/** Tells two lives of one process number apart. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return '-';
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '-';
  } catch {
    return '-';
  }
}
