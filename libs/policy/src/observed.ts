import type { Denial } from './check.js';
import type { State } from './state.js';
import type { Call } from './types.js';

/** What a guard can never let run on the word of an environment: it does not understand the rule, so it cannot say what it would deny. */
const alwaysEnforced: ReadonlySet<Denial['reason']> = new Set(['guard_outdated', 'tool_unknown', 'posture_stale']);

/**
 * Whether a denial by grants, constraints, labels or policies is only recorded: the environment is observed now, the guard is
 * within its lease, and the tool is known and not destructive. What was asked before (stops, token, tool, role) always enforces.
 */
export function isOnlyObserved({ environment, tools }: State, call: Call, { reason }: Denial): boolean {
  if (environment === undefined || call.now >= environment.observeUntil || call.posture !== 'fresh') return false;
  const tool = tools.get(call.tool);
  return tool !== undefined && !tool.classes.includes('destructive') && !alwaysEnforced.has(reason);
}
