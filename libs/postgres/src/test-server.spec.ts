import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive, readPid } from './leftover.js';

const script = join(dirname(fileURLToPath(import.meta.url)), '..', 'spec', 'lease-test-server.mjs');

describe('leaseTestServer', () => {
  let home: string;
  let folder: string;
  const processes: ChildProcess[] = [];

  async function holder(): Promise<{ url: string; child: ChildProcess }> {
    const env = { ...process.env, PORTCULLIS_TEST_DATABASE_URL: '' };
    const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'], env });
    processes.push(child);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return { url: line.toString('utf8').trim(), child };
  }

  async function kill(child: ChildProcess): Promise<void> {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async function answers(url: string): Promise<boolean> {
    const client = new pg.Client({ connectionString: url });
    return client
      .connect()
      .then(() => client.end())
      .then(() => true)
      .catch(() => false);
  }

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'portcullis-lease-'));
    folder = join(home, 'server');
  });

  afterEach(() => {
    for (const child of processes.splice(0)) child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });

  it('is one server for all, started by the first, alive until the last was killed', async () => {
    const holders = await Promise.all([holder(), holder(), holder()]);
    expect(new Set(holders.map(({ url }) => url)).size).toBe(1);
    const [first, second, third] = holders;
    if (!first || !second || !third) throw new Error('three were started');
    const pid = readPid(join(folder, 'pgdata')) ?? 0;
    await kill(first.child);
    await kill(second.child);
    expect(await answers(third.url)).toBe(true);
    await kill(third.child);
    const deadline = performance.now() + 15_000;
    while (isAlive(pid) && performance.now() < deadline) await delay(50);
    expect(isAlive(pid)).toBe(false);
    expect(await answers((await holder()).url)).toBe(true);
  });

  it('is replaced when it died, and a lock of a dead process does not hold anyone up', async () => {
    const first = await holder();
    process.kill(readPid(join(folder, 'pgdata')) ?? 0, 'SIGKILL');
    writeFileSync(`${folder}.lock`, '4194303');
    const second = await holder();
    expect(await answers(second.url)).toBe(true);
    await kill(first.child);
    expect(await answers(second.url)).toBe(true);
  });
});
