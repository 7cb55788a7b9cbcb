import type { Denial, GrantCheck } from '../check.js';
import { askPolicy } from '../policies/ask-policy.js';
import { policiesFor } from '../policies/policies-for.js';
import type { State } from '../state.js';
import type { Call } from '../types.js';

/** Do the policies in scope let it run without asking a person? About the call, whatever grant is left. */
export const isNotHeld: GrantCheck = {
  passes: (_grant, call, _tool, state) => whatHolds(state, call) === undefined,
  denial: ({ rule }, call, _tool, state) =>
    whatHolds(state, call) ?? { reason: 'approval_required', rule, detail: 'a policy holds it' },
};

/** The first policy that holds the call, or that fails when asked: then it denies (protocol G1). */
export function whatHolds(state: State, call: Call): Denial | undefined {
  for (const policy of policiesFor(state, call)) {
    const { rule, name, holds } = policy;
    if (!holds) continue;
    const answer = askPolicy(state, call, policy, holds);
    if ('failed' in answer) return { reason: 'policy_error', rule, detail: `policy ${name} failed: ${answer.failed}` };
    const groups = [...new Set(answer.holds.map((index) => holds.groups[index] ?? ''))];
    if (groups.length > 0)
      return {
        outcome: 'hold',
        reason: 'approval_required',
        rule,
        detail: `policy ${name} asks ${groups.join(' and ')} to approve it`,
      };
  }
  return undefined;
}
