import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { waitFor } from '@portcullis/testkit';
import { Child } from './child.js';
import { killWorld, type KillWorld } from './kill-world.js';
import { quantile, row, type Bench, type Progress } from './row.js';

const fullGuards = 8;
const inDirectory = (name: string): URL => new URL(`./${name}.js`, import.meta.url);

interface Round {
  readonly last: number;
  readonly concerned: number;
  readonly answer: number;
  readonly floor: number;
  readonly frameToSwap: readonly number[];
}

const ms = (from: bigint, to: bigint): number => Number(to - from) / 1e6;

async function startGuards(world: KillWorld): Promise<Child[]> {
  const guards: Child[] = [];
  for (let index = 0; index < fullGuards; index++) {
    const child = new Child(inDirectory('full-guard'), {
      ...process.env,
      BENCH_GUARD_URL: world.guardsUrl,
      BENCH_STATE: join(world.data, `bench-guard-${index}`),
      BENCH_JOIN_TOKEN: await world.joinToken(),
    });
    guards.push(child);
    await child.next('fresh');
  }
  return guards;
}

async function served(world: KillWorld, agent: string): Promise<void> {
  const count = async (): Promise<number> => {
    const { rows } = await world.database.query<{ n: number }>(
      'select count(distinct guard_id)::int as n from decision where agent = $1',
      [agent],
    );
    return rows[0]?.n ?? 0;
  };
  await waitFor(async () => (await count()) === fullGuards, {
    what: `${fullGuards} guards reporting ${agent}`,
    withinMs: 15_000,
  });
}

async function floorOnce(raw: Child, receivers: Child, size: number): Promise<number> {
  const text = randomUUID();
  await receivers.ask({ type: 'await', text, count: size });
  raw.send({ type: 'fire', text });
  const [{ last }, { began }] = await Promise.all([receivers.next('arrived'), raw.next('fired')]);
  return ms(BigInt(String(began)), BigInt(String(last)));
}

async function killOnce(
  world: KillWorld,
  guards: Child[],
  receivers: Child,
  size: number,
  agent: string,
): Promise<Omit<Round, 'floor'>> {
  const token = await world.agent(agent);
  await Promise.all(guards.map((guard) => guard.ask({ type: 'serve', token })));
  await served(world, agent);
  const engagement = randomUUID();
  await receivers.ask({ type: 'await', text: engagement, count: size });
  const began = process.hrtime.bigint();
  const response = await fetch(`${world.laneUrl}/stop`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${world.stopTicket}` },
    body: JSON.stringify({ scope: 'agent', id: agent, reason: 'bench', engagement }),
  });
  const answer = ms(began, process.hrtime.bigint());
  if (!response.ok) throw new Error(`not stopped: ${response.status} ${await response.text()}`);
  const [arrived, ...swaps] = await Promise.all([
    receivers.next('arrived'),
    ...guards.map((guard) => guard.next('swapped')),
  ]);
  const frameToSwap = swaps.map((swap) => Number(swap['frameToSwapNs']) / 1e6);
  const concerned = Math.max(...swaps.map((swap) => ms(began, BigInt(String(swap['at'])))));
  const lastArrival = ms(began, BigInt(String(arrived['last'])));
  return { last: Math.max(concerned, lastArrival + quantile(frameToSwap, 0.99)), concerned, answer, frameToSwap };
}

async function rounds(world: KillWorld, size: number, runs: number, progress: Progress): Promise<Round[]> {
  const raw = new Child(inDirectory('raw-broadcast'), { ...process.env, BENCH_DATABASE_URL: world.databaseUrl });
  const { port } = await raw.next('listening');
  const [floorSockets, feedSockets] = [new Child(inDirectory('receivers')), new Child(inDirectory('receivers'))];
  await floorSockets.ask({ type: 'raw', port, count: size });
  await feedSockets.ask({
    type: 'feed',
    port: Number(new URL(world.guardsUrl).port),
    guards: world.lightGuards,
    privateKey: world.lightKey,
  });
  progress(`${size} light sockets on the feed and on the floor`);
  const guards = await startGuards(world);
  progress(`${fullGuards} full guards, subscribed last`);
  const done: Round[] = [];
  for (let index = 0; index <= runs; index++) {
    const floor = await floorOnce(raw, floorSockets, size);
    const kill = await killOnce(world, guards, feedSockets, size, `bench-${index}`);
    const label = index === 0 ? 'warm-up' : `run ${index}`;
    progress(
      `${label}: last ${kill.last.toFixed(1)} ms, concerned ${kill.concerned.toFixed(1)} ms, floor ${floor.toFixed(1)} ms`,
    );
    if (index > 0) done.push({ ...kill, floor });
  }
  for (const child of [...guards, raw, floorSockets, feedSockets]) child.stop();
  return done;
}

/** B-K1 and B-K2: from the admin's call to the last guard, and to the guards that serve the killed agent. */
export const killBench: Bench = async ({ progress, runs, size }) => {
  const world = await killWorld(size);
  try {
    const all = await rounds(world, size, runs, progress);
    const floor = all.map((one) => one.floor);
    const last = all.map((one) => one.last);
    const concerned = all.map((one) => one.concerned);
    return {
      runs: all.length,
      rows: [
        row('B-K1', 'kill to applied at the last guard; floor: COMMIT with NOTIFY, then raw TCP', size, 'ms', {
          ours: last,
          floor,
          target: 2,
        }),
        row('B-K2', `kill to applied at the ${fullGuards} guards that serve the agent; floor: B-K1`, size, 'ms', {
          ours: concerned,
          floor: last,
        }),
        row('B-K3', "the lane's answer, commit durable", size, 'ms', { ours: all.map((one) => one.answer) }),
        row('B-swap', 'frame to swap in a full guard, p99', fullGuards, 'ms', {
          ours: [
            quantile(
              all.flatMap((one) => one.frameToSwap),
              0.99,
            ),
          ],
        }),
      ],
    };
  } finally {
    await world.close();
  }
};
