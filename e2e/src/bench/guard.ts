import { callTool, denialOf } from '../stack/mcp-agent.js';
import { guardWorld, type GuardWorld, type Side } from './guard-world.js';
import { quantile, row, type Bench } from './row.js';

const slices = 40;
const callsPerSlice = 50;

interface Run {
  readonly p50: Record<Side, number>;
  /** CPU of the server process that the guard adds to a call, microseconds. */
  readonly cpu: number;
}

async function batch(world: GuardWorld, side: Side, latencies: number[]): Promise<void> {
  for (let call = 0; call < callsPerSlice; call++) {
    const began = performance.now();
    const result = await callTool(world.clients[side], 'echo', { text: 'hello' });
    latencies.push(performance.now() - began);
    if (denialOf(result)) throw new Error(`refused: ${JSON.stringify(result)}`);
  }
}

async function cpuOf(world: GuardWorld, side: Side, latencies: number[]): Promise<number> {
  const before = await world.target.ask({ type: 'cpu' }, 'cpu');
  await batch(world, side, latencies);
  const now = await world.target.ask({ type: 'cpu' }, 'cpu');
  return (Number(now['us']) - Number(before['us'])) / callsPerSlice;
}

/** Short slices in turn, each side first every other time, so that a neighbour's load falls on both. */
async function oneRun(world: GuardWorld): Promise<Run> {
  const seen: Record<Side, number[]> = { guarded: [], plain: [] };
  const spent: Record<Side, number[]> = { guarded: [], plain: [] };
  for (let slice = 0; slice < slices; slice++) {
    const order: Side[] = slice % 2 === 0 ? ['guarded', 'plain'] : ['plain', 'guarded'];
    for (const side of order) spent[side].push(await cpuOf(world, side, seen[side]));
  }
  return {
    p50: { guarded: quantile(seen.guarded, 0.5), plain: quantile(seen.plain, 0.5) },
    // What disturbs a slice (collection, compilation, a neighbour) only adds, so the quiet quarter is compared.
    cpu: quantile(spent.guarded, 0.25) - quantile(spent.plain, 0.25),
  };
}

/** B-G3: the same call on the same server, through the guard and past it, in turn. */
export const guardBench: Bench = async ({ progress, runs }) => {
  const world = await guardWorld();
  try {
    const all: Run[] = [];
    for (let index = 0; index <= runs; index++) {
      const run = await oneRun(world);
      const label = index === 0 ? 'warm-up' : `run ${index}`;
      progress(
        `${label}: guarded ${run.p50.guarded.toFixed(3)} ms, plain ${run.p50.plain.toFixed(3)} ms, ${run.cpu.toFixed(0)} us`,
      );
      if (index > 0) all.push(run);
    }
    return {
      runs: all.length,
      rows: [
        row('B-G3', 'tools/call through the guard, p50; floor: the same call unguarded', slices * callsPerSlice, 'ms', {
          ours: all.map((run) => run.p50.guarded),
          floor: all.map((run) => run.p50.plain),
          target: 1.08,
        }),
        row('B-G3-cpu', 'CPU the guard adds to a call', slices * callsPerSlice, 'us', {
          ours: all.map((run) => run.cpu),
          target: 25,
        }),
      ],
    };
  } finally {
    await world.close();
  }
};
