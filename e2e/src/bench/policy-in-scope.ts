import { applyChanges, decide, type Call, type State } from '@portcullis/policy';
import { loadEngines } from '@portcullis/policy/engines';
import { decisionWorld } from './decision-world.js';
import type { Probe } from './figures.js';
import { processorUs } from './processor-time.js';

const asked = 1024;

const text = 'forbid (principal, action, resource) when { context.task == "execute" && context.role != "role-0" };';
const everywhere = [{ tools: null, classes: null, server: null, environment: null }];

type Cedar = NonNullable<Awaited<ReturnType<typeof loadEngines>>['cedar']>;
type CedarSet = ReturnType<Cedar['prepare']>;

/** Microseconds among so many grants: decisions that ask a policy, the same put to Cedar alone, and Cedar holding all grants of a role. */
export async function policyInScope(grants: number): Promise<Probe> {
  const world = decisionWorld(grants);
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
  return () => ({
    ours: perCall(calls, (call) => decide(state, call).outcome === 'allow'),
    alone: perCall(calls, (call) => isAnswered(alone, call)),
    role: perCall(calls, (call) => isAnswered(role, call)),
  });
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
