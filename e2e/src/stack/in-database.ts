import { join } from 'node:path';
import { runningUrl } from '@portcullis/postgres';
import { Client } from 'pg';
import type { DemoWorld } from './demo-world.js';

/** The installation's own database, for what no API does yet. */
export async function inDatabase<T>({ installation }: DemoWorld, work: (client: Client) => Promise<T>): Promise<T> {
  const connectionString = runningUrl(join(installation.data, 'postgres'));
  if (connectionString === undefined) throw new Error('the embedded Postgres does not run');
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
