import { median, quantile, row, type Bench, type Progress, type Row } from './row.js';
import { slice, type Slice } from './token-load.js';
import { tokenSeenRows } from './token-seen.js';
import { tokenWorld, type Kind, type TokenWorld, type Who } from './token-world.js';

const slices = 8;
const tokensPerSlice = 200;
const kinds: readonly Kind[] = ['secret', 'private_key_jwt'];

type Run = Record<Kind, Record<Who, Slice>>;

/** What disturbs a slice only adds to it, so the quiet quarter speaks. */
function quiet(all: readonly Slice[]): Slice {
  return {
    cpuUs: quantile(
      all.map(({ cpuUs }) => cpuUs),
      0.25,
    ),
    perSecond: median(all.map(({ perSecond }) => perSecond)),
  };
}

/** Short slices in turn, each server first every other time, so that a neighbour's load falls on both. */
async function oneRun({ servers }: TokenWorld, kind: Kind): Promise<Record<Who, Slice>> {
  const seen: Record<Who, Slice[]> = { ours: [], bare: [] };
  for (let turn = 0; turn < slices; turn++) {
    const order: Who[] = turn % 2 === 0 ? ['ours', 'bare'] : ['bare', 'ours'];
    for (const who of order) seen[who].push(await slice(servers[who], kind, tokensPerSlice));
  }
  return { ours: quiet(seen.ours), bare: quiet(seen.bare) };
}

async function runsOf(world: TokenWorld, runs: number, progress: Progress): Promise<Run[]> {
  const all: Run[] = [];
  for (let index = 0; index <= runs; index++) {
    const run: Run = {
      secret: await oneRun(world, 'secret'),
      private_key_jwt: await oneRun(world, 'private_key_jwt'),
    };
    const texts = kinds.map(
      (kind) => `${kind} ${run[kind].ours.cpuUs.toFixed(0)} / ${run[kind].bare.cpuUs.toFixed(0)} us`,
    );
    progress(`${index === 0 ? 'warm-up' : `run ${index}`}: ${texts.join(', ')}`);
    if (index > 0) all.push(run);
  }
  return all;
}

function rowsOf(all: readonly Run[], kind: Kind, id: string): Row[] {
  const column = (who: Who, what: keyof Slice): number[] => all.map((run) => run[kind][who][what]);
  const perCpuSecond = (who: Who): number[] => column(who, 'cpuUs').map((us) => 1e6 / us);
  const n = slices * tokensPerSlice;
  return [
    row(id, `tokens by ${kind} for a second of server CPU; floor: bare oidc-provider, same checks`, n, '1/s', {
      ours: perCpuSecond('ours'),
      floor: perCpuSecond('bare'),
      atLeast: 0.9,
    }),
    row(`${id}-wall`, `the same by the wall clock, 16 in flight`, n, '1/s', {
      ours: column('ours', 'perSecond'),
      floor: column('bare', 'perSecond'),
    }),
  ];
}

/** B-T1 and B-T2. Tokens from ours and from a bare oidc-provider that makes the same checks on the same Postgres, in turn. */
export const tokenBench: Bench = async ({ progress, runs }) => {
  const world = await tokenWorld();
  try {
    const all = await runsOf(world, runs, progress);
    const issued = [...rowsOf(all, 'secret', 'B-T1'), ...rowsOf(all, 'private_key_jwt', 'B-T1-key')];
    return { runs: all.length, rows: [...issued, ...(await tokenSeenRows(world, runs, progress))] };
  } finally {
    await world.close();
  }
};
