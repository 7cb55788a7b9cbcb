import { applyChanges, decide, type Call, type State } from '@portcullis/policy';
import { loadEngines } from '@portcullis/policy/engines';
import { processorUs } from './processor-time.js';
import type { DecisionWorld } from './decision-world.js';
import { row, type Row } from './row.js';

const asked = 1024;

const text = 'forbid (principal, action, resource) when { context.task == "execute" && context.role != "role-0" };';
const everywhere = [{ tools: null, classes: null, server: null, environment: null }];

type Cedar = NonNullable<Awaited<ReturnType<typeof loadEngines>>['cedar']>;
type CedarSet = ReturnType<Cedar['prepare']>;

/** One size: decisions that ask a policy, the same question put to Cedar alone, and Cedar holding all grants of a role. */
export interface PolicyInScope {
  measure(): void;
  rows(): readonly Row[];
}

export async function policyInScope(grants: number, world: DecisionWorld): Promise<PolicyInScope> {
  const engines = await loadEngines();
  const { cedar } = engines;
  if (!cedar) throw new Error('there is no Cedar');
  const value = { name: 'bench', text, environment: null, version: 1, places: everywhere, parameters: [] };
  const change = { kind: 'policy', id: 'bench', revision: 2, value };
  const state = applyChanges(world.state, [change], 2, { engines });
  const calls = world.calls.filter((call) => decide(world.state, call).outcome === 'allow').slice(0, asked);
  checkAsked(state, calls);
  const alone = cedar.prepare([text]);
  const role = cedar.prepare(grantsInCedar());
  const seen = { ours: [] as number[], alone: [] as number[], role: [] as number[] };
  return {
    measure: () => {
      seen.ours.push(perCall(calls, (call) => decide(state, call).outcome === 'allow'));
      seen.alone.push(perCall(calls, (call) => isAnswered(alone, call)));
      seen.role.push(perCall(calls, (call) => isAnswered(role, call)));
    },
    rows: () => [
      row('B-G1', 'one decision with a Cedar policy in scope, against 100 us', grants, 'us', {
        ours: seen.ours,
        target: 100,
      }),
      row('B-G1', 'one decision with a Cedar policy in scope; floor: that policy asked of Cedar alone', grants, 'us', {
        ours: seen.ours,
        floor: seen.alone,
      }),
      row('B-G1', 'peer: Cedar holding the 50 grants of a role as policies, prepared', grants, 'us', {
        ours: seen.role,
      }),
    ],
  };
}

/** The policy is really asked: one that forbids everything denies these calls. */
function checkAsked(state: State, calls: readonly Call[]): void {
  for (const call of calls) {
    const executing = { ...call, claims: { ...call.claims, task: 'execute' as const } };
    const { outcome, reason } = decide(state, executing);
    const wanted = call.claims.role === 'role-0' ? 'allow' : 'policy';
    if ((reason ?? outcome) !== wanted) throw new Error(`${call.claims.role}: ${reason ?? outcome}, wanted ${wanted}`);
  }
}

function grantsInCedar(): readonly string[] {
  return Array.from(
    { length: 50 },
    (_, tool) =>
      `permit (principal, action == Action::"desk/tool-${tool}", resource) when { context.task == "lookup" };`,
  );
}

function isAnswered(set: CedarSet, { claims, server, tool }: Call): boolean {
  const answer = set({
    principal: { type: 'Agent', id: claims.agent },
    action: { type: 'Action', id: `${server}/${tool}` },
    resource: { type: 'Server', id: server },
    context: { task: claims.task, role: claims.role },
    entities: [],
  });
  return 'holds' in answer;
}

function perCall(calls: readonly Call[], ask: (call: Call) => boolean): number {
  const spent = processorUs(() => {
    for (const call of calls) if (!ask(call)) throw new Error(`${call.claims.role} ${call.tool} was not answered`);
  });
  return spent / calls.length;
}
