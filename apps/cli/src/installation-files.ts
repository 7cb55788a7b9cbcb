import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import type { Surroundings } from './command.js';

const runFileSchema = z.object({
  pid: z.int(),
  pids: z.record(z.string(), z.int().nullable()),
  urls: z.object({
    console: z.string(),
    guards: z.string(),
    lane: z.string(),
    demo: z.string().nullable(),
    claim: z.string().nullable(),
  }),
});
export type RunFile = z.infer<typeof runFileSchema>;

/** A variable of the environment, else of `.env`; empty means not set. */
export function setting({ environment, folder }: Surroundings, name: string): string | undefined {
  const file = join(folder, '.env');
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8'))[name] : undefined;
  return environment[name] || fromFile || undefined;
}

export function dataFolder(surroundings: Surroundings): string {
  return resolve(surroundings.folder, setting(surroundings, 'PORTCULLIS_DATA') ?? '.portcullis');
}

/** What the running installation says about itself; nothing when none runs here. */
export function readRunFile(surroundings: Surroundings): RunFile | undefined {
  try {
    return runFileSchema.parse(JSON.parse(readFileSync(join(dataFolder(surroundings), 'run.json'), 'utf8')));
  } catch {
    return undefined;
  }
}

/** The ticket that opens the kill lane: from the environment, else the one written for this machine's operator. An API token is none. */
export function readStopTicket(surroundings: Surroundings): string | undefined {
  const given = setting(surroundings, 'PORTCULLIS_TOKEN');
  if (given && !given.startsWith('pct_')) return given;
  try {
    return readFileSync(join(dataFolder(surroundings), 'stop-ticket'), 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}

export function addressOf(surroundings: Surroundings, which: 'console' | 'lane'): string {
  const running = readRunFile(surroundings)?.urls[which];
  if (running) return running;
  const [variable, fallback] = which === 'console' ? ['PORTCULLIS_PORT', '4000'] : ['PORTCULLIS_KILL_PORT', '4002'];
  return `http://localhost:${setting(surroundings, variable) ?? fallback}`;
}
