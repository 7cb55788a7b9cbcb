import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Why `npm ci` has to run before anything else can, or null when the installed tree is the locked one.
 * It compares the lock file with the record npm itself writes at the end of an install, so that an install by hand
 * counts, one that was cut off does not, and no stamp of our own can go out of date.
 */
export function reasonToInstall(root) {
  const locked = packagesOf(path.join(root, 'package-lock.json'));
  if (!locked) return 'there is no package-lock.json';
  const installed = packagesOf(path.join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return 'nothing is installed yet';
  for (const [place, wanted] of Object.entries(locked)) {
    if (!place.startsWith('node_modules/') || wanted.optional || wanted.peer) continue;
    const found = installed[place];
    if (!found || !existsSync(path.join(root, place))) return `${place} is missing`;
    if (found.version !== wanted.version) return `${place} is ${found.version}, the lock file says ${wanted.version}`;
  }
  return null;
}

/** Runs `npm ci` when it is needed. Returns the exit code; 0 also when there was nothing to do. */
export function installWhenStale(root, say = console.log) {
  const reason = reasonToInstall(root);
  if (reason === null) return 0;
  say(`installing the locked packages: ${reason}`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  return spawnSync(npm, ['ci'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1;
}

function packagesOf(file) {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}
