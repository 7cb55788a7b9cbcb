import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findAccount, isRoot, type Account } from './account.js';
import { findBinaries, type Binaries } from './binaries.js';
import { PostgresProblem } from './problem.js';

/** One data folder with everything needed to run its server. */
export interface Cluster {
  readonly folder: string;
  readonly pgdata: string;
  readonly secret: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
}

/** Opens the cluster in `folder`, making it first when it is not there. */
export function openCluster(folder: string, initArguments: readonly string[] = []): Cluster {
  const account = isRoot() ? findAccount() : undefined;
  const binaries = findBinaries(account);
  const absolute = resolve(folder);
  makeFolder(absolute, account);
  const pgdata = join(absolute, 'pgdata');
  const secret = readSecret(join(absolute, 'secret'), account);
  const cluster = { folder: absolute, pgdata, secret, account, binaries };
  if (!existsSync(pgdata)) initialise(cluster, initArguments);
  assertSameMajor(cluster);
  return cluster;
}

/**
 * How the server names its own data folder. As root it runs under an account that may not enter the folders above
 * (a 0700 data folder or home); on Linux the working directory, set before the account changes, needs no way in.
 */
export function pathForServer(cluster: Cluster, pgdata = cluster.pgdata): string {
  return cluster.account && process.platform === 'linux' ? '/proc/self/cwd' : pgdata;
}

export function asAccount(account: Account | undefined): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {};
}

function makeFolder(folder: string, account: Account | undefined): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    if (account) chownSync(folder, account.uid, account.gid);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PostgresProblem(
      'postgres_folder_unreachable',
      `cannot make the folder for Postgres: ${why}; choose another one, or give this user the right to write there`,
      cause,
    );
  }
}

function readSecret(file: string, account: Account | undefined): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
  if (account) chownSync(file, account.uid, account.gid);
  return readFileSync(file, 'utf8');
}

function initialise(cluster: Cluster, initArguments: readonly string[]): void {
  const fresh = join(cluster.folder, 'pgdata.new');
  rmSync(fresh, { recursive: true, force: true });
  makeFolder(fresh, cluster.account);
  const seen = pathForServer(cluster, fresh);
  const settings = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--data-checksums', '--username=postgres'];
  const run = spawnSync(
    cluster.binaries.initdb,
    ['-D', seen, `--pwfile=${seen}/../secret`, ...settings, ...initArguments],
    {
      ...asAccount(cluster.account),
      cwd: fresh,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    },
  );
  if (run.status !== 0) {
    const said = (run.stderr || run.error?.message || '').trim().split('\n').slice(-2).join(' ');
    const who = cluster.account ? `the account ${cluster.account.name}` : 'this user';
    throw new PostgresProblem(
      'postgres_start_failed',
      `initdb failed in ${cluster.folder}: ${said}; check that ${who} may write there and that the disk is not full`,
    );
  }
  // Renamed only when whole: an interrupted initdb must not look like a cluster.
  renameSync(fresh, cluster.pgdata);
}

function assertSameMajor({ pgdata, binaries }: Cluster): void {
  const made = readFileSync(join(pgdata, 'PG_VERSION'), 'utf8').trim();
  const run = spawnSync(binaries.postgres, ['--version'], { encoding: 'utf8', cwd: '/' }).stdout;
  const installed = /(\d+)\./.exec(run)?.[1];
  if (installed === made) return;
  throw new PostgresProblem(
    'postgres_version_mismatch',
    `${pgdata} was made by Postgres ${made} and Postgres ${installed ?? '?'} is installed; ` +
      'install the release of Portcullis that made it, export the data, or start with an empty data folder',
  );
}
