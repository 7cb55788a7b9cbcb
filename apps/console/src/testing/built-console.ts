import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const project = join(dirname(fileURLToPath(import.meta.url)), '../..');
const run = promisify(execFile);

export interface BuiltConsole {
  readonly dist: string;
  remove(): Promise<void>;
}

/** The console as it ships, built into a folder of its own, so that a build going on elsewhere is not disturbed. */
export async function buildConsole(): Promise<BuiltConsole> {
  const dist = await mkdtemp(join(tmpdir(), 'portcullis-console-'));
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
  // Without NODE_ENV: the test runner's own value would put React's development build into the bundle.
  const env: NodeJS.ProcessEnv = { ...process.env };
  delete env['NODE_ENV'];
  await run(process.execPath, ['codegen.mjs'], { cwd: project, env });
  await run(process.execPath, [vite, 'build', '--outDir', dist, '--emptyOutDir', '--logLevel', 'error'], {
    cwd: project,
    env,
  });
  return { dist, remove: () => rm(dist, { recursive: true, force: true }) };
}
