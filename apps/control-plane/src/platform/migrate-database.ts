import { migrations } from '@portcullis/migrations';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { appliedMigrations, migrationNames, migrationsTable, refuseSchemaAhead } from './schema.js';
import { StartRefusal } from './start-refusal.js';

/**
 * Brings a database to this build's schema, each migration in its own transaction, one process at a time. Every connection
 * is closed when it returns. Throws `migration_failed` with the one that failed; those before it stay.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const holder = new pg.Client({ connectionString: url, application_name: 'portcullis-migrate' });
  await holder.connect();
  try {
    await holder.query(`select pg_advisory_lock(hashtext('portcullis-migrate'))`);
    refuseSchemaAhead(await appliedMigrations(holder));
    await runPending(url, holder);
  } finally {
    await holder.end();
  }
}

async function runPending(url: string, holder: pg.Client): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [...migrations],
    migrationsTableName: migrationsTable,
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    poolSize: 2,
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } catch (cause) {
    const applied = await appliedMigrations(holder);
    const failed = migrationNames.find((name) => !applied.includes(name)) ?? 'a migration';
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StartRefusal(
      'migration_failed',
      `${failed} failed (${reason}) and was rolled back`,
      'correct the cause and run npm run migrate again',
      'migration',
      { cause },
    );
  } finally {
    await source.destroy();
  }
}
