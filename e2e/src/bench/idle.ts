import { readFile } from 'node:fs/promises';
import { setTimeout as after } from 'node:timers/promises';
import { startInstallation } from '../stack/installation.js';
import { row, type BenchOptions, type BenchResult } from './row.js';

const processes = ['api', 'link', 'lane'] as const;

/** Proportional set size in MB: private memory plus this process's share of what it shares. */
async function pssMb(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1]) / 1024;
}

/** Memory of the three control-plane processes 60 s after ready, Postgres and demo apart. */
export async function idleBench({ progress }: BenchOptions): Promise<BenchResult> {
  const installation = await startInstallation();
  try {
    progress(`ready in ${installation.run.readyMs} ms; idling for 60 s`);
    await after(60_000);
    const sizes = await Promise.all(processes.map((name) => pssMb(installation.run.pids[name])));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    return {
      runs: 1,
      rows: [
        row('B-idle', 'api + link + lane, PSS 60 s after ready', 3, 'MB', { ours: [total], target: 300 }),
        ...processes.map((name, index) => row(`B-idle-${name}`, name, 1, 'MB', { ours: [sizes[index] ?? Number.NaN] })),
        row('B-ready', 'start to ready, built and migrated', 1, 'ms', { ours: [installation.run.readyMs] }),
      ],
    };
  } finally {
    await installation.remove();
  }
}
