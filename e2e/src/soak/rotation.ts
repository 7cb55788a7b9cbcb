import { setTimeout as after } from 'node:timers/promises';
import type { Proof } from './proof.js';
import { between, seeded, type Random } from './random.js';
import { rotateKeys } from './rotate-keys.js';
import { rotateByAdministrator, rotateByAgent, type Retiring } from './rotate.js';
import { tryEnded, tryRetired } from './dead-credentials.js';
import { SoakAgent } from './soak-agent.js';
import { newAgent, soakWorld, tokenSeconds, type SoakWorld } from './soak-world.js';
import type { Soak } from './soak.js';
import { Tally } from './tally.js';

/** Failed authentications are limited for each agent and address, so the dead are tried within that measure. */
const mostTriesOfTheDead = 8;
const betweenRotationsMs = { least: 1200, most: 2800 } as const;
const overlap = { least: tokenSeconds, most: tokenSeconds + 2 } as const;

interface Shift {
  readonly world: SoakWorld;
  readonly tally: Tally;
  readonly isEnough: () => boolean;
}

function kindOf(index: number): Proof['kind'] {
  return index % 3 === 2 ? 'private_key_jwt' : 'secret';
}

async function hire({ world, tally }: Shift, count: number): Promise<SoakAgent[]> {
  const agents: SoakAgent[] = [];
  for (let index = 0; index < count; index++) {
    const id = `soak-${index}`;
    agents.push(new SoakAgent(id, world.endpoint, await newAgent(world.admin, id, kindOf(index)), tally));
  }
  return agents;
}

async function work(agent: SoakAgent, { isEnough }: Shift): Promise<void> {
  while (!isEnough()) await agent.call();
}

async function rotateOnce(agent: SoakAgent, { world, tally }: Shift, random: Random): Promise<Retiring> {
  const seconds = between(random, overlap.least, overlap.most);
  const isAlone = agent.credential.proof.kind === 'secret' && random() < 0.5;
  const retiring = isAlone
    ? await rotateByAgent(agent, seconds)
    : await rotateByAdministrator(world.admin, agent, seconds);
  tally.add('rotations');
  tally.add(isAlone ? 'byAgent' : 'byAdministrator');
  return retiring;
}

/** Rotates until it is enough; every so often something that is over is used once more. */
async function rotateOn(agent: SoakAgent, shift: Shift, random: Random): Promise<void> {
  const late: Promise<void>[] = [];
  for (let turn = 0; !shift.isEnough(); turn++) {
    await after(between(random, betweenRotationsMs.least, betweenRotationsMs.most));
    const retiring = await rotateOnce(agent, shift, random);
    const choice = random();
    if (late.length >= mostTriesOfTheDead || choice >= 0.4) continue;
    const how = choice < 0.3 ? 'revokeCredential' : 'taintCredential';
    const trial =
      choice < 0.2 ? tryRetired(agent, retiring, shift.tally) : tryEnded(shift.world.admin, agent, how, shift.tally);
    late.push(trial.catch((error: unknown) => shift.tally.problem('failed', `${agent.id}: ${String(error)}`)));
  }
  await Promise.all(late);
}

/** Credentials that live for seconds, rotated both ways under agents that never stop calling. */
export const rotationSoak: Soak = async ({ progress, rotations, calls, agents, seed }) => {
  const began = performance.now();
  const tally = new Tally(progress);
  const world = await soakWorld();
  const { counts } = tally;
  const isEnough = (): boolean => counts.rotations >= rotations && counts.calls >= calls;
  const shift = { world, tally, isEnough };
  const clock = setInterval(() => progress(JSON.stringify(counts)), 10_000);
  try {
    const crew = await hire(shift, agents);
    progress(`${crew.length} agents, tokens of ${tokenSeconds} s`);
    await Promise.all([
      ...crew.flatMap((agent, index) => [work(agent, shift), rotateOn(agent, shift, seeded(seed + index))]),
      rotateKeys(world.admin, tally, isEnough, seeded(seed - 1)),
    ]);
    await Promise.allSettled(crew.map((agent) => agent.close()));
  } finally {
    clearInterval(clock);
    await world.close();
  }
  const isGood = counts.failed === 0 && counts.wronglyAllowed === 0;
  return { ...counts, seconds: Math.round((performance.now() - began) / 1000), ok: isGood, problems: tally.problems };
};
