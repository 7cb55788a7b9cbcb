import { createServer } from 'node:http';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres, type RunningPostgres } from '@portcullis/postgres';
import { Client } from 'pg';
import { afterAll, beforeAll, expect } from 'vitest';
import { badInput, type BadInput } from '../bad-input.js';
import { freePorts } from '../stack/free-ports.js';
import { root } from '../stack/installation.js';
import { oldPostgres, type OldPostgres } from '../stack/old-postgres.js';
import { runNode } from '../stack/processes.js';
import { promise } from '../promise.js';

let parent: string;
let postgres: RunningPostgres;
let old: OldPostgres;
beforeAll(async () => {
  await mkdir(join(root, '.portcullis', 'e2e'), { recursive: true });
  parent = await mkdtemp(join(root, '.portcullis', 'e2e', 'bad-'));
  [postgres, old] = await Promise.all([startPostgres({ dataFolder: join(parent, 'pg') }), oldPostgres()]);
});
afterAll(async () => {
  old.close();
  await postgres.stop();
  await rm(parent, { recursive: true, force: true });
});

async function ports(): Promise<NodeJS.ProcessEnv> {
  const [api, link, lane, demo] = await freePorts(4);
  return {
    PORTCULLIS_PORT: `${api}`,
    PORTCULLIS_GUARD_PORT: `${link}`,
    PORTCULLIS_KILL_PORT: `${lane}`,
    PORTCULLIS_DEMO_PORT: `${demo}`,
  };
}

async function database(name: string, prepare: (client: Client) => Promise<unknown>): Promise<string> {
  const admin = new Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await prepare(client);
  await client.end();
  return url.href;
}

async function tablesOf(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  await client.end();
  return rows.map((row) => row.name);
}

let occupied: ReturnType<typeof createServer> | undefined;
afterAll(() => occupied?.close());

const environments: Record<BadInput['start'], () => Promise<NodeJS.ProcessEnv>> = {
  'wrong configuration: every problem at once': () =>
    Promise.resolve({ PORTCULLIS_PORT: 'seventy', PORTCULLIS_LOG_LEVEL: 'shout' }),
  'an occupied port': async () => {
    const free = await ports();
    occupied = createServer();
    await new Promise<void>((resolve) => occupied?.listen(Number(free['PORTCULLIS_KILL_PORT']), '127.0.0.1', resolve));
    return free;
  },
  'a database that cannot be reached': async () => {
    const [port] = await freePorts(1);
    return { ...(await ports()), DATABASE_URL: `postgres://nobody:x@127.0.0.1:${port}/none` };
  },
  'a database that is too old': async () => ({ ...(await ports()), DATABASE_URL: old.url }),
  'a migration that fails half-way': async () => {
    const url = await database('half_way', (client) => client.query('create table engagement (in_the_way int)'));
    return { ...(await ports()), DATABASE_URL: url };
  },
};

for (const [name, { code, exit, remedy }] of Object.entries(badInput.start)) {
  promise('R-START-4', name, async () => {
    const data = await mkdtemp(join(parent, 'data-'));
    const env = await environments[name as BadInput['start']]();
    const url = env['DATABASE_URL'];
    const readable = code === 'migration_failed' && url !== undefined;
    const before = readable ? await tablesOf(url) : [];
    const inherited = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !name.startsWith('PORTCULLIS_')),
    );
    const ended = await runNode(['apps/cli/start.mjs'], { ...inherited, PORTCULLIS_DATA: data, ...env });

    expect(ended.code).toBe(exit);
    expect(ended.stderr).toContain(`portcullis: ${code}: `);
    expect(ended.stderr).toMatch(remedy);
    expect(await readdir(data)).not.toContain('run.json');
    expect(old.asked.filter((text) => !text.startsWith('select '))).toEqual([]);
    const left = readable ? await tablesOf(url) : [];
    expect(left.filter((table) => /^(environment|role|server|grants|agent)$/.test(table))).toEqual([]);
    expect(left.filter((table) => before.includes(table))).toEqual(before);
  });
}
