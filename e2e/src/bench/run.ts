import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { decisionBench } from './decision.js';
import { enumerationBench } from './enumeration.js';
import { guardBench } from './guard.js';
import { idleBench } from './idle.js';
import { killBench } from './kill.js';
import type { Bench, Row } from './row.js';
import { tokenBench } from './token.js';

const benches: Record<string, Bench> = {
  kill: killBench,
  decision: decisionBench,
  guard: guardBench,
  idle: idleBench,
  token: tokenBench,
  enumeration: enumerationBench,
};

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return 'unknown';
  }
}

function asTable(rows: readonly Row[]): string {
  const cells = rows.map((r) => [
    r.id,
    r.name,
    `n=${r.n}`,
    `${r.ours} ${r.unit}`,
    r.floor === null ? '-' : `floor ${r.floor} ${r.unit}`,
    r.ratio === null ? '-' : `${r.ratio}x`,
    r.target === null ? '-' : `target ${r.target} ${r.ok ? 'met' : 'MISSED'}`,
  ]);
  return cells.map((line) => line.join('  |  ')).join('\n');
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, runs: { type: 'string' }, n: { type: 'string' } },
  });
  const bench = benches[positionals[0] ?? ''];
  if (!bench) {
    process.stderr.write(`usage: npm run bench -- ${Object.keys(benches).join('|')} [--json] [--runs N] [--n SIZE]\n`);
    process.exit(2);
  }
  const progress = (line: string): void => void process.stderr.write(`${line}\n`);
  const result = await bench({ progress, runs: Number(values.runs ?? 5), size: Number(values.n ?? 1000) });
  const report = {
    bench: positionals[0],
    commit: commit(),
    node: process.version,
    cores: cpus().length,
    runs: result.runs,
    rows: result.rows,
  };
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${asTable(result.rows)}\n`);
  process.exit(0);
}

await main();
