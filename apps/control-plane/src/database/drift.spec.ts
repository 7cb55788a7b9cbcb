import { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { testInstall } from '../testing/test-install.js';
import { entities } from './entities.js';

describe('the migrated database', () => {
  const install = testInstall();

  async function source<T>(work: (source: DataSource) => Promise<T>): Promise<T> {
    const opened = await new DataSource({
      type: 'postgres',
      url: install.url,
      entities,
      synchronize: false,
    }).initialize();
    return work(opened).finally(() => opened.destroy());
  }

  it('leaves the schema builder with nothing to say', async () => {
    const wanted = await source((opened) => opened.driver.createSchemaBuilder().log());
    expect(wanted.upQueries.map((query) => query.query)).toEqual([]);
  });

  it('holds no table that an entity does not describe', async () => {
    const described = await source((opened) =>
      Promise.resolve(opened.entityMetadatas.map((entity) => entity.tableName)),
    );
    const found = await install.pool.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> 'schema_migration'`,
    );
    expect(found.rows.map((row) => row.name).sort()).toEqual(described.sort());
  });
});
