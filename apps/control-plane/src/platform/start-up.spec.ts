import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestDatabases } from '@portcullis/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testInstall } from '../testing/test-install.js';
import { checkDatabase } from './database.js';
import { listen } from './listener.js';
import { migrateDatabase } from './migrate-database.js';
import { appliedMigrations, checkSchema, migrationNames } from './schema.js';

const install = testInstall();
let empty: Awaited<ReturnType<Awaited<ReturnType<typeof createTestDatabases>>['cloneDatabase']>>;
let client: pg.Client;

beforeAll(async () => {
  empty = await (await createTestDatabases()).cloneDatabase();
  client = new pg.Client({ connectionString: empty.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await empty.drop();
});

describe('a start is refused with a code, an exit code and a remedy', () => {
  it('port_in_use, exit 3, when a port is taken', async () => {
    const taken = createServer();
    const port = await listen(taken, 0, '127.0.0.1', 'PORTCULLIS_PORT');
    const refused = listen(createServer(), port, '127.0.0.1', 'PORTCULLIS_GUARD_PORT');
    await expect(refused).rejects.toMatchObject({
      code: 'port_in_use',
      exitCode: 3,
      line: expect.stringMatching(/^portcullis: port_in_use: port \d+ .*; .*PORTCULLIS_GUARD_PORT\n$/) as string,
    });
    expect((taken.address() as AddressInfo).port).toBe(port);
    taken.close();
  });

  it('database_unreachable, exit 4, without the password', async () => {
    const refused = checkDatabase('postgres://portcullis:very-secret@127.0.0.1:1/none');
    await expect(refused).rejects.toMatchObject({
      code: 'database_unreachable',
      exitCode: 4,
      line: expect.not.stringContaining('very-secret') as string,
    });
  });

  it('migration_failed, exit 5, when the schema is not this build: run the migrations', async () => {
    await expect(checkSchema(client)).rejects.toMatchObject({
      code: 'migration_failed',
      exitCode: 5,
      remedy: 'run npm run migrate',
    });
  });

  it('migration_failed, exit 5, naming the one that failed; it is rolled back, those before it stay, and the next run goes on', async () => {
    await client.query('create table agent (id text)');
    await expect(migrateDatabase(empty.url)).rejects.toMatchObject({
      code: 'migration_failed',
      exitCode: 5,
      what: expect.stringMatching(/^World\d+ failed/) as string,
    });
    expect(await appliedMigrations(client)).toEqual(migrationNames.slice(0, 2));
    expect((await client.query(`select to_regclass('environment') as found`)).rows).toEqual([{ found: null }]);
    await client.query('drop table agent');
    await migrateDatabase(empty.url);
    await checkSchema(client);
  });

  it('schema_ahead, exit 5, when a newer build has migrated; nothing is touched', async () => {
    await client.query(
      `insert into schema_migration (timestamp, name) values (2700000000000, 'FromTheFuture2700000000000')`,
    );
    await expect(migrateDatabase(empty.url)).rejects.toMatchObject({
      code: 'schema_ahead',
      exitCode: 5,
      what: expect.stringContaining('FromTheFuture') as string,
    });
    await expect(checkSchema(client)).rejects.toMatchObject({ code: 'schema_ahead' });
    expect(await appliedMigrations(client)).toHaveLength(migrationNames.length + 1);
  });
});

describe('migrating', () => {
  it('does nothing on a database that is migrated, whoever else migrates at the same moment', async () => {
    const before = await appliedMigrations(install.pool);
    await Promise.all([migrateDatabase(install.url), migrateDatabase(install.url), migrateDatabase(install.url)]);
    expect(await appliedMigrations(install.pool)).toEqual(before);
  });
});
