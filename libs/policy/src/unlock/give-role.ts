import { instantText } from './instant-text.js';
import { step, type Scene } from './step.js';

/** Waits for the assignment that is to come, or else assigns the role. */
export function giveRole({ state, call, round }: Scene) {
  const environment = state.server?.environment;
  if (environment === undefined) return 'This server is not registered: register it first.';
  const { agent, role } = call.claims;
  const begins = (state.assigned.get(agent) ?? [])
    .filter((assignment) => assignment.role === role && assignment.environment === environment)
    .filter(({ notBefore, notAfter }) => notBefore > call.now && notAfter > notBefore)
    .map(({ notBefore }) => notBefore);
  if (begins.length > 0) {
    const until = Math.min(...begins);
    return [step('wait', `Wait until ${instantText(until)}`, { values: { until }, call: { now: until } })];
  }
  return [
    step('assign-role', `Assign role ${role} in ${environment} to ${agent}`, {
      values: { agent, role, environment },
      feed: [{ kind: 'assignment', id: `new-assignment-${round}`, value: { agent, role, environment } }],
    }),
  ];
}
