import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runningUrl } from '@portcullis/postgres';
import { Client } from 'pg';
import type { Installation } from './installation.js';

/** A place where something may have been written, and all that stands there. */
export interface Place {
  readonly name: string;
  readonly text: string;
}

export async function withDatabase<T>(installation: Installation, work: (database: Client) => Promise<T>): Promise<T> {
  const connectionString = runningUrl(join(installation.data, 'postgres'));
  if (connectionString === undefined) throw new Error('the embedded Postgres does not run');
  const database = new Client({ connectionString });
  await database.connect();
  try {
    return await work(database);
  } finally {
    await database.end();
  }
}

async function tables(database: Client): Promise<Place[]> {
  const { rows } = await database.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const places: Place[] = [];
  for (const { name } of rows) {
    const found = await database.query<{ row: string }>(`select t::text as row from ${name} t`);
    places.push({ name: `table ${name}`, text: found.rows.map(({ row }) => row).join('\n') });
  }
  return places;
}

async function files(folder: string): Promise<Place[]> {
  const names = await readdir(folder);
  return Promise.all(
    names.map(async (name) => ({ name: `log ${name}`, text: await readFile(join(folder, name), 'utf8') })),
  );
}

/** Those of the installation and all they have begun: what they were started with, and in what surroundings. */
async function processes({ run }: Installation): Promise<Place[]> {
  const known = new Set([run.pid, ...Object.values(run.pids)].map(String));
  const places: Place[] = [];
  for (const pid of (await readdir('/proc'))
    .filter((name) => /^\d+$/.test(name))
    .sort((a, b) => Number(a) - Number(b))) {
    const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
    const parent = /^PPid:\s+(\d+)/m.exec(await read('status'))?.[1] ?? '';
    if (!known.has(pid) && !known.has(parent)) continue;
    known.add(pid);
    places.push({ name: `process ${pid}`, text: `${await read('cmdline')}\n${await read('environ')}` });
  }
  return places;
}

/** Everything an installation writes or shows besides its answers: its output, logs, tables and process list. */
export async function leftBehind(installation: Installation): Promise<Place[]> {
  return [
    { name: 'its output', text: installation.output() },
    ...(await files(join(installation.data, 'logs'))),
    ...(await withDatabase(installation, tables)),
    ...(await processes(installation)),
  ];
}
