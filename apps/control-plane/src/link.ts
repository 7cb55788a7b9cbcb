import { startLink } from './link/start-link.js';
import { checkDatabase, openPool } from './platform/database.js';
import { runProcess } from './platform/process.js';
import { checkSchema } from './platform/schema.js';

await runProcess('link', async (config, log) => {
  await checkDatabase(config.databaseUrl);
  const pool = openPool(config.databaseUrl, 1, 'link');
  await checkSchema(pool);
  await pool.end();
  return startLink(config, log);
});
