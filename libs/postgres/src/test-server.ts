import { spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { openCluster, type Cluster } from './cluster.js';
import { freePort } from './free-port.js';
import { clearLeftover } from './leftover.js';
import { PostgresProblem } from './problem.js';
import { untilReady, urlOf } from './ready.js';
import { spawnServer } from './server-process.js';
import { withStartLock } from './start-lock.js';

// A test's data may be lost with the machine; waiting for the disk at every commit would be the longest part of most specs.
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
  autovacuum: 'off',
};

/**
 * The address of the one server that all test processes of a checkout share. The first process starts it; each process keeps
 * the write end of a named pipe open for its life, and the server ends a few seconds after the last one is gone,
 * however it went.
 */
export async function leaseTestServer(folder = join(findCheckout(), '.portcullis', 'test-postgres')): Promise<string> {
  const given = process.env['PORTCULLIS_TEST_DATABASE_URL'];
  if (given) return given;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return withStartLock(`${folder}.lock`, async () => {
    const cluster = openCluster(folder, ['--no-sync']);
    return (await joinRunning(cluster)) ?? (await start(cluster));
  });
}

function findCheckout(): string {
  let folder = resolve('.');
  while (!existsSync(join(folder, 'package-lock.json'))) {
    if (dirname(folder) === folder) return resolve('.');
    folder = dirname(folder);
  }
  return folder;
}

async function joinRunning(cluster: Cluster): Promise<string | undefined> {
  const hold = openHold(pipeOf(cluster));
  if (hold === undefined) return undefined;
  const url = urlOf(cluster, Number(readFileSync(join(cluster.folder, 'port'), 'utf8')), 'postgres');
  const stillThere = (await answers(url)) ? openHold(pipeOf(cluster)) : undefined;
  if (stillThere !== undefined) {
    closeSync(stillThere);
    return url;
  }
  closeSync(hold);
  return undefined;
}

/** Opening fails at once when no server watches the other end: that is the whole reference count. */
function openHold(pipe: string): number | undefined {
  try {
    const hold = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    writeSync(hold, '+');
    return hold;
  } catch {
    return undefined;
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function start(cluster: Cluster): Promise<string> {
  await clearLeftover(cluster.pgdata);
  const pipe = pipeOf(cluster);
  rmSync(pipe, { force: true });
  if (spawnSync('mkfifo', ['-m', '600', pipe]).status !== 0) {
    throw new PostgresProblem(
      'postgres_start_failed',
      `cannot make a named pipe in ${cluster.folder}; set PORTCULLIS_TEST_DATABASE_URL to a Postgres for tests`,
    );
  }
  // Opened both ways first: opening one end alone would block for ever.
  const both = openSync(pipe, constants.O_RDWR);
  const watched = openSync(pipe, constants.O_RDONLY);
  openHold(pipe);
  closeSync(both);
  const port = await freePort();
  const child = spawnServer({ cluster, port, settings, lifeline: watched });
  closeSync(watched);
  child.unref();
  await untilReady(cluster, port, () => child.exitCode !== null || child.signalCode !== null);
  writeFileSync(join(cluster.folder, 'port'), String(port), { mode: 0o600 });
  const url = urlOf(cluster, port, 'postgres');
  await dropLeftoverTests(url);
  return url;
}

function pipeOf(cluster: Cluster): string {
  return join(cluster.folder, 'holders');
}

/** Nobody was holding the server, so every database of a test is left over from a run that was cut short. */
async function dropLeftoverTests(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname like 'test\\_%' or datname like 'building\\_%'
       union all (select datname from pg_database where datname like 'template\\_%' order by oid desc offset 12)`,
    );
    for (const { datname } of rows) {
      const name = pg.escapeIdentifier(datname);
      await client.query(`alter database ${name} is_template false`);
      await client.query(`drop database ${name} with (force)`);
    }
  } finally {
    await client.end();
  }
}
