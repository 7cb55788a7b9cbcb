import { mayBeStale } from './checks/may-be-stale.js';
import { decide, emergencies } from './decide.js';
import { grantsFor } from './grants-for.js';
import type { State } from './state.js';
import type { Call, Decision } from './types.js';
import { denied, firstDenial } from './walk.js';

/**
 * Posture and stops alone, for the last look right before the work starts and before its result leaves (protocol A5).
 * `undefined`: go on. A stale guard goes on only where a grant of the call still allows that much staleness.
 */
export function lastLook(state: State, call: Call): Decision | undefined {
  const denial = firstDenial(state, call, emergencies);
  if (denial) return denied(state, denial);
  if (call.posture === 'fresh') return undefined;
  const tool = state.tools.get(call.tool);
  if (tool && grantsFor(state, call).some((grant) => mayBeStale.passes(grant, call, tool, state))) return undefined;
  return denied(state, {
    reason: 'posture_stale',
    rule: null,
    detail: 'the lease has run out and no grant of this call allows that',
  });
}

/**
 * Whether a call in flight keeps its right after a swap of state, a change of posture or a time boundary: the whole list
 * again, charging nothing. When it does not, `decide` with the same arguments says why.
 */
export function stillAllowed(state: State, call: Call): boolean {
  return decide(state, call).outcome === 'allow';
}
