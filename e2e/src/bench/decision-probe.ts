import { applyChanges, decide, type Call, type Change, type State } from '@portcullis/policy';
import { decisionWorld, type DecisionWorld } from './decision-world.js';
import type { Probe } from './figures.js';
import { processorUs } from './processor-time.js';

const rounds = 25;
const changes = 2000;

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
function perChange({ state, calls }: DecisionWorld, edits: readonly Change[]): number {
  const [call] = calls;
  if (!call) throw new Error('there is no call');
  let held = state;
  const spent = processorUs(() => {
    for (const edit of edits) {
      held = applyChanges(held, [edit], held.revision + 1);
      decide(held, call);
    }
  });
  return spent / edits.length;
}

/**
 * B-G1 and B-G2 among so many grants, in microseconds: the first call of each token in a state that differs in more than grants from
 * the one before, in one that differs in grants alone, the next ones there, the same by hand, a change.
 */
export function decisionProbe(grants: number): Probe {
  const world = decisionWorld(grants);
  checkAnswers(world);
  const edits = Array.from({ length: changes }, (_, index) =>
    world.changedGrant((index * 37) % 1000, 100 + (index % 7)),
  );
  const { state, calls } = world;
  const elsewhere = applyChanges(state, [world.strangerSuspended], state.revision + 1);
  const regranted = applyChanges(state, edits.slice(0, 1), state.revision + 1);
  const once = (held: State) => perCall(calls, (call) => decide(held, call), 1);
  return () => {
    const afresh = once(elsewhere);
    once(state);
    return {
      afresh,
      first: once(regranted),
      ours: perCall(calls, (call) => decide(regranted, call)),
      byHand: perCall(calls, (call) => decideByHand(world, call)),
      changed: perChange(world, edits),
    };
  };
}
