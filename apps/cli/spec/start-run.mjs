import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const script = join(dirname(fileURLToPath(import.meta.url)), 'start-fixture.mjs');

/** Four ports that were free a moment ago. */
export async function freePorts() {
  const servers = Array.from({ length: 4 }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const [api, link, lane, demo] = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return {
    PORTCULLIS_PORT: String(api),
    PORTCULLIS_GUARD_PORT: String(link),
    PORTCULLIS_KILL_PORT: String(lane),
    PORTCULLIS_DEMO_PORT: String(demo),
  };
}

/**
 * Runs a start with stand-ins for the processes.
 * @param {Record<string, string>} environment
 */
export function run(environment) {
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (text) => (said.out += text));
  child.stderr.on('data', (text) => (said.err += text));
  const exited = once(child, 'close').then(([code]) => ({ code: Number(code), ...said }));
  return { child, said, exited };
}

/**
 * @param {string} what
 * @param {() => boolean} isSo
 */
export async function until(what, isSo, withinMs = 20_000) {
  const deadline = performance.now() + withinMs;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await delay(20);
  }
}

/** @param {number | null} pid */
export function isAlive(pid) {
  try {
    if (pid !== null) process.kill(pid, 0);
    return pid !== null;
  } catch {
    return false;
  }
}
