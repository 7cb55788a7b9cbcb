import type { CallCheck, Denial } from '../check.js';
import { askPolicy } from '../policies/ask-policy.js';
import type { CompiledPolicy } from '../policies/compiled-policy.js';
import { policiesFor } from '../policies/policies-for.js';
import type { State } from '../state.js';
import type { Call } from '../types.js';

/** Does every policy in scope let it pass? One that cannot be asked, or that errors, denies (protocol G1). */
export const isNotForbidden: CallCheck = (state, call) => whatForbids(state, call);

/** What the first policy that forbids the call, or that fails when asked, says. */
export function whatForbids(state: State, call: Call): Denial | undefined {
  for (const policy of policiesFor(state, call)) {
    const against = askedOf(state, call, policy);
    if (against) return against;
  }
  return undefined;
}

function askedOf(state: State, call: Call, policy: CompiledPolicy): Denial | undefined {
  const { rule, name, broken, forbids } = policy;
  if (broken) return { reason: broken.reason, rule, detail: `policy ${name} cannot be asked: ${broken.detail}` };
  if (!forbids) return undefined;
  const answer = askPolicy(state, call, policy, forbids);
  if ('failed' in answer) return { reason: 'policy_error', rule, detail: `policy ${name} failed: ${answer.failed}` };
  return answer.holds.length === 0 ? undefined : { reason: 'policy', rule, detail: `policy ${name} forbids it` };
}
