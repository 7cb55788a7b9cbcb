import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createTestDatabases } from '@portcullis/postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePorts, isAlive, run, until } from '../spec/start-run.mjs';

interface RunFile {
  readonly pid: number;
  readonly pids: Record<'api' | 'link' | 'lane' | 'postgres' | 'demo', number | null>;
  readonly readyMs: number;
  readonly urls: Record<string, string | null>;
  readonly revision: number;
}

describe('npm start', () => {
  let home: string;
  let data: string;
  let environment: Record<string, string>;
  let madeBefore: string;
  const runs: ReturnType<typeof run>[] = [];

  const start = (more: Record<string, string> = {}) => {
    const started = run({ ...environment, ...more });
    runs.push(started);
    return started;
  };
  const readRun = () => JSON.parse(readFileSync(join(data, 'run.json'), 'utf8')) as RunFile;
  const events = () => readFileSync(join(data, 'events'), 'utf8').trim().split('\n');
  // Making a cluster is the slowest part of a first start: one serves all tests, handed on as it is.
  const lendCluster = () => {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    const isFree = existsSync(madeBefore) && !existsSync(join(data, 'postgres'));
    if (isFree) renameSync(madeBefore, join(data, 'postgres'));
  };
  const ready = async (more: Record<string, string> = {}) => {
    if (!more['DATABASE_URL']) lendCluster();
    const started = start(more);
    await until('ready', () => started.said.out.includes('Portcullis is ready') || started.child.exitCode !== null);
    return { ...started, file: readRun() };
  };
  const alive = (file: RunFile) =>
    Object.entries(file.pids)
      .filter(([, pid]) => isAlive(pid))
      .map(([name]) => name);

  beforeAll(() => {
    madeBefore = join(mkdtempSync(join(tmpdir(), 'portcullis-cluster-')), 'postgres');
  });
  afterAll(() => rmSync(dirname(madeBefore), { recursive: true, force: true }));

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'portcullis-start-'));
    data = join(home, 'data');
    environment = { ...(await freePorts()), PORTCULLIS_DATA: data, SPEC_ROOT: home };
  });

  afterEach(async () => {
    await Promise.all(
      runs.splice(0).map(async ({ child, exited }) => {
        child.kill('SIGTERM');
        await exited;
      }),
    );
    if (existsSync(join(data, 'postgres', 'pgdata'))) renameSync(join(data, 'postgres'), madeBefore);
    rmSync(home, { recursive: true, force: true });
  });

  it('starts everything in order, says so, and stops everything on a signal, Postgres last', async () => {
    const { said, file, child, exited } = await ready();
    expect(said.out).toContain('Portcullis is ready: http://localhost:1/claim#once\n');
    expect(said.out).toContain('npm run demo:incident');
    expect(file).toMatchObject({ pid: child.pid, revision: 7 });
    expect(file.urls).toEqual({
      console: `http://localhost:${environment['PORTCULLIS_PORT']}`,
      guards: `http://localhost:${environment['PORTCULLIS_GUARD_PORT']}`,
      lane: `http://localhost:${environment['PORTCULLIS_KILL_PORT']}`,
      demo: `http://localhost:${environment['PORTCULLIS_DEMO_PORT']}`,
      claim: 'http://localhost:1/claim#once',
    });
    expect(alive(file)).toEqual(['api', 'link', 'lane', 'postgres', 'demo']);
    expect(statSync(join(data, 'run.json')).mode & 0o777).toBe(0o600);
    expect(statSync(data).mode & 0o777).toBe(0o700);
    // Nobody has made the keys yet, so the first process stands alone until it is ready.
    expect(events().slice(0, 2)).toEqual(['migrate ran true', 'api ready']);
    expect(events().slice(2, 5).sort()).toEqual(['lane ready', 'link ready', 'seed ran true']);
    expect(events()[5]).toBe('demo ready');

    child.kill('SIGINT');
    expect(await exited).toMatchObject({ code: 0, err: '' });
    expect(alive(file)).toEqual([]);
    expect(events()[6]).toBe('demo stopped');
    expect(events().slice(7).sort()).toEqual(['api stopped', 'lane stopped', 'link stopped']);
    expect(existsSync(join(data, 'run.json'))).toBe(false);
  });

  it('leaves nothing five seconds after kill -9, and starts again within ten', async () => {
    const { file, child, exited } = await ready();
    child.kill('SIGKILL');
    await until('nothing is left', () => alive(file).length === 0, 5_000);
    await exited;
    const again = await ready();
    expect(alive(again.file)).toHaveLength(5);
    expect(again.file.readyMs).toBeLessThan(10_000);
  });

  it('refuses a second start in the same data folder and leaves the first alone', async () => {
    const { file } = await ready();
    const before = readFileSync(join(data, 'run.json'), 'utf8');
    const second = await start().exited;
    expect(second).toMatchObject({ code: 2, out: '' });
    expect(second.err).toMatch(/^portcullis: already_running: .*; stop it, or set PORTCULLIS_DATA.*\n$/);
    expect(readFileSync(join(data, 'run.json'), 'utf8')).toBe(before);
    expect(alive(file)).toHaveLength(5);
  });

  it('starts a process again that died, and tells its new number', async () => {
    const { file, said } = await ready();
    process.kill(file.pids.lane ?? 0, 'SIGKILL');
    await until('another lane', () => readRun().pids.lane !== file.pids.lane);
    expect(said.out.match(/the lane process stopped \(SIGKILL\)/g)).toHaveLength(1);
    expect(alive(readRun())).toHaveLength(5);
    expect({ ...readRun().pids, lane: null }).toEqual({ ...file.pids, lane: null });
  });

  it('starts Postgres again when it died, at the same address', async () => {
    const { file, said } = await ready();
    const port = readFileSync(join(data, 'postgres', 'port'), 'utf8');
    process.kill(file.pids.postgres ?? 0, 'SIGKILL');
    await until('another Postgres', () => readRun().pids.postgres !== file.pids.postgres);
    expect(said.out).toContain('Postgres stopped');
    expect(readFileSync(join(data, 'postgres', 'port'), 'utf8')).toBe(port);
    expect(alive(readRun())).toHaveLength(5);
  });

  it('runs without the demo when it is off', async () => {
    const { file, said } = await ready({ PORTCULLIS_DEMO: 'off' });
    expect(file.pids.demo).toBeNull();
    expect(file.urls['demo']).toBeNull();
    expect(said.out).not.toContain('demo:incident');
    expect(events()).not.toContain('seed ran true');
  });

  it('uses the database of DATABASE_URL and starts none', async () => {
    const clone = await (await createTestDatabases()).cloneDatabase();
    const { file, child, exited } = await ready({ DATABASE_URL: clone.url });
    expect(file.pids.postgres).toBeNull();
    expect(existsSync(join(data, 'postgres'))).toBe(false);
    child.kill('SIGTERM');
    expect(await exited).toMatchObject({ code: 0 });
    await clone.drop();
  });

  describe('refuses, with a code, a remedy and nothing left', () => {
    const refusal = async (more: Record<string, string> = {}) => {
      const told = await start(more).exited;
      expect(told.out).not.toContain('ready');
      expect(existsSync(join(data, 'run.json'))).toBe(false);
      expect(existsSync(join(data, 'supervisor'))).toBe(false);
      return told;
    };

    it('a port that is taken: exit 3, before anything is made', async () => {
      const squatter = createServer().listen(Number(environment['PORTCULLIS_KILL_PORT']), '127.0.0.1');
      await once(squatter, 'listening');
      const { code, err } = await refusal();
      expect([code, err]).toEqual([
        3,
        expect.stringMatching(/^portcullis: port_in_use: port \d+ \(PORTCULLIS_KILL_PORT\) is taken; .*\n$/),
      ]);
      expect(existsSync(join(data, 'postgres'))).toBe(false);
      squatter.close();
    });

    it('wrong configuration: exit 2, every problem in one line, no secret in it', async () => {
      const { code, err } = await refusal({
        PORTCULLIS_PORT: 'http',
        PORTCULLIS_DEMO: 'maybe',
        DATABASE_URL: 'mysql://me:hush@db/app',
      });
      expect(code).toBe(2);
      expect(err).toMatch(
        /^portcullis: config_invalid: 3 problems: .*PORTCULLIS_PORT.*PORTCULLIS_DEMO.*DATABASE_URL.*; .*\.env\.example.*\n$/,
      );
      expect(err).not.toContain('hush');
      expect(existsSync(data)).toBe(false);
    });

    it('a database that does not answer: exit 4', async () => {
      const { code, err } = await refusal({
        DATABASE_URL: `postgres://me:hush@127.0.0.1:${environment['PORTCULLIS_PORT']}/app`,
      });
      expect([code, err]).toEqual([
        4,
        expect.stringMatching(/^portcullis: database_unreachable: .*; check DATABASE_URL.*\n$/),
      ]);
      expect(err).not.toContain('hush');
    });

    it('a migration that failed: exit 5, with the line of the migration itself', async () => {
      lendCluster();
      writeFileSync(join(data, 'fail-migrate'), 'portcullis: migration_failed: 0003 broke; mend it\n');
      expect(await refusal()).toMatchObject({ code: 5, err: 'portcullis: migration_failed: 0003 broke; mend it\n' });
      expect(events()).toEqual(['migrate ran true']);
      writeFileSync(join(data, 'fail-migrate'), 'Error: something\n');
      const { code, err } = await refusal();
      expect([code, err]).toEqual([
        5,
        expect.stringMatching(/^Error: something\nportcullis: migration_failed: .*; .*\n$/),
      ]);
    });

    it('a process that refuses to start: its line, its exit code, and the others are stopped', async () => {
      lendCluster();
      writeFileSync(join(data, 'refuse-link'), '');
      expect(await refusal()).toMatchObject({
        code: 3,
        err: 'portcullis: port_in_use: somebody was quicker; stop it\n',
      });
      expect(events()).toContain('api stopped');
    });

    it('a data folder that cannot be made: exit 2', async () => {
      writeFileSync(data, 'a file');
      const told = await start().exited;
      expect([told.code, told.err]).toEqual([
        2,
        expect.stringMatching(/^portcullis: config_invalid: .*; set PORTCULLIS_DATA.*\n$/),
      ]);
      expect(readFileSync(data, 'utf8')).toBe('a file');
    });
  });
});
