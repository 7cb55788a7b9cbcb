import { ensureInstall } from './keys/install.js';
import { checkDatabase, openPool } from './platform/database.js';
import { migrateDatabase } from './platform/migrate-database.js';
import { runTask } from './platform/process.js';

await runTask('migrate', async (config) => {
  await checkDatabase(config.databaseUrl);
  await migrateDatabase(config.databaseUrl);
  const pool = openPool(config.databaseUrl, 1, 'migrate');
  const client = await pool.connect();
  await ensureInstall(client, { kekFile: config.kekFile, issuer: config.publicUrl });
  client.release();
  await pool.end();
});
