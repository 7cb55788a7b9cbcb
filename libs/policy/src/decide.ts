import type { CallCheck, GrantCheck } from './check.js';
import { isAgentActive } from './checks/is-agent-active.js';
import { isAssigned } from './checks/is-assigned.js';
import { isConversationOpen } from './checks/is-conversation-open.js';
import { isCredentialLive } from './checks/is-credential-live.js';
import { isGrantUnderstood } from './checks/is-grant-understood.js';
import { isInWindow } from './checks/is-in-window.js';
import { isSevered } from './checks/is-severed.js';
import { isStopped } from './checks/is-stopped.js';
import { isTaskCovered } from './checks/is-task-covered.js';
import { isTokenLive } from './checks/is-token-live.js';
import { isToolKnown } from './checks/is-tool-known.js';
import { isUnderstood } from './checks/is-understood.js';
import { isUntainted } from './checks/is-untainted.js';
import { isWithinConstraints } from './checks/is-within-constraints.js';
import { mayBeStale } from './checks/may-be-stale.js';
import type { State } from './state.js';
import type { Call, Decision } from './types.js';
import { walk } from './walk.js';

/** The first two steps of protocol G3: asked once more right before the work starts and before its result leaves. */
export const emergencies: readonly CallCheck[] = [
  isSevered, //            1
  isStopped, //            2
  isUnderstood,
];

/** About the call alone. */
export const callChecks: readonly CallCheck[] = [
  ...emergencies,
  isAgentActive, //        3
  isCredentialLive,
  isUntainted,
  isTokenLive,
  isConversationOpen,
  isToolKnown, //          4
  isAssigned, //           5
];

/** About the grants that name the tool, if any does (`is-granted`). With these a tool is listed (protocol G4). */
export const listingChecks: readonly GrantCheck[] = [isGrantUnderstood, isTaskCovered, isInWindow, mayBeStale];

/** All questions about the grants. */
export const grantChecks: readonly GrantCheck[] = [
  ...listingChecks,
  isWithinConstraints, //  6
];

/**
 * Decides a call against a state: the first check that says no denies it, and it is allowed only when a grant outlives them
 * all. Pure, never throws, and its cost does not grow with the number of grants.
 *
 * @example
 * const { outcome, reason, rule, revision } = decide(state, call);
 */
export function decide(state: State, call: Call): Decision {
  return walk(state, call, callChecks, grantChecks);
}
