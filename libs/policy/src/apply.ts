import { isFeedKind, type FeedKind } from '@portcullis/contracts';
import { Draft } from './draft.js';
import { noEngines, type Engines } from './engines.js';
import { applyAgentStatus } from './kinds/agent-status.js';
import { applyAssignment } from './kinds/assignment.js';
import { applyConversation } from './kinds/conversation.js';
import { applyCredential } from './kinds/credential.js';
import { applyCutOff } from './kinds/cut-off.js';
import { applyDirectory } from './kinds/directory.js';
import { applyEnvironment } from './kinds/environment.js';
import { applyGrant } from './kinds/grant.js';
import { applyKillSwitches } from './kinds/kill-switch.js';
import { applyPolicies } from './kinds/policy.js';
import { applyServer } from './kinds/server.js';
import { applyTokenRevocation } from './kinds/token-revocation.js';
import { applyTool } from './kinds/tool.js';
import { applyUnknownKind } from './kinds/unknown-kind.js';
import { emptyState, type State } from './state.js';
import type { Change } from './types.js';

const appliers: Readonly<
  Record<Exclude<FeedKind, 'kill-switch' | 'policy' | 'agent'>, (draft: Draft, change: Change) => void>
> = {
  server: applyServer,
  environment: applyEnvironment,
  tool: applyTool,
  'agent-status': applyAgentStatus,
  'cut-off': applyCutOff,
  credential: applyCredential,
  assignment: applyAssignment,
  grant: applyGrant,
  conversation: applyConversation,
  directory: applyDirectory,
  'token-revocation': applyTokenRevocation,
};

/**
 * `snapshot`: `changes` are everything there is; default: the difference to the state before. `engines`: what the host has loaded;
 * default: nothing, and a grant that needs one is void.
 */
export interface ApplyOptions {
  readonly snapshot?: boolean | undefined;
  readonly engines?: Engines | undefined;
}

/**
 * Gives the state as of revision `through`. The order of `changes` does not matter, and applying one twice is harmless: if an
 * object is named twice its highest revision counts, and a value older than the one held is ignored. A tombstone (`null`)
 * removes the object whatever its revision. A value that cannot be read counts as absent, except where absence would give
 * more: an unreadable grant is kept as void, a policy that cannot be asked denies wherever it would be asked, an unreadable cut-off still cuts, and an unreadable kill switch or an unknown
 * kind denies every call with `guard_outdated` until it is understood or gone. Never throws on what a change holds.
 *
 * @example
 * const state = applyChanges(emptyState('support-desk'), changes, 41, { snapshot: true });
 */
export function applyChanges(
  state: State,
  changes: readonly Change[],
  through: number,
  { snapshot = false, engines = noEngines }: ApplyOptions = {},
): State {
  const draft = new Draft(snapshot ? emptyState(state.slice) : state, engines);
  const stops: Change[] = [];
  const policies: Change[] = [];
  for (const change of changes.length > 1 ? latest(changes) : changes) {
    const { kind } = change;
    if (!isFeedKind(kind)) applyUnknownKind(draft, change);
    else if (kind === 'kill-switch') stops.push(change);
    else if (kind === 'policy') policies.push(change);
    else if (kind !== 'agent') appliers[kind](draft, change);
  }
  if (stops.length > 0) applyKillSwitches(draft, stops);
  if (policies.length > 0) applyPolicies(draft, policies);
  return draft.done(through);
}

/** One change per object: the one with the highest revision. */
function latest(changes: readonly Change[]): Iterable<Change> {
  const byObject = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.kind}:${change.id}`;
    const other = byObject.get(key);
    if (!other || change.revision >= other.revision) byObject.set(key, change);
  }
  return byObject.values();
}
