import { seedDemo } from './demo/seed.js';
import { openPool } from './platform/database.js';
import { runTask } from './platform/process.js';

await runTask('seed-demo', async (config) => {
  const pool = openPool(config.databaseUrl, 1, 'seed-demo');
  await seedDemo(config, pool);
  await pool.end();
});
