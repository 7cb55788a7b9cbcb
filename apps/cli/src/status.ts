import { z } from 'zod';
import type { Command, Surroundings } from './command.js';
import { exitCodes, UsageProblem } from './exit-codes.js';
import { ask, Unreachable } from './http.js';
import { addressOf } from './installation-files.js';

const readySchema = z.object({
  status: z.string(),
  revision: z.int().nullish(),
  checks: z.record(z.string(), z.unknown()).nullish(),
});

interface Part {
  readonly part: 'control plane' | 'kill lane';
  readonly url: string;
  readonly state: 'ready' | 'not ready' | 'unreachable';
  readonly revision?: number;
  readonly because?: string;
}

export const status: Command = {
  usage: 'portcullis status [--json] [--url http://localhost:4000]',
  summary: 'is the control plane ready, and does the kill lane answer',
  async run(words, options, surroundings) {
    if (words.length > 0) throw new UsageProblem(`status takes no "${words.join(' ')}"`);
    const parts = await Promise.all([
      controlPlane(options.url ?? addressOf(surroundings, 'console')),
      killLane(addressOf(surroundings, 'lane')),
    ]);
    if (options.json) surroundings.out(JSON.stringify({ parts }));
    else parts.forEach((part) => tell(part, surroundings));
    if (parts.every(({ state }) => state === 'ready')) return exitCodes.done;
    return parts.some(({ state }) => state === 'unreachable') ? exitCodes.unreachable : exitCodes.refused;
  },
};

async function controlPlane(base: string): Promise<Part> {
  const url = new URL('/health/ready', base).href;
  return reach('control plane', url, (code, body) => {
    const answer = readySchema.safeParse(body);
    const revision =
      answer.success && typeof answer.data.revision === 'number' ? { revision: answer.data.revision } : {};
    if (code === 200) return { state: 'ready', ...revision };
    const failing = answer.success ? failingChecks(answer.data.checks ?? {}) : '';
    return { state: 'not ready', ...revision, because: failing || `HTTP ${code}` };
  });
}

async function killLane(base: string): Promise<Part> {
  const url = new URL('/health/live', base).href;
  return reach('kill lane', url, (code) =>
    code === 200 ? { state: 'ready' } : { state: 'not ready', because: `HTTP ${code}` },
  );
}

async function reach(
  part: Part['part'],
  url: string,
  judge: (code: number, body: unknown) => Pick<Part, 'state' | 'revision' | 'because'>,
): Promise<Part> {
  try {
    const answer = await ask(url, { withinMs: 5_000 });
    return { part, url, ...judge(answer.status, answer.body) };
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return { part, url, state: 'unreachable', because: error.message };
  }
}

function failingChecks(checks: Readonly<Record<string, unknown>>): string {
  const isFine = (value: unknown) =>
    value === true ||
    value === 'ok' ||
    value === 'up' ||
    (typeof value === 'object' && value !== null && 'status' in value && ['up', 'ok'].includes(String(value.status)));
  return Object.keys(checks)
    .filter((name) => !isFine(checks[name]))
    .join(', ');
}

function tell({ part, state, revision, because, url }: Part, { out }: Surroundings): void {
  out(
    `${part}: ${state}${revision === undefined ? '' : `, revision ${revision}`}${because ? ` (${because})` : ''}  ${url}`,
  );
}
