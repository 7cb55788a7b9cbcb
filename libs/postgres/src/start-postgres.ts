import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCluster, type Cluster } from './cluster.js';
import { freePort } from './free-port.js';
import { clearLeftover, isServerOf, readPid } from './leftover.js';
import { takeFolder } from './owner.js';
import { PostgresProblem } from './problem.js';
import { ensureDatabase, untilReady, urlOf } from './ready.js';
import { spawnServer } from './server-process.js';

/** Where and how to run the embedded server. */
export interface StartPostgresOptions {
  /** Folder for the cluster, its log, its secret and its port; made with mode 0700. One process at a time may use it. */
  readonly dataFolder: string;
  /** TCP port on 127.0.0.1. Default: the one used last time, or any free one; a port in use is replaced by a free one. */
  readonly port?: number | undefined;
  /** Database named in `url`, created when missing. Default `portcullis`. */
  readonly database?: string | undefined;
  /** Further server settings, for example `{ max_connections: '300' }`. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

/** How the server process ended. */
export interface PostgresExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** True when `stop()` was called before. */
  readonly expected: boolean;
}

/** A running embedded server. */
export interface RunningPostgres {
  /** Connection string of the superuser, secret included: never log it. */
  readonly url: string;
  /** Process number of the postmaster itself. */
  readonly pid: number;
  readonly port: number;
  /** Fast shutdown; open transactions are rolled back. Returns at once when the server is already gone. */
  stop(): Promise<void>;
  /** Calls `listener` once when the server ends, also when it has ended already. Returns the way to stop listening. */
  onExit(listener: (exit: PostgresExit) => void): () => void;
}

/**
 * Starts the embedded Postgres of `dataFolder`: on 127.0.0.1 only, no Unix socket, scram with a random secret kept in
 * `<dataFolder>/secret` (0600), data checksums on. As root the server runs under an existing unprivileged account.
 * It dies with this process, even on kill -9 (not on Windows, where the next start ends it).
 *
 * @throws PostgresProblem with code `postgres_platform_missing`, `postgres_account_missing`, `postgres_folder_unreachable`,
 * `postgres_folder_in_use`, `postgres_version_mismatch` or `postgres_start_failed`.
 */
export async function startPostgres(options: StartPostgresOptions): Promise<RunningPostgres> {
  const cluster = openCluster(options.dataFolder);
  const release = takeFolder(cluster.folder);
  try {
    await clearLeftover(cluster.pgdata);
    const { child, port } = await startOnFreePort(cluster, options);
    await ensureDatabase(cluster, port, options.database ?? 'portcullis');
    return running({ cluster, child, port, release, database: options.database ?? 'portcullis' });
  } catch (error) {
    release();
    throw error;
  }
}

async function startOnFreePort(
  cluster: Cluster,
  options: StartPostgresOptions,
): Promise<{ child: ChildProcess; port: number }> {
  const remembered = join(cluster.folder, 'port');
  const wanted = options.port ?? (existsSync(remembered) ? Number(readFileSync(remembered, 'utf8')) : 0);
  const port = await freePort(wanted);
  const child = spawnServer({
    cluster,
    port,
    settings: { max_connections: '200', ...options.settings },
    lifeline: 'pipe',
  });
  let failed = false;
  child.once('error', () => (failed = true));
  try {
    await untilReady(cluster, port, () => failed || hasEnded(child));
  } catch (error) {
    endLifeline(child);
    throw error;
  }
  writeFileSync(remembered, String(port), { mode: 0o600 });
  return { child, port };
}

interface Run {
  readonly cluster: Cluster;
  readonly child: ChildProcess;
  readonly port: number;
  readonly database: string;
  readonly release: () => void;
}

function running({ cluster, child, port, release, database }: Run): RunningPostgres {
  const pid = readPid(cluster.pgdata);
  if (pid === undefined)
    throw new PostgresProblem('postgres_start_failed', `Postgres in ${cluster.folder} wrote no pid file; start again`);
  let stopping = false;
  const exited: Promise<PostgresExit> = (hasEnded(child) ? Promise.resolve() : once(child, 'exit')).then(() => {
    endLifeline(child);
    release();
    return { code: child.exitCode, signal: child.signalCode, expected: stopping };
  });
  return {
    url: urlOf(cluster, port, database),
    pid,
    port,
    async stop() {
      stopping = true;
      if (isServerOf(pid, cluster.pgdata)) process.kill(pid, 'SIGINT');
      endLifeline(child);
      await exited;
    },
    onExit(listener) {
      let wanted = true;
      void exited.then((exit) => {
        if (wanted) listener(exit);
      });
      return () => {
        wanted = false;
      };
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function endLifeline(child: ChildProcess): void {
  child.stdio[3]?.destroy();
}
