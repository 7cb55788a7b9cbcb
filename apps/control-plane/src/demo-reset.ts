import { resetDemo } from './demo/reset.js';
import { openPool } from './platform/database.js';
import { runTask } from './platform/process.js';
import { Refusal } from './platform/refusal.js';

await runTask('demo-reset', async (config) => {
  const pool = openPool(config.databaseUrl, 1, 'demo-reset');
  try {
    const revision = await resetDemo(config, pool);
    process.stdout.write(
      `The demo world is new at revision ${revision}. Nothing is stopped any more; people and their passwords are as they were.\n`,
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`portcullis: ${error.code}: ${error.message}\n`);
    process.exit(1);
  } finally {
    await pool.end();
  }
});
