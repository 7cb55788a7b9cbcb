import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Cluster } from './cluster.js';
import { PostgresProblem } from './problem.js';

const readyWithinMs = 60_000;

export function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgres://postgres:${cluster.secret}@127.0.0.1:${port}/${database}`;
}

/** Waits until the server takes connections; `hasExited` ends the wait early. */
export async function untilReady(cluster: Cluster, port: number, hasExited: () => boolean): Promise<void> {
  const deadline = performance.now() + readyWithinMs;
  let last: unknown;
  while (performance.now() < deadline && !hasExited()) {
    const client = new pg.Client({
      connectionString: urlOf(cluster, port, 'postgres'),
      connectionTimeoutMillis: 5_000,
    });
    try {
      await client.connect();
      return;
    } catch (error) {
      last = error;
      await delay(20);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  throw new PostgresProblem(
    'postgres_start_failed',
    `Postgres in ${cluster.folder} did not start: ${tailOfLog(cluster)}`,
    last,
  );
}

function tailOfLog(cluster: Cluster): string {
  const log = openSync(join(cluster.folder, 'postgres.log'), 'r');
  try {
    const { size } = fstatSync(log);
    const buffer = Buffer.alloc(Math.min(size, 600));
    readSync(log, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8').trim().split('\n').slice(-3).join(' | ') || 'nothing in postgres.log';
  } finally {
    closeSync(log);
  }
}

/** Creates `database` when it is not there. The name is ours, never a user's. */
export async function ensureDatabase(cluster: Cluster, port: number, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(cluster, port, 'postgres') });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}
