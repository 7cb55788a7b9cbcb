import pg from 'pg';
import { PostgresProblem } from './problem.js';

/** The oldest Postgres that `DATABASE_URL` may name. */
export const oldestPostgresMajor = 14;

/**
 * Connects to `url` once and checks that the server is at least Postgres 14 (`oldestMajor`).
 *
 * @returns the server's version number, for example `180004`.
 * @throws PostgresProblem with code `database_unreachable` or `database_too_old`; the text names host and database, never the password.
 */
export async function assertPostgresVersion(
  url: string,
  timeoutMs = 5_000,
  oldestMajor = oldestPostgresMajor,
): Promise<number> {
  const place = placeOf(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: timeoutMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`);
    const version = Number(rows[0]?.version);
    if (version >= oldestMajor * 10_000) return version;
    throw new PostgresProblem(
      'database_too_old',
      `the database at ${place} is Postgres ${Math.floor(version / 10_000)}; use Postgres ${oldestMajor} or later`,
    );
  } catch (error) {
    if (error instanceof PostgresProblem) throw error;
    const why = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
    throw new PostgresProblem(
      'database_unreachable',
      `cannot use the database at ${place}: ${why}; check DATABASE_URL, that the server runs and that it lets this host in`,
      error,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

function placeOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}:${port || '5432'}${pathname}`;
  } catch {
    throw new PostgresProblem(
      'database_unreachable',
      'DATABASE_URL is not an address; write postgres://user:password@host:5432/database',
    );
  }
}
