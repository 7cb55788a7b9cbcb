import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { StartProblem, exits } from './problem.mjs';
import { step } from './say.mjs';

/**
 * Installs the locked packages when the installed tree is another one.
 * @param {string} root
 */
export async function install(root) {
  const reason = reasonToInstall(root);
  if (reason === undefined) return;
  await step(`installing packages (${reason}; about a minute)`, async () => {
    const { status, said } = await npm(root, ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
    if (status === 0) return;
    process.stderr.write(said);
    throw new StartProblem(
      'install_failed',
      exits.failed,
      `npm ci ended with ${status}; mend what it says above and run npm start again`,
    );
  });
}

/**
 * Compares the lock file with the record npm writes at the end of an install: an install by hand counts, one cut short does not.
 * @param {string} root
 */
export function reasonToInstall(root) {
  const locked = packagesOf(join(root, 'package-lock.json'));
  if (!locked)
    throw new StartProblem(
      'install_failed',
      exits.failed,
      'package-lock.json is missing or broken; restore it with git checkout package-lock.json',
    );
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return 'nothing is installed yet';
  for (const [place, wanted] of Object.entries(locked)) {
    if (!place.startsWith('node_modules/') || wanted.optional || wanted.peer) continue;
    if (installed[place]?.version !== wanted.version || !existsSync(join(root, place)))
      return `${place} is not the locked version`;
  }
  return undefined;
}

/**
 * @param {string} file
 * @returns {Record<string, {version?: string, optional?: boolean, peer?: boolean}> | undefined}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
