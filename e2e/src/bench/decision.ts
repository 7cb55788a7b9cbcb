import { ProbeChild, type Seen } from './probe-child.js';
import { row, type Bench, type Row } from './row.js';

const sizes = [1000, 5000, 30_000] as const;
/** Over how many tools 10,000 grants lie. */
const spreads = [20, 1] as const;
/** Until the compiler has seen what it needs to, a change costs up to ten times as much: some 90 us. */
const warmUps = 6;

function decisionRows(
  grants: number,
  { ours = [], first = [], afresh = [], byHand = [], changed = [] }: Seen,
): readonly Row[] {
  const rules = 'one decision, no policy in scope; floor: the same rules as hand-written closures in maps';
  return [
    row('B-G1', rules, grants, 'us', { ours, floor: byHand, target: 4 }),
    row('B-G1', 'one decision, no policy in scope, against 1 us', grants, 'us', { ours, target: 1 }),
    row('B-G1', 'the first decision about a token after grants have changed', grants, 'us', { ours: first }),
    row('B-G1', 'the first decision about a token after anything else has', grants, 'us', { ours: afresh }),
    row('B-G2', 'one grant changed until the next decision uses it', grants, 'us', { ours: changed, target: 10 }),
  ];
}

function policyRows(grants: number, { ours = [], alone = [], role = [] }: Seen): readonly Row[] {
  const withPolicy = 'one decision with a Cedar policy in scope';
  return [
    row('B-G1', `${withPolicy}, against 100 us`, grants, 'us', { ours, target: 100 }),
    row('B-G1', `${withPolicy}; floor: that policy asked of Cedar alone`, grants, 'us', { ours, floor: alone }),
    row('B-G1', 'peer: Cedar holding the 50 grants of a role as policies, prepared', grants, 'us', { ours: role }),
  ];
}

function whoCanRow(tools: number, { ours = [] }: Seen): Row {
  const name = `who can call one of ${tools} tools over a limit, told from 10,000 grants`;
  return row('who-can', name, 10_000, 'ms', { ours, target: 50 });
}

function growthOf([smallest, , largest]: readonly ProbeChild[]): Row {
  return row('B-G1', 'growth of one decision from 1,000 to 30,000 grants', 30_000, 'us', {
    ours: largest?.seen['ours'] ?? [],
    floor: smallest?.seen['ours'] ?? [],
    target: 2,
  });
}

/** B-G1 and B-G2: the decision by itself, each size in one process with its floor, the sizes in turn within each run; then who can. */
export const decisionBench: Bench = async ({ progress, runs }) => {
  const decisions = sizes.map((grants) => new ProbeChild('grants', grants));
  const policies = sizes.map((grants) => new ProbeChild('policy', grants));
  const whoCan = spreads.map((tools) => new ProbeChild('who-can', tools));
  const all = [...decisions, ...policies, ...whoCan];
  try {
    for (let run = 1 - warmUps; run <= runs; run += 1)
      for (const one of all) progress(`${run > 0 ? `run ${run}` : 'warm-up'}: ${await one.measure(run > 0)}`);
    const rows = [
      ...decisions.flatMap(({ n, seen }) => decisionRows(n, seen)),
      growthOf(decisions),
      ...policies.flatMap(({ n, seen }) => policyRows(n, seen)),
      ...whoCan.map(({ n, seen }) => whoCanRow(n, seen)),
    ];
    return { runs, rows };
  } finally {
    for (const one of all) one.stop();
  }
};
