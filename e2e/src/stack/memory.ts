import { readFile } from 'node:fs/promises';
import type { Installation } from './installation.js';

/** What each process of the installation that listens holds in memory now, in bytes. */
export async function memoryOf({ run }: Pick<Installation, 'run'>): Promise<Readonly<Record<string, number>>> {
  const { api, link, lane, demo } = run.pids;
  const entries = Object.entries({ api, link, lane, demo }).map(async ([name, pid]) => [
    name,
    await residentBytes(pid),
  ]);
  return Object.fromEntries(await Promise.all(entries)) as Record<string, number>;
}

/** Linux says it in pages of 4 KiB, the second of seven numbers. */
async function residentBytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, 'utf8');
  return Number(text.split(' ')[1]) * 4096;
}
