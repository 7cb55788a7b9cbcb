import { parseArgs } from 'node:util';
import { rotationSoak } from './rotation.js';
import type { Soak } from './soak.js';

const soaks: Record<string, Soak> = { rotation: rotationSoak };

const usage = `usage: npm run soak -- ${Object.keys(soaks).join('|')} [--json] [--rotations N] [--calls N] [--agents N] [--seed N]\n`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      rotations: { type: 'string', default: '200' },
      calls: { type: 'string', default: '20000' },
      agents: { type: 'string', default: '8' },
      seed: { type: 'string', default: '1' },
    },
  });
  const name = positionals[0] ?? '';
  const soak = soaks[name];
  const [rotations, calls, agents, seed] = [values.rotations, values.calls, values.agents, values.seed].map(Number);
  if (!soak || ![rotations, calls, agents, seed].every(Number.isSafeInteger)) {
    process.stderr.write(usage);
    return 2;
  }
  const progress = (line: string): void => void process.stderr.write(`${line}\n`);
  const result = await soak({
    progress,
    rotations: rotations ?? 0,
    calls: calls ?? 0,
    agents: agents ?? 0,
    seed: seed ?? 0,
  });
  const report = { soak: name, seed, ...result };
  process.stdout.write(`${values.json ? JSON.stringify(report) : JSON.stringify(report, null, 2)}\n`);
  return result.ok ? 0 : 1;
}

process.exit(await main());
