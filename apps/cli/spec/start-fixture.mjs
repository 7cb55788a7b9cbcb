// `npm start` with stand-ins for the processes: the real configuration, database, supervision and files.
import { register } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../start/config.mjs';
import { runInstallation } from '../start/installation.mjs';
import { report } from '../start/problem.mjs';

register('./postgres-source.mjs', import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const script = (name) => join(here, `fixture-${name}.mjs`);
const scripts = Object.fromEntries(['migrate', 'api', 'link', 'lane', 'demo'].map((name) => [name, script(name)]));
try {
  await runInstallation(readConfig(process.env.SPEC_ROOT ?? here, process.env), {
    ...scripts,
    seedDemo: script('seed'),
  });
} catch (error) {
  process.exit(report(error));
}
