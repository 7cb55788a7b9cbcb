import type { Denial } from './check.js';
import { noEnvironments, type State } from './state.js';
import type { Call } from './types.js';

/**
 * What grants, constraints, labels and policies say. Only this may be recorded and let run: every other cause enforces, one that
 * is added later too, until somebody puts it here.
 */
const observable: ReadonlySet<Denial['reason']> = new Set([
  'no_grant',
  'grant_window',
  'constraint',
  'label',
  'policy',
  'policy_error',
  'quota',
  'approval_required',
]);

/**
 * Whether a denial by grants, constraints, labels or policies is only recorded: the server's environment is observed now, the
 * guard is within its lease, and the tool is known and not destructive (one without a class is). What was asked before (stops,
 * token, tool, role) always enforces, and so does what the guard does not understand: it cannot say what it would deny.
 */
export function isOnlyObserved({ server, environments, tools }: State, call: Call, { reason }: Denial): boolean {
  const environment = environments.size === 0 ? undefined : environments.get(server?.environment ?? '');
  if (environment === undefined || !(call.now < environment.observeUntil) || call.posture !== 'fresh') return false;
  const tool = tools.get(call.tool);
  return tool !== undefined && !tool.classes.includes('destructive') && observable.has(reason);
}

/** The state as it decides where nothing is observed: what will be said when an observation is over. */
export function asEnforced(state: State): State {
  return state.environments.size === 0 ? state : { ...state, environments: noEnvironments };
}
