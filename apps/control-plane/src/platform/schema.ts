import { createHash } from 'node:crypto';
import { migrations } from '@portcullis/migrations';
import type pg from 'pg';
import { StartRefusal } from './start-refusal.js';

export const migrationsTable = 'schema_migration';

export const migrationNames: readonly string[] = migrations.map((Migration) => Migration.name);

/** Changes whenever a migration is added or edited: the key of a test's template database. */
export const migrationsKey: string = createHash('sha256')
  .update(JSON.stringify(migrations.map((Migration) => [Migration.name, Migration.toString()])))
  .digest('hex');

/** The names of the migrations a database holds, oldest first. */
export async function appliedMigrations(client: Pick<pg.ClientBase, 'query'>): Promise<string[]> {
  const table = await client.query<{ found: string | null }>(`select to_regclass($1)::text as found`, [
    migrationsTable,
  ]);
  if (!table.rows[0]?.found) return [];
  const applied = await client.query<{ name: string }>(`select name from ${migrationsTable} order by timestamp`);
  return applied.rows.map((row) => row.name);
}

/** Refuses a database that a newer build has migrated. */
export function refuseSchemaAhead(applied: readonly string[]): void {
  const unknown = applied.filter((name) => !migrationNames.includes(name));
  if (unknown.length > 0)
    throw new StartRefusal(
      'schema_ahead',
      `the database holds migrations that this build does not know (${unknown.join(', ')})`,
      'start the newer build, or restore a backup made before it',
      'migration',
    );
}

/** Refuses to start on a schema that is not exactly this build's. */
export async function checkSchema(client: Pick<pg.ClientBase, 'query'>): Promise<void> {
  const applied = await appliedMigrations(client);
  refuseSchemaAhead(applied);
  const missing = migrationNames.filter((name) => !applied.includes(name));
  if (missing.length > 0)
    throw new StartRefusal(
      'migration_failed',
      `the database lacks ${missing.join(', ')}`,
      'run npm run migrate',
      'migration',
    );
}
