import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabases, type TestDatabases } from './test-databases.js';
import { testDatabase } from './vitest.js';

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const migrate = async (url: string) => void (await query(url, 'create table note (text text)'));

describe('test databases', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await createTestDatabases();
  });

  it('gives two clones of one template that do not see each other', async () => {
    const template = await databases.template({ name: 'spec', key: 'one', migrate });
    const [left, right] = await Promise.all([databases.cloneDatabase(template), databases.cloneDatabase(template)]);
    await query(left.url, `insert into note values ('left')`);
    expect(await query(left.url, 'select text from note')).toEqual([{ text: 'left' }]);
    expect(await query(right.url, 'select text from note')).toEqual([]);
    await Promise.all([left.drop(), right.drop()]);
  });

  it('migrates once for one key, however many ask at the same moment', async () => {
    const key = `key ${Math.random()}`;
    const migrated: string[] = [];
    const ask = () =>
      databases.template({
        name: 'spec',
        key,
        migrate: async (url) => {
          migrated.push(url);
          await migrate(url);
        },
      });
    const [first, second] = await Promise.all([ask(), ask(), ask()]);
    expect(migrated).toHaveLength(1);
    expect(second).toEqual(first);
  });

  it('makes another template for another key', async () => {
    const one = await databases.template({ name: 'spec', key: 'one', migrate });
    const two = await databases.template({ name: 'spec', key: 'two', migrate });
    expect(two.database).not.toBe(one.database);
  });

  it('starts over after a migration that failed half-way', async () => {
    const key = `key ${Math.random()}`;
    const failing = async (url: string) => {
      await migrate(url);
      throw new Error('second statement failed');
    };
    await expect(databases.template({ name: 'spec', key, migrate: failing })).rejects.toThrow(
      'second statement failed',
    );
    const clone = await databases.cloneDatabase(await databases.template({ name: 'spec', key, migrate }));
    expect(await query(clone.url, 'select text from note')).toEqual([]);
    await clone.drop();
  });

  it('removes a dropped clone even while somebody is connected', async () => {
    const clone = await databases.cloneDatabase();
    const client = new pg.Client({ connectionString: clone.url });
    client.on('error', () => undefined);
    await client.connect();
    await clone.drop();
    await expect(query(clone.url, 'select 1')).rejects.toThrow('does not exist');
  });
});

describe('testDatabase', () => {
  const database = testDatabase({ name: 'spec', key: 'one', migrate });

  it('gives the file a migrated database of its own', async () => {
    await query(database.url, `insert into note values ('mine')`);
    expect(await query(database.url, 'select count(*)::int as n from note')).toEqual([{ n: 1 }]);
  });
});
