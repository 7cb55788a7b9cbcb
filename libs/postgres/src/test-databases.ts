import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { leaseTestServer } from './test-server.js';

/** A database that is migrated once and then only copied. */
export interface TemplateDatabase {
  readonly database: string;
}

/** A database of one test file, or of one test. */
export interface ClonedDatabase {
  /** Connection string of the superuser. */
  readonly url: string;
  /** Removes it, cutting whatever is still connected. What is not dropped goes when the test server next starts. */
  drop(): Promise<void>;
}

/** What makes a template: another `key` makes another one. */
export interface TemplateOptions {
  /** Short name for people, for example `control-plane`. */
  readonly name: string;
  /** Changes whenever `migrate` would do something else: a hash over the migrations. */
  readonly key: string;
  /** Fills an empty database. It must close every connection it opens. */
  readonly migrate: (url: string) => Promise<void>;
}

/** Databases for tests on one shared embedded server. */
export interface TestDatabases {
  /** The migrated template, made by the first process that asks for it. */
  template(options: TemplateOptions): Promise<TemplateDatabase>;
  /** A copy of `template` of its own; without one, an empty database. */
  cloneDatabase(template?: TemplateDatabase): Promise<ClonedDatabase>;
}

/**
 * Joins (or starts) the embedded test server of this checkout, in `.portcullis/test-postgres`. Many processes share it; it
 * ends by itself some seconds after the last one. `PORTCULLIS_TEST_DATABASE_URL` names another server instead.
 *
 * @throws PostgresProblem as `startPostgres` does.
 */
export async function createTestDatabases(): Promise<TestDatabases> {
  const server = await leaseTestServer();
  return {
    template: (options) => template(server, options),
    cloneDatabase: (source) => cloneDatabase(server, source),
  };
}

async function template(server: string, { name, key, migrate }: TemplateOptions): Promise<TemplateDatabase> {
  const mark = `${name.replace(/[^a-z0-9]+/gi, '_').toLowerCase()}_${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
  const database = `template_${mark}`;
  const building = pg.escapeIdentifier(`building_${mark}`);
  await withConnection(server, async (client) => {
    // A session lock: given back by the server itself when this process dies half-way.
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [database]);
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount !== 0) return;
    await client.query(`drop database if exists ${building} with (force)`);
    await client.query(`create database ${building} template template0`);
    await migrate(withDatabase(server, `building_${mark}`));
    await client.query(`alter database ${building} rename to ${pg.escapeIdentifier(database)}`);
    await client.query(`alter database ${pg.escapeIdentifier(database)} with is_template true allow_connections false`);
  });
  return { database };
}

async function cloneDatabase(server: string, source?: TemplateDatabase): Promise<ClonedDatabase> {
  const database = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  const name = pg.escapeIdentifier(database);
  const from = pg.escapeIdentifier(source?.database ?? 'template0');
  await withConnection(server, (client) => client.query(`create database ${name} template ${from}`));
  return {
    url: withDatabase(server, database),
    drop: () =>
      withConnection(
        server,
        async (client) => void (await client.query(`drop database if exists ${name} with (force)`)),
      ),
  };
}

async function withConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
