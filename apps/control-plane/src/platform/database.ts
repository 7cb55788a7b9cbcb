import { assertPostgresVersion, PostgresProblem } from '@portcullis/postgres';
import pg from 'pg';
import { StartRefusal } from './start-refusal.js';

/** A pool whose sessions carry the process's name. */
export function openPool(
  connectionString: string,
  max: number,
  name: string,
  patience: Pick<pg.PoolConfig, 'connectionTimeoutMillis' | 'query_timeout'> = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: `portcullis-${name}`,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    ...patience,
  });
  // An idle session that loses its server would otherwise end the process; the next query reports it.
  pool.on('error', () => undefined);
  return pool;
}

/** Refuses to start on a database that does not answer or is too old. */
export async function checkDatabase(url: string): Promise<void> {
  try {
    await assertPostgresVersion(url);
  } catch (cause) {
    if (!(cause instanceof PostgresProblem)) throw cause;
    const code = cause.code === 'database_too_old' ? 'database_too_old' : 'database_unreachable';
    const [what = code, ...remedy] = cause.message.split('; ');
    throw new StartRefusal(code, what, remedy.join('; ') || 'check DATABASE_URL', 'database', { cause });
  }
}
