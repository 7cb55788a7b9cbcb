import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from './config.mjs';
import { StartProblem, exits, report } from './problem.mjs';

/** `npm run demo:reset`: the control plane's own script, with the settings and the database of the installation that runs here. */
async function main() {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
  const config = readConfig(root, process.env);
  const { runningUrl } = await import('@portcullis/postgres');
  const url = config.databaseUrl ?? runningUrl(join(config.data, 'postgres'));
  if (url === undefined)
    throw new StartProblem(
      'database_unreachable',
      exits.database,
      'nothing runs in this data folder; start it with npm start, then run this again',
    );
  const script = join(root, 'apps', 'control-plane', 'dist', 'demo-reset.js');
  const { status } = spawnSync(process.execPath, [script], {
    env: { ...config.environment, DATABASE_URL: url },
    stdio: 'inherit',
  });
  process.exit(status ?? exits.failed);
}

try {
  await main();
} catch (error) {
  process.exit(report(error));
}
