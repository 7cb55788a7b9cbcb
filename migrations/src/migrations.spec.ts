import { testDatabase } from '@portcullis/postgres/vitest';
import { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { migrations } from './index.js';

/** Everything the migrations say about a database, as text that can be compared. */
const shape = `
  select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') as line
    from information_schema.columns where table_schema = 'public' and table_name not in ('migrations', 'schema_migration')
  union all select 'index ' || indexdef from pg_indexes where schemaname = 'public' and tablename not in ('migrations', 'schema_migration')
  union all select 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace and conrelid::regclass::text not in ('migrations', 'schema_migration')
  union all select 'function ' || proname || ' ' || md5(prosrc) from pg_proc where pronamespace = 'public'::regnamespace
  union all select 'sequence ' || sequencename from pg_sequences where schemaname = 'public' and sequencename not like '%migration%'
  order by 1`;

const database = testDatabase({ name: 'empty', key: 'empty', migrate: async () => undefined });

async function onSource<T>(work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = new DataSource({
    type: 'postgres',
    url: database.url,
    migrations: [...migrations],
    migrationsTransactionMode: 'each',
    synchronize: false,
  });
  await source.initialize();
  return work(source).finally(() => source.destroy());
}
const lines = async (source: DataSource) => (await source.query<{ line: string }[]>(shape)).map((row) => row.line);

describe('migrations', () => {
  it('go from empty to head, down to empty one by one, and up to the same head', async () => {
    await onSource(async (source) => {
      expect(await lines(source)).toEqual([]);
      await source.runMigrations();
      const head = await lines(source);
      expect(head.length).toBeGreaterThan(100);
      for (const _ of migrations) await source.undoLastMigration();
      expect(await lines(source)).toEqual([]);
      await source.runMigrations();
      expect(await lines(source)).toEqual(head);
    });
  });

  it('have nothing to do on a database at head', async () => {
    expect(await onSource((source) => source.runMigrations())).toEqual([]);
  });

  it('let who could do everything read full records, and nobody else', async () => {
    const every =
      'read agents:write credentials:write servers:write grants:write policies:write tokens:write kill:engage';
    await onSource(async (source) => {
      const added = migrations.findIndex(({ name }) => name.startsWith('FullRecords'));
      for (const _ of migrations.slice(added)) await source.undoLastMigration();
      await source.query(`insert into "user" ("id", "name", "email", "emailVerified")
        values ('all', 'All', 'all@example.org', true), ('few', 'Few', 'few@example.org', true)`);
      await source.query(
        `insert into person_permission (person_id, permission) select p, unnest(case p when 'all' then $1::text[] else $1[2:] end)
         from unnest(array['all', 'few']) p`,
        [every.split(' ')],
      );

      await source.runMigrations();

      const holders = await source.query<object[]>(
        `select person_id from person_permission where permission = 'records:read'`,
      );
      await source.query(`delete from "user"`);
      expect(holders).toEqual([{ person_id: 'all' }]);
    });
  });

  it('are named in the order in which they run', () => {
    const stamps = migrations.map((Migration) => Number(/\d+$/.exec(Migration.name)?.[0]));
    expect(stamps).toEqual([...stamps].sort((left, right) => left - right));
    expect(new Set(stamps).size).toBe(migrations.length);
  });
});
