import type { CallCheck, Held } from './check.js';
import { never, spanOf } from './clear-span.js';
import { isAgentActive } from './checks/is-agent-active.js';
import { isAssigned } from './checks/is-assigned.js';
import { isConversationOpen } from './checks/is-conversation-open.js';
import { isCredentialLive } from './checks/is-credential-live.js';
import { isCallerStopped } from './checks/is-stopped.js';
import { isTokenInForce } from './checks/is-token-in-force.js';
import { isTokenLive } from './checks/is-token-live.js';
import { isUntainted } from './checks/is-untainted.js';
import { rememberedOf } from './remembered.js';
import { CallRecords } from './call-records.js';
import { sliceIn } from './slice-in.js';
import type { Assignment, State } from './state.js';
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

const mostTokens = 20_000;

/**
 * What the state holds about the token, looked up at its first call in this state: claims are one object for as long as a guard
 * remembers the token, and neither they nor a state ever change. Where nothing but grants has changed since, only those are looked
 * up anew.
 */
export function heldBy(state: State, call: Call): Held {
  const { byToken, round } = rememberedOf(state);
  const known = byToken.get(call.claims);
  if (known && known.keys === call.keys && known.key === call.key)
    return known.round === round ? known : renewed(known, state, call, round);
  if (byToken.size >= mostTokens) byToken.clear();
  const held = lookUp(state, call, round);
  byToken.set(call.claims, held);
  return held;
}

type OfGrants = 'round' | 'grants' | 'widened';
type Renewable = Omit<Held, OfGrants> & { -readonly [Name in OfGrants]: Held[Name] };

/** In place: a walk is over before another state can be asked about. */
function renewed(held: Renewable, state: State, { claims }: Call, round: number): Held {
  held.grants = grantsTo(state, claims);
  held.widened = widenedFor(state, claims);
  held.round = round;
  return held;
}

function grantsTo({ server, grantsByRole }: State, { role }: Call['claims']): Held['grants'] {
  return server && sliceIn(server.environment, grantsByRole.get(role));
}

function widenedFor({ server, widened }: State, { role, conversation }: Call['claims']): Held['widened'] {
  if (!server || conversation === undefined || widened.size === 0) return undefined;
  return sliceIn(server.environment, widened.get(widenedKey(conversation, role)));
}

/** Whether no question about the caller says no at this moment, so that none has to be asked. Never for a call to another server. */
export function isCallerClear({ slice }: State, { server, now }: Call, { clearFrom, clearUntil }: Held): boolean {
  return now >= clearFrom * 1000 && now < clearUntil * 1000 && server === slice;
}

/** As `heldBy`, for a token that is asked about once. */
export function lookUp(state: State, call: Call, round = 0): Held {
  const { agent, credential, role, conversation: id } = call.claims;
  const environment = state.server?.environment ?? '';
  const conversation = id === undefined ? undefined : state.conversations.get(id);
  const found = {
    keys: call.keys,
    key: call.key,
    ...never,
    round,
    grants: grantsTo(state, call.claims),
    widened: widenedFor(state, call.claims),
    records: new CallRecords(state, id, conversation),
    credential: state.credentials.get(credential),
    conversation,
    assignments: assignmentsTo(role, environment, state.assigned.get(agent)),
  };
  for (const check of callerChecks) if (check(state, call, found, undefined)) return found;
  return Object.assign(found, spanOf(call, found));
}

/** How the role is held by `all` the assignments of one agent, in their order. Most agents hold one role, and then nothing is copied. */
export function assignmentsTo(role: string, environment: string, all: readonly Assignment[] = []): Held['assignments'] {
  const isHere = (one: Assignment) => one.role === role && one.environment === environment;
  return all.every(isHere) ? all : all.filter(isHere);
}
