import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { asAccount, pathForServer, type Cluster } from './cluster.js';

/** A server that lives as long as somebody holds the other end of its file descriptor 3. */
export interface ServerSpawn {
  readonly cluster: Cluster;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  /** `pipe`: dies with this process. A number: a descriptor to read the end of life from. */
  readonly lifeline: 'pipe' | number;
}

const logLimitBytes = 10 * 1024 * 1024;

// Shutdown is fast first (INT); a server that has not gone after 3 s is told to quit without a checkpoint, which loses nothing.
const endServer =
  'kill -INT $P; i=0; while kill -0 $P 2>/dev/null && [ $i -lt 30 ]; do sleep 0.1; i=$((i+1)); done; kill -QUIT $P 2>/dev/null';
const whenHolderGone = `cat >/dev/null; ${endServer}`;
// A holder writes one byte when it comes. Nothing read means that nobody came since the last look.
const whenNobodyComes = `while [ $(($(wc -c))) -gt 0 ]; do sleep 5; done; exec <&-; ${endServer}`;

/** Starts `postgres` under a shell that ends it when descriptor 3 ends, so that even a killed parent leaves nothing behind. */
export function spawnServer({ cluster, port, settings, lifeline }: ServerSpawn): ChildProcess {
  const flags = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  };
  const serverArguments = [
    '-D',
    pathForServer(cluster),
    '-p',
    String(port),
    ...Object.entries(flags).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
  ];
  const log = openLog(join(cluster.folder, 'postgres.log'));
  const stdio: StdioOptions = ['ignore', log, log, lifeline];
  const options = {
    ...asAccount(cluster.account),
    cwd: cluster.pgdata,
    detached: true,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    stdio,
  };
  try {
    if (process.platform === 'win32') return spawn(cluster.binaries.postgres, serverArguments, options);
    const watch = lifeline === 'pipe' ? whenHolderGone : whenNobodyComes;
    const script = `"$0" "$@" </dev/null 3<&- & P=$!; trap "" INT TERM HUP; (${watch}) <&3 3<&- >/dev/null 2>&1 & exec 3<&-; wait $P`;
    return spawn('/bin/sh', ['-c', script, cluster.binaries.postgres, ...serverArguments], options);
  } finally {
    closeSync(log);
  }
}

function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > logLimitBytes) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}
