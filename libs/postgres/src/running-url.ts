import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isServerOf, readPid } from './leftover.js';

/**
 * The connection string of the embedded server that another process runs in `dataFolder`; `undefined` when none runs there.
 * For scripts beside a running installation, by whoever may read its secret. The secret is inside: never log it.
 */
export function runningUrl(dataFolder: string, database = 'portcullis'): string | undefined {
  const folder = resolve(dataFolder);
  const pgdata = join(folder, 'pgdata');
  const pid = readPid(pgdata);
  if (pid === undefined || !isServerOf(pid, pgdata) || !existsSync(join(folder, 'secret'))) return undefined;
  const secret = readFileSync(join(folder, 'secret'), 'utf8');
  const port = Number(readFileSync(join(folder, 'port'), 'utf8'));
  return `postgres://postgres:${secret}@127.0.0.1:${port}/${database}`;
}
