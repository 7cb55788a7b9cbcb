import type { Held, CallCheck } from './check.js';
import type { Records } from './constraints/constraint-check.js';
import { spanOf } from './clear-span.js';
import { isAgentActive } from './checks/is-agent-active.js';
import { isAssigned } from './checks/is-assigned.js';
import { isConversationOpen } from './checks/is-conversation-open.js';
import { isCredentialLive } from './checks/is-credential-live.js';
import { isCallerStopped } from './checks/is-stopped.js';
import { isTokenInForce } from './checks/is-token-in-force.js';
import { isTokenLive } from './checks/is-token-live.js';
import { isUntainted } from './checks/is-untainted.js';
import type { Conversation, State } from './state.js';
import type { Call } from './types.js';
import { widenedKey } from './widened-key.js';

/** What is asked about the caller, whatever is called. `decide.ts` says where each stands in the order. */
export const callerChecks: readonly CallCheck[] = [
  isCallerStopped,
  isAgentActive,
  isCredentialLive,
  isUntainted,
  isTokenLive,
  isTokenInForce,
  isConversationOpen,
  isAssigned,
];

type ByToken = Map<Call['claims'], Held>;

interface Remembered {
  readonly state: State;
  readonly byToken: ByToken;
}

/** A guard asks about one state until the next is swapped in; a process may have several guards, each with a slice of its own. */
const bySlice = new Map<string, Remembered>();
let latest: Remembered | undefined;
const mostSlices = 64;
const mostTokens = 20_000;

/**
 * What the state holds about the token, looked up at its first call in this state: claims are one object for as long as a guard
 * remembers the token, and neither they nor a state ever change.
 */
export function heldBy(state: State, call: Call): Held {
  if (latest?.state !== state) latest = rememberedOf(state);
  const known = latest.byToken.get(call.claims);
  if (known && known.keys === call.keys && known.key === call.key) return known;
  if (latest.byToken.size >= mostTokens) latest.byToken.clear();
  const held = lookUp(state, call);
  latest.byToken.set(call.claims, held);
  return held;
}

function rememberedOf(state: State): Remembered {
  const known = bySlice.get(state.slice);
  if (known?.state === state) return known;
  if (bySlice.size >= mostSlices) bySlice.clear();
  const made = { state, byToken: new Map() };
  bySlice.set(state.slice, made);
  return made;
}

/** Whether no question about the caller says no at this moment, so that none has to be asked. Never for a call to another server. */
export function isCallerClear({ slice }: State, { server, now }: Call, { clearFrom, clearUntil }: Held): boolean {
  return now >= clearFrom && now < clearUntil && server === slice;
}

/** As `heldBy`, for a token that is asked about once. */
export function lookUp(state: State, call: Call): Held {
  const { agent, credential, role, conversation: id } = call.claims;
  const environment = state.server?.environment ?? '';
  const conversation = id === undefined ? undefined : state.conversations.get(id);
  const found = {
    keys: call.keys,
    key: call.key,
    clearFrom: NaN,
    clearUntil: NaN,
    credential: state.credentials.get(credential),
    conversation,
    assignments: assignmentsBy(state, state.rolesHeld.get(agent)?.get(environment)?.get(role)),
    grants: state.server && state.grantsByRole.get(role)?.get(environment),
    widened: state.server && id !== undefined ? state.widened.get(widenedKey(id, role))?.get(environment) : undefined,
    records: recordsFor(state, id, conversation),
  };
  for (const check of callerChecks) if (check(state, call, found, undefined)) return found;
  return Object.assign(found, spanOf(call, found));
}

const noAssignments: Held['assignments'] = [];

function assignmentsBy({ assignments }: State, ids: ReadonlyMap<string, unknown> = new Map()): Held['assignments'] {
  if (ids.size === 0) return noAssignments;
  const found = [...ids.keys()].flatMap((id) => {
    const held = assignments.get(id);
    return held ? [{ id, notBefore: held.notBefore ?? 0, notAfter: held.notAfter ?? Infinity }] : [];
  });
  return found.length > 1 ? found.sort((a, b) => (a.id < b.id ? -1 : 1)) : found;
}

/** A constraint asks about the conversation of the call alone. */
function recordsFor(state: State, id: string | undefined, conversation: Conversation | undefined): Records {
  const { directories, tools } = state;
  return { conversations: { get: (asked) => (asked === id ? conversation : undefined) }, directories, tools };
}
