import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { npm } from './npm.mjs';
import { StartProblem, exits } from './problem.mjs';
import { step } from './say.mjs';

const outputs = [
  'libs/postgres/dist/index.js',
  'apps/control-plane/dist/api.js',
  'apps/control-plane/dist/link.js',
  'apps/control-plane/dist/lane.js',
  'apps/control-plane/dist/migrate.js',
  'apps/demo/dist/server.js',
  'apps/console/dist/index.html',
];
const generated = new Set(['node_modules', 'dist', 'gql', '.portcullis', '.nx', 'coverage']);
const isSource = /(?<!\.spec)\.(ts|tsx|mjs|css|html|svg|json|graphql|yaml)$/;

/**
 * Builds everything when a source file is another one than at the last build.
 * @param {string} root
 */
export async function build(root) {
  const stamp = join(root, 'node_modules', '.cache', 'portcullis', 'build');
  const now = fingerprint(root);
  const isBuilt =
    existsSync(stamp) && readFileSync(stamp, 'utf8') === now && outputs.every((file) => existsSync(join(root, file)));
  if (isBuilt) return;
  await step('building', async () => {
    const { status, said } = await npm(root, ['run', '--silent', 'build']);
    if (status !== 0) {
      process.stderr.write(said);
      throw new StartProblem(
        'build_failed',
        exits.failed,
        `npm run build ended with ${status}; mend what it says above and run npm start again`,
      );
    }
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, now);
  });
}

/**
 * One hash over path, time and size of every source file.
 * @param {string} root
 */
export function fingerprint(root) {
  const hash = createHash('sha256');
  const folders = ['apps', 'libs', 'migrations'].map((name) => join(root, name)).filter(existsSync);
  const loose = ['tsconfig.json', 'tsconfig.base.json', 'package-lock.json'].map((name) => join(root, name));
  for (const file of [...loose.filter(existsSync), ...folders.flatMap(sources)]) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${relative(root, file)} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function sources(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return generated.has(entry.name) ? [] : sources(path);
      return entry.isFile() && isSource.test(entry.name) ? [path] : [];
    });
}
