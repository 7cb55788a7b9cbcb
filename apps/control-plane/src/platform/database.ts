import pg from 'pg';
import { StartRefusal } from './start-refusal.js';

const oldestServer = 140_000;

/** A pool whose sessions carry the process's name and answer in UTC. */
export function openPool(connectionString: string, max: number, name: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, application_name: `portcullis-${name}`, connectionTimeoutMillis: 5000 });
  // An idle session that loses its server would otherwise end the process; the next query reports it.
  pool.on('error', () => undefined);
  return pool;
}

/** Refuses to start on a database that does not answer or is older than Postgres 14. */
export async function checkDatabase(pool: pg.Pool): Promise<void> {
  const found = await pool.query<{ version: string }>(`select current_setting('server_version_num') as version`).catch((cause: unknown) => {
    const reason = cause instanceof Error ? (cause.message || ('code' in cause ? String(cause.code) : cause.name)) : 'no answer';
    throw new StartRefusal('database_unreachable', `the database does not answer (${reason})`, 'check DATABASE_URL and that Postgres runs', 'database', { cause });
  });
  const version = Number(found.rows[0]?.version);
  if (!(version >= oldestServer))
    throw new StartRefusal('database_too_old', `Postgres ${Math.floor(version / 10_000)} is too old`, 'use Postgres 14 or newer', 'database');
}
