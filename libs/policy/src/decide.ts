import { toolChecks } from './clear-tool.js';
import type { CallCheck, GrantCheck, PlainCheck } from './check.js';
import { isAgentActive } from './checks/is-agent-active.js';
import { isAssigned } from './checks/is-assigned.js';
import { isConversationOpen } from './checks/is-conversation-open.js';
import { isCredentialLive } from './checks/is-credential-live.js';
import { isDefinitionAccepted } from './checks/is-definition-accepted.js';
import { isForConversation } from './checks/is-for-conversation.js';
import { isGrantUnderstood } from './checks/is-grant-understood.js';
import { isInWindow } from './checks/is-in-window.js';
import { isNotForbidden } from './checks/is-not-forbidden.js';
import { isNotHeld } from './checks/is-not-held.js';
import { isSevered } from './checks/is-severed.js';
import { isStopped, isToolStopped } from './checks/is-stopped.js';
import { isTaskCovered } from './checks/is-task-covered.js';
import { isTokenInForce } from './checks/is-token-in-force.js';
import { isTokenLive } from './checks/is-token-live.js';
import { isToolKnown } from './checks/is-tool-known.js';
import { isUnderstood } from './checks/is-understood.js';
import { isUntainted } from './checks/is-untainted.js';
import { constraintDenial, isWithinConstraints } from './checks/is-within-constraints.js';
import { isWithinQuota } from './checks/is-within-quota.js';
import { mayBeStale } from './checks/may-be-stale.js';
import { needsNoApproval } from './checks/needs-no-approval.js';
import { callerChecks } from './held.js';
import type { State } from './state.js';
import type { Call, Decision } from './types.js';
import { walk, type Questions } from './walk.js';

type Named<Check> = Readonly<Record<string, Check>>;

/** The first two steps of protocol G3: asked once more right before the work starts and before its result leaves. */
const namedEmergencies = {
  'is-severed': isSevered, //               1
  'is-stopped': isStopped, //               2
  'is-understood': isUnderstood,
} satisfies Named<CallCheck>;

/** About the call alone, by the name each is explained under: the order of this list is the order of the questions. */
export const namedCallChecks = {
  ...namedEmergencies,
  'is-agent-active': isAgentActive, //      3
  'is-credential-live': isCredentialLive,
  'is-untainted': isUntainted,
  'is-token-live': isTokenLive,
  'is-token-in-force': isTokenInForce,
  'is-conversation-open': isConversationOpen,
  'is-tool-known': isToolKnown, //          4
  'is-definition-accepted': isDefinitionAccepted,
  'is-assigned': isAssigned, //             5
} satisfies Named<CallCheck>;

/** About the grants that name the tool, if any does (`is-granted`). With these a tool is listed (protocol G4). */
const namedListingChecks = {
  'is-grant-understood': isGrantUnderstood,
  'is-for-conversation': isForConversation,
  'is-task-covered': isTaskCovered,
  'is-in-window': isInWindow,
  'may-be-stale': mayBeStale,
} satisfies Named<GrantCheck>;

/** The questions about the grants that decide whether one gives the call. */
export const namedGrantChecks = {
  ...namedListingChecks,
  'is-within-constraints': isWithinConstraints, // 6
} satisfies Named<GrantCheck>;

/** About a call that some grant gives. */
export const namedLateChecks = {
  'is-not-forbidden': isNotForbidden, //    8
} satisfies Named<CallCheck>;

/** About the grants that are left then: what they ask for before the call may run. */
export const namedLastChecks = {
  'is-within-quota': isWithinQuota, //      9
  'is-not-held': isNotHeld, //             10
  'needs-no-approval': needsNoApproval,
} satisfies Named<GrantCheck>;

export const emergencies: readonly CallCheck[] = Object.values(namedEmergencies);
const callChecks: readonly CallCheck[] = Object.values(namedCallChecks);
const without = (checks: readonly CallCheck[], settled: readonly CallCheck[]) =>
  checks.filter((check) => !settled.includes(check));
const ofTool = without(callChecks, callerChecks).map((check) => (check === isStopped ? isToolStopped : check));
const about = { call: callChecks, tool: ofTool, moving: without(ofTool, toolChecks) };
export const listingChecks: readonly GrantCheck[] = Object.values(namedListingChecks);

const taskDenial: PlainCheck = (grant, call, tool, state) =>
  isTaskCovered.passes(grant, call, tool, state) ? undefined : isTaskCovered.denial(grant, call, tool, state);
const plainDenial: PlainCheck = (grant, call, tool, state, records) =>
  taskDenial(grant, call, tool, state, records) ?? constraintDenial(grant, call, records);

/** All questions. */
const everything: Questions = {
  ...about,
  plain: plainDenial,
  grant: Object.values(namedGrantChecks),
  late: Object.values(namedLateChecks),
  last: Object.values(namedLastChecks),
};

/** The questions that say whether a tool is shown: steps 1 to 5 (protocol G4). */
export const listing: Questions = { ...about, plain: taskDenial, grant: listingChecks, late: [], last: [] };

/**
 * Decides a call against a state: the first check that says no denies it, and it is allowed only when a grant outlives them
 * all. Pure, never throws, and its cost does not grow with the number of grants.
 *
 * @example
 * const { outcome, reason, rule, revision } = decide(state, call);
 */
export function decide(state: State, call: Call): Decision {
  return walk(state, call, everything);
}
