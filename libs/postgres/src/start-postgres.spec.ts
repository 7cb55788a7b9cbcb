import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isRoot } from './account.js';
import { isAlive } from './leftover.js';
import { startPostgres, type RunningPostgres } from './start-postgres.js';

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function until(what: string, isSo: () => boolean, withinMs = 5_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await delay(20);
  }
}

describe('startPostgres', () => {
  let home: string;
  let dataFolder: string;
  const started: RunningPostgres[] = [];

  async function start(options: { port?: number; settings?: Record<string, string> } = {}): Promise<RunningPostgres> {
    const postgres = await startPostgres({ dataFolder, ...options });
    started.push(postgres);
    return postgres;
  }

  beforeAll(() => {
    // A 0700 home: what a root account's project folder usually looks like.
    home = mkdtempSync(join(tmpdir(), 'portcullis-spec-'));
  });

  beforeEach(() => {
    dataFolder = join(home, 'postgres');
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((postgres) => postgres.stop()));
  });

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('keeps its data over a restart, on the port it had before', async () => {
    const first = await start();
    await query(first.url, 'create table kept (n int)');
    await query(first.url, 'insert into kept values (7)');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await start();
    expect(second.port).toBe(first.port);
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('listens on 127.0.0.1 only, with scram, checksums and no Unix socket', async () => {
    const { url, port } = await start();
    const [settings] = await query(
      url,
      `select current_setting('listen_addresses') as listen, current_setting('unix_socket_directories') as socket,
              current_setting('data_checksums') as checksums, current_setting('password_encryption') as password`,
    );
    expect(settings).toEqual({ listen: '127.0.0.1', socket: '', checksums: 'on', password: 'scram-sha-256' });
    await expect(query(`postgres://postgres:wrong@127.0.0.1:${port}/postgres`, 'select 1')).rejects.toThrow('password');
    await expect(query(`postgres://postgres@127.0.0.1:${port}/postgres`, 'select 1')).rejects.toThrow('password');
  });

  it('keeps folder, secret and log to itself', async () => {
    const { url } = await start();
    expect(statSync(dataFolder).mode & 0o777).toBe(0o700);
    for (const file of ['secret', 'port', 'owner', 'postgres.log'])
      expect([file, statSync(join(dataFolder, file)).mode & 0o777]).toEqual([file, 0o600]);
    expect(url).toContain(readFileSync(join(dataFolder, 'secret'), 'utf8'));
    expect(readFileSync(join(dataFolder, 'secret'), 'utf8')).toHaveLength(43);
  });

  it('as root drops its privileges, in a home that the account may not enter', async (context) => {
    if (!isRoot()) context.skip('not root, so there is nothing to drop');
    const { pid } = await start();
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    for (const line of [/^Uid:\s+(\d+)/m, /^Gid:\s+(\d+)/m]) expect(Number(line.exec(status)?.[1])).toBeGreaterThan(0);
    expect(/^Groups:\s*(.*)$/m.exec(status)?.[1]?.trim().split(/\s+/)).not.toContain('0');
    expect(statSync(home).uid).toBe(0);
    expect(statSync(home).mode & 0o077).toBe(0);
  });

  it('takes a free port when the wanted one is in use', async () => {
    const squatter = createServer();
    squatter.listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const taken = typeof address === 'object' && address ? address.port : 0;
    const { port, url } = await start({ port: taken });
    expect(port).not.toBe(taken);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    squatter.close();
  });

  it('tells when the server died by itself, and stop() then returns at once', async () => {
    const postgres = await start();
    const exit = new Promise((resolve) => postgres.onExit(resolve));
    process.kill(postgres.pid, 'SIGKILL');
    expect(await exit).toMatchObject({ expected: false });
    const before = performance.now();
    await postgres.stop();
    expect(performance.now() - before).toBeLessThan(100);
  });

  it('recovers what was committed before the server was killed', async () => {
    const first = await start();
    await query(first.url, 'create table recovered (n int)');
    await query(first.url, 'insert into recovered values (7)');
    const gone = new Promise((resolve) => first.onExit(resolve));
    process.kill(first.pid, 'SIGKILL');
    await gone;
    const second = await start();
    expect(await query(second.url, 'select n from recovered')).toEqual([{ n: 7 }]);
  });

  it('removes a stale pid file, also when its number now belongs to another process', async () => {
    await (await start()).stop();
    const bystander = spawn('sleep', ['60'], { stdio: 'ignore' });
    for (const pid of [bystander.pid ?? 0, 4_194_303]) {
      writeFileSync(join(dataFolder, 'pgdata', 'postmaster.pid'), `${pid}\n${join(dataFolder, 'pgdata')}\n`);
      const postgres = await start();
      expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await postgres.stop();
    }
    expect(bystander.exitCode).toBeNull();
    bystander.kill();
  });

  it('refuses a folder that a living process runs already, and leaves that server alone', async () => {
    const first = await start();
    await expect(startPostgres({ dataFolder })).rejects.toMatchObject({ code: 'postgres_folder_in_use' });
    expect(isAlive(first.pid)).toBe(true);
    expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('says what to do when the data was made by another major version', async () => {
    await (await start()).stop();
    writeFileSync(join(dataFolder, 'pgdata', 'PG_VERSION'), '13\n');
    await expect(startPostgres({ dataFolder })).rejects.toMatchObject({ code: 'postgres_version_mismatch' });
    expect(readFileSync(join(dataFolder, 'pgdata', 'PG_VERSION'), 'utf8')).toBe('13\n');
    writeFileSync(join(dataFolder, 'pgdata', 'PG_VERSION'), '18\n');
  });

  it('names the trouble and frees the folder when a setting is wrong', async () => {
    await (await start()).stop();
    await expect(start({ settings: { max_connections: 'many' } })).rejects.toMatchObject({
      code: 'postgres_start_failed',
      message: expect.stringContaining('max_connections') as unknown,
    });
    expect(await query((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('begins again after an initdb that was cut short', async () => {
    dataFolder = join(home, 'cut-short');
    mkdirSync(join(dataFolder, 'pgdata.new'), { recursive: true });
    writeFileSync(join(dataFolder, 'pgdata.new', 'PG_VERSION'), '18\n');
    expect(await query((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(readdirSync(dataFolder)).not.toContain('pgdata.new');
  });

  it('leaves no server behind when its parent is killed with -9, and the next start works', async () => {
    const parent = spawn(
      process.execPath,
      [join(dirname(fileURLToPath(import.meta.url)), '..', 'spec', 'hold-postgres.mjs'), dataFolder],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const { pid, url } = JSON.parse(line.toString('utf8')) as { pid: number; url: string };
    await query(url, 'create table survived (n int)');
    process.kill(parent.pid ?? 0, 'SIGKILL');
    await until('the server is gone', () => !isAlive(pid));
    const next = await start();
    expect(await query(next.url, 'select n from survived')).toEqual([]);
  });

  it('says what to do when the folder cannot be made', async () => {
    dataFolder = join(home, 'file');
    writeFileSync(dataFolder, 'a file');
    const inFile = startPostgres({ dataFolder: join(dataFolder, 'deeper') });
    await expect(inFile).rejects.toMatchObject({
      code: 'postgres_folder_unreachable',
      message: expect.stringContaining('choose another') as unknown,
    });
    expect(readFileSync(dataFolder, 'utf8')).toBe('a file');
  });
});
