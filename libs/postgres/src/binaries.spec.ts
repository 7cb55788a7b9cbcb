import { chmodSync, cpSync, lstatSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAccount, isRoot } from './account.js';
import { canRun, findBinaries, findPackageFolder } from './binaries.js';

const symlinks = (folder: string) =>
  readdirSync(folder).filter((name) => lstatSync(join(folder, name)).isSymbolicLink());

describe('findBinaries', () => {
  let home: string;
  let packageFolder: string;
  const tmpBefore = process.env['TMPDIR'];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'portcullis-home-'));
    packageFolder = join(home, 'package');
    cpSync(findPackageFolder(), packageFolder, { recursive: true, verbatimSymlinks: true });
  });

  afterEach(() => {
    if (tmpBefore === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = tmpBefore;
    rmSync(home, { recursive: true, force: true });
  });

  it('restores the library links that npm left out', (context) => {
    if (process.platform !== 'linux') context.skip('only the Linux package has links');
    const lib = join(packageFolder, 'native', 'lib');
    const wanted = symlinks(lib);
    expect(wanted.length).toBeGreaterThan(5);
    for (const name of wanted) rmSync(join(lib, name));
    findBinaries(undefined, packageFolder);
    expect(symlinks(lib)).toEqual(wanted);
  });

  it('copies what the account cannot reach to a place that only root can change', (context) => {
    if (!isRoot()) context.skip('not root, so there is no other account');
    const account = findAccount();
    expect(canRun(account, join(packageFolder, 'native', 'bin', 'postgres'))).toBe(false);
    process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), 'portcullis-tmp-'));
    chmodSync(process.env['TMPDIR'], 0o755);
    const { postgres } = findBinaries(account, packageFolder);
    expect(postgres.startsWith(process.env['TMPDIR'])).toBe(true);
    expect(canRun(account, postgres)).toBe(true);
    expect(statSync(postgres).uid).toBe(0);
    expect(findBinaries(account, packageFolder).postgres).toBe(postgres);
    rmSync(process.env['TMPDIR'], { recursive: true });
  });

  it('says what to do when the copy cannot be reached either', (context) => {
    if (!isRoot()) context.skip('not root, so there is no other account');
    process.env['TMPDIR'] = home;
    expect(() => findBinaries(findAccount(), packageFolder)).toThrow(/set TMPDIR/);
  });
});

describe('findAccount', () => {
  it('prefers postgres over nobody and never takes root', () => {
    const passwd = 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\npostgres:x:101:104::/:/bin/sh\n';
    expect(findAccount(passwd)).toEqual({ name: 'postgres', uid: 101, gid: 104 });
    expect(findAccount(passwd.replace('postgres:x:101', 'postgres:x:0'))).toMatchObject({ name: 'nobody' });
  });

  it('says what to do when there is none', () => {
    expect(() => findAccount('root:x:0:0::/root:/bin/sh\n')).toThrow(/DATABASE_URL/);
  });
});
