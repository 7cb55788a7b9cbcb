import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '@portcullis/postgres/vitest';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import type { CommandLimits } from '../change-log/limits.js';
import { ensureInstall } from '../keys/install.js';
import { readKek } from '../keys/kek.js';
import { migrateDatabase } from '../platform/migrate-database.js';
import { migrationsKey } from '../platform/schema.js';

/** The limits of P-B2, ten times wider: a loaded test machine is not what they guard against. */
export const wideLimits: CommandLimits = {
  statementTimeoutMs: 10_000,
  idleTimeoutMs: 2500,
  killLockTimeoutMs: 500,
  maxChanges: 500,
};

/** A migrated and installed database of this spec file, with its data folder and key-encryption key. */
export interface TestInstall {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly data: string;
  readonly kek: Buffer;
  revision(): Promise<number>;
}

export const testIssuer = 'http://localhost:4000';

export function testInstall(): TestInstall {
  const database = testDatabase({ name: 'control-plane', key: migrationsKey, migrate: migrateDatabase });
  let pool: pg.Pool | undefined;
  const data = mkdtempSync(join(tmpdir(), 'portcullis-spec-'));
  const kekFile = join(data, 'kek');
  beforeAll(async () => {
    pool = new pg.Pool({ connectionString: database.url, max: 12 });
    // The database is dropped by force after the last test.
    pool.on('error', () => undefined);
    const client = await pool.connect();
    await ensureInstall(client, { kekFile, issuer: testIssuer });
    client.release();
  });
  afterAll(async () => {
    await pool?.end();
    rmSync(data, { recursive: true, force: true });
  });
  const opened = () => {
    if (pool === undefined) throw new Error('the test install exists only while hooks and tests run');
    return pool;
  };
  return {
    get url() {
      return database.url;
    },
    get pool() {
      return opened();
    },
    get kek() {
      return readKek(kekFile);
    },
    data,
    revision: async () =>
      Number((await opened().query<{ revision: string }>('select revision from change_counter')).rows[0]?.revision),
  };
}
