// A stand-in for a script that runs to its end: notes that it ran, and fails when a file says so.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const data = process.env.PORTCULLIS_DATA;
const name = process.argv[1].match(/fixture-(\w+)\.mjs$/)?.[1] ?? '';
appendFileSync(join(data, 'events'), `${name} ran ${process.env.DATABASE_URL.startsWith('postgres://')}\n`);
const failure = join(data, `fail-${name}`);
if (existsSync(failure)) {
  process.stderr.write(readFileSync(failure, 'utf8'));
  process.exit(5);
}
