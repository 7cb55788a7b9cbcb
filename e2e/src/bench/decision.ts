import { applyChanges, decide, type Call } from '@portcullis/policy';
import { decisionWorld, type DecisionWorld } from './decision-world.js';
import { policyInScope } from './policy-in-scope.js';
import { processorUs } from './processor-time.js';
import { whoCanBench } from './who-can.js';
import { row, type Bench, type Row } from './row.js';

const sizes = [1000, 5000, 30_000] as const;
const rounds = 25;
const changes = 500;
/** Until the compiler has seen what it needs to, a change costs up to four times as much. */
const warmUps = 6;

/** What is measured of one size, in microseconds, one figure a run. */
interface Seen {
  readonly ours: number[];
  /** The first call of each token after a change. */
  readonly first: number[];
  readonly byHand: number[];
  readonly changed: number[];
}

function decideByHand({ byHand }: DecisionWorld, { claims, tool, arguments: args }: Call): string | undefined {
  const written = byHand.get(claims.role)?.get(claims.environment)?.get(tool);
  const customer = `C-${claims.role.slice('role-'.length)}`;
  return written?.isMet(args as Readonly<Record<string, unknown>>, customer) === true ? written.rule : undefined;
}

/** Both say the same about every call, or the figures compare nothing. */
function checkAnswers(world: DecisionWorld): void {
  let allowed = 0;
  for (const call of world.calls) {
    const decision = decide(world.state, call);
    const wanted = decideByHand(world, call);
    if ((decision.outcome === 'allow' ? decision.rule : undefined) !== wanted)
      throw new Error(`${call.claims.role} ${call.tool}: ${decision.outcome} ${decision.detail}, wanted ${wanted}`);
    if (wanted !== undefined) allowed += 1;
  }
  if (allowed < world.calls.length / 2) throw new Error(`only ${allowed} of ${world.calls.length} calls are allowed`);
}

function perCall(calls: readonly Call[], ask: (call: Call) => unknown, times = rounds): number {
  let answered = 0;
  const spent = processorUs(() => {
    for (let round = 0; round < times; round += 1) for (const call of calls) if (ask(call) !== undefined) answered += 1;
  });
  if (answered === 0) throw new Error('nothing was answered');
  return spent / (times * calls.length);
}

/** One grant is changed and the next decision uses it, over and over. */
function perChange({ state, calls, changedGrant }: DecisionWorld): number {
  const [call] = calls;
  if (!call) throw new Error('there is no call');
  const edits = Array.from({ length: changes }, (_, index) => changedGrant((index * 37) % 1000, 100 + (index % 7)));
  let held = state;
  const spent = processorUs(() => {
    for (const edit of edits) {
      held = applyChanges(held, [edit], held.revision + 1);
      decide(held, call);
    }
  });
  return spent / changes;
}

function rowsOf(grants: number, seen: Seen): readonly Row[] {
  const both = { ours: seen.ours, floor: seen.byHand, target: 4 };
  return [
    row(
      'B-G1',
      'one decision, no policy in scope; floor: the same rules as hand-written closures in maps',
      grants,
      'us',
      both,
    ),
    row('B-G1', 'one decision, no policy in scope, against 1 us', grants, 'us', { ours: seen.ours, target: 1 }),
    row('B-G1', 'the first decision about a token after a change', grants, 'us', { ours: seen.first }),
    row('B-G2', 'one grant changed until the next decision uses it', grants, 'us', { ours: seen.changed, target: 10 }),
  ];
}

interface Sized {
  readonly grants: number;
  readonly world: DecisionWorld;
  readonly seen: Seen;
}

/** Says in words what it measured of one size; kept unless it only warms up. */
function measure({ grants, world, seen }: Sized, isKept: boolean): string {
  const first = perCall(world.calls, (call) => decide(world.state, call), 1);
  const ours = perCall(world.calls, (call) => decide(world.state, call));
  const byHand = perCall(world.calls, (call) => decideByHand(world, call));
  const changed = perChange(world);
  if (isKept) {
    seen.ours.push(ours);
    seen.first.push(first);
    seen.byHand.push(byHand);
    seen.changed.push(changed);
  }
  return `${grants} grants ${ours.toFixed(3)} us, at first ${first.toFixed(1)} us, by hand ${byHand.toFixed(3)} us, a change ${changed.toFixed(1)} us`;
}

function growthOf([smallest, , largest]: readonly Sized[]): Row {
  return row('B-G1', 'growth of one decision from 1,000 to 30,000 grants', 30_000, 'us', {
    ours: largest?.seen.ours ?? [],
    floor: smallest?.seen.ours ?? [],
    target: 2,
  });
}

/** B-G1 and B-G2: the decision by itself, in one process with its floor, the sizes in turn within each run; then who can. */
export const decisionBench: Bench = async ({ progress, runs }) => {
  const worlds: readonly Sized[] = sizes.map((grants) => ({
    grants,
    world: decisionWorld(grants),
    seen: { ours: [], first: [], byHand: [], changed: [] },
  }));
  worlds.forEach(({ world }) => checkAnswers(world));
  for (let run = 1 - warmUps; run <= runs; run += 1)
    for (const one of worlds) progress(`${run > 0 ? `run ${run}` : 'warm-up'}: ${measure(one, run > 0)}`);
  const others = [
    ...(await Promise.all(worlds.map(({ grants, world }) => policyInScope(grants, world)))),
    whoCanBench(),
  ];
  for (let run = 0; run < runs; run += 1) {
    others.forEach((one) => one.measure());
    progress(`run ${run + 1}: with a policy in scope, and who can`);
  }
  const rows = worlds.flatMap(({ grants, seen }) => rowsOf(grants, seen));
  return { runs, rows: [...rows, growthOf(worlds), ...others.flatMap((one) => one.rows())] };
};
