import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitFor } from '@portcullis/testkit';
import { freePorts } from './free-ports.js';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface RunFile {
  readonly pid: number;
  readonly pids: Record<'api' | 'link' | 'lane' | 'postgres' | 'demo', number>;
  readonly readyMs: number;
  readonly urls: Record<'console' | 'guards' | 'lane' | 'demo' | 'claim', string>;
  readonly revision: number;
}

export interface Installation {
  readonly data: string;
  readonly env: NodeJS.ProcessEnv;
  readonly process: ChildProcess;
  readonly run: RunFile;
  output(): string;
  /** Starts it again on the same data and ports. */
  restart(): Promise<Installation>;
  stop(): Promise<void>;
  /** Stops and deletes the data folder. */
  remove(): Promise<void>;
}

export interface InstallationOptions {
  readonly env?: NodeJS.ProcessEnv;
}

async function portEnv(): Promise<NodeJS.ProcessEnv> {
  const [api, link, lane, demo] = await freePorts(4);
  return {
    PORTCULLIS_PORT: String(api),
    PORTCULLIS_GUARD_PORT: String(link),
    PORTCULLIS_KILL_PORT: String(lane),
    PORTCULLIS_DEMO_PORT: String(demo),
  };
}

async function launch(data: string, env: NodeJS.ProcessEnv): Promise<Installation> {
  const child = spawn(process.execPath, ['apps/cli/start.mjs'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const isSettled = (): boolean => text.includes('Portcullis is ready:') || child.exitCode !== null;
  await waitFor(isSettled, { what: 'the ready line', withinMs: 120_000 }).catch((cause: unknown) => {
    throw new Error(`not ready; it said:\n${text}`, { cause });
  });
  if (child.exitCode !== null) throw new Error(`it exited with ${child.exitCode}:\n${text}`);
  const run = JSON.parse(await readFile(join(data, 'run.json'), 'utf8')) as RunFile;
  async function stop(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  }
  return {
    data,
    env,
    process: child,
    run,
    output: () => text,
    stop,
    restart: () => stop().then(() => launch(data, env)),
    remove: () => stop().then(() => rm(data, { recursive: true, force: true })),
  };
}

/** A whole Portcullis of its own, started as a person starts it: other ports, other data folder, same checkout. */
export async function startInstallation(options: InstallationOptions = {}): Promise<Installation> {
  const parent = join(root, '.portcullis', 'e2e');
  await mkdir(parent, { recursive: true });
  const data = await mkdtemp(join(parent, 'i-'));
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('PORTCULLIS_') && name !== 'DATABASE_URL'),
  );
  return launch(data, {
    ...inherited,
    PORTCULLIS_DATA: data,
    PORTCULLIS_DEMO: 'on',
    ...(await portEnv()),
    ...options.env,
  });
}
