import { readdir, readFile, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { waitFor } from '@portcullis/testkit';
import { startInstallation, type Installation, type RunFile } from '../stack/installation.js';
import { isAlive } from '../stack/processes.js';
import { promise } from '../promise.js';

let installation: Installation;
afterAll(() => installation.remove());

/** Everything the processes have logged. */
async function logs(data: string): Promise<string> {
  const folder = join(data, 'logs');
  return (await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
}

promise('R-START-1', 'it starts, says where it is, and a later start is ready within 10 s', async () => {
  installation = await startInstallation();
  const first = installation.run;
  const mode = (await stat(join(installation.data, 'run.json'))).mode & 0o777;
  const ready = await fetch(`${first.urls.console}/health/ready`);
  installation = await installation.restart();

  expect(installation.output()).toContain(`Portcullis is ready: ${installation.run.urls.claim}`);
  expect(installation.output()).toContain('demo:incident');
  expect(first.urls.claim).toMatch(/\/claim#[A-Za-z0-9_-]{32,}$/);
  expect(installation.run.urls.claim).not.toBe(first.urls.claim);
  const log = await logs(installation.data);
  expect(log).toContain('"ready"');
  expect([first, installation.run].filter(({ urls }) => log.includes(new URL(urls.claim).hash.slice(1)))).toEqual([]);
  expect(mode).toBe(0o600);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({ status: 'ok', revision: expect.any(Number) });
  expect(installation.run.readyMs).toBeLessThan(10_000);
  expect(installation.run.revision).toBeGreaterThanOrEqual(first.revision);
});

/** Whether somebody takes a connection there. */
function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const end = (answer: boolean) => (socket.destroy(), resolve(answer));
    socket
      .once('connect', () => end(true))
      .once('timeout', () => end(false))
      .once('error', () => end(false));
  });
}

promise('R-BIND-1', 'P-F1 every port answers on loopback, and on no other address of the machine', async (context) => {
  const { console, guards, lane, demo } = installation.run.urls;
  const database = Number(await readFile(join(installation.data, 'postgres', 'port'), 'utf8'));
  const ports = [...[console, guards, lane, demo].map((url) => Number(new URL(url).port)), database];
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80'));
  expect(await Promise.all(ports.map((port) => isOpen('127.0.0.1', port)))).toEqual(ports.map(() => true));
  if (others.length === 0) return context.skip('this machine has no address but loopback');
  for (const { address } of others)
    expect(await Promise.all(ports.map((port) => isOpen(address, port))), address).toEqual(ports.map(() => false));
});

promise('R-START-2', 'after kill -9 nothing is left within five seconds and the next start works', async () => {
  const killed = installation.run;
  expect(Object.values(killed.pids).every(isAlive)).toBe(true);
  process.kill(killed.pid, 'SIGKILL');
  await waitFor(() => !Object.values(killed.pids).some(isAlive), { what: 'every process gone', withinMs: 5_000 });
  installation = await installation.restart();
  expect(Object.values(installation.run.pids).every(isAlive)).toBe(true);
});

promise('R-START-3', 'Ctrl-C stops everything, Postgres too', async () => {
  const run = JSON.parse(await readFile(join(installation.data, 'run.json'), 'utf8')) as RunFile;
  const ended = new Promise<number | null>((resolve) => installation.process.once('exit', resolve));
  installation.process.kill('SIGINT');
  await waitFor(() => !isAlive(run.pid) && !Object.values(run.pids).some(isAlive), {
    what: 'everything stopped',
    withinMs: 10_000,
  });
  expect(await ended).toBe(0);
  installation = await installation.restart();
  expect(Object.values(installation.run.pids).every(isAlive)).toBe(true);
});
