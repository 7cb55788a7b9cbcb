import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { readConfig } from './config.mjs';
import { install } from './install.mjs';
import { runInstallation } from './installation.mjs';
import { linkCommand } from './link-command.mjs';

/** `npm start`: from a fresh clone to ready. */
export async function main() {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
  const config = readConfig(root, process.env);
  await runInstallation(config, scriptsOf(root), async () => {
    await install(root);
    linkCommand(root);
    await build(root);
  });
}

/** @param {string} root */
function scriptsOf(root) {
  const controlPlane = join(root, 'apps', 'control-plane', 'dist');
  return {
    migrate: join(controlPlane, 'migrate.js'),
    api: join(controlPlane, 'api.js'),
    link: join(controlPlane, 'link.js'),
    lane: join(controlPlane, 'lane.js'),
    seedDemo: join(controlPlane, 'seed-demo.js'),
    demo: join(root, 'apps', 'demo', 'dist', 'server.js'),
  };
}
