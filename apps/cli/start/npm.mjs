import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs npm in `root` and keeps what it says.
 * @param {string} root
 * @param {readonly string[]} words
 */
export async function npm(root, words) {
  const own = process.env.npm_execpath;
  const env = { ...process.env, NX_DAEMON: 'false' };
  const options = /** @type {const} */ ({ cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const child = own?.endsWith('.js')
    ? spawn(process.execPath, [own, ...words], options)
    : spawn('npm', words, { ...options, shell: process.platform === 'win32' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text) => (said = (said + text).slice(-20_000)));
  }
  const [status] = await once(child, 'close');
  return { status, said };
}
