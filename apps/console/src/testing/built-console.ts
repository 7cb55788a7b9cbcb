import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inject, vi } from 'vitest';

const project = join(dirname(fileURLToPath(import.meta.url)), '../..');
const run = promisify(execFile);
const withinMs = 110_000;

/** The folder of the console as it ships. The first spec of a run builds it, and the others wait for that and share it. */
export async function builtConsole(): Promise<string> {
  const folder = inject('consoleFolder');
  const dist = join(folder, 'dist');
  const failed = join(folder, 'failed');
  const isFirst = await mkdir(join(folder, 'begun')).then(
    () => true,
    () => false,
  );
  if (isFirst)
    await build(join(folder, 'building'))
      .then(() => rename(join(folder, 'building'), dist))
      .catch((cause: unknown) => writeFile(failed, String(cause)));
  await vi.waitUntil(() => existsSync(dist) || existsSync(failed), { timeout: withinMs, interval: 100 });
  if (existsSync(failed)) throw new Error(`the console was not built: ${await readFile(failed, 'utf8')}`);
  return dist;
}

async function build(dist: string): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
  // Without NODE_ENV: the test runner's own value would put React's development build into the bundle.
  const env: NodeJS.ProcessEnv = { ...process.env };
  delete env['NODE_ENV'];
  await run(process.execPath, ['codegen.mjs'], { cwd: project, env });
  await run(process.execPath, [vite, 'build', '--outDir', dist, '--emptyOutDir', '--logLevel', 'error'], {
    cwd: project,
    env,
  });
}
