import { existsSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes `npx portcullis` find our command. npm links a workspace's command only when an install is told to, and without the
 * link npx would look for a package of that name in the registry.
 * @param {string} root
 */
export function linkCommand(root) {
  if (process.platform === 'win32') return;
  const link = join(root, 'node_modules', '.bin', 'portcullis');
  const target = join(root, 'apps', 'cli', 'bin', 'portcullis.mjs');
  if (existsSync(link) && realpathSync(link) === realpathSync(target)) return;
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'apps', 'cli', 'bin', 'portcullis.mjs'), link);
}
