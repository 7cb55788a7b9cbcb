import { readFileSync } from 'node:fs';
import { PostgresProblem } from './problem.js';

/** An existing operating-system account that the server runs as when we are root. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const wanted = ['postgres', 'nobody', 'daemon'];

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Postgres refuses root and refuses a user id without an account, so an existing one is looked up. */
export function findAccount(passwd = readFileSync('/etc/passwd', 'utf8')): Account {
  const accounts = passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && Number(uid) > 0 && Number(gid) > 0 ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
  for (const name of wanted) {
    const account = accounts.find((candidate) => candidate.name === name);
    if (account) return account;
  }
  throw new PostgresProblem(
    'postgres_account_missing',
    `Postgres does not run as root and none of the accounts ${wanted.join(', ')} exists; ` +
      'run as an ordinary user, or set DATABASE_URL to a Postgres of your own',
  );
}
