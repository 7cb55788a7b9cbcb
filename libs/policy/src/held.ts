import type { AccessTokenClaims } from '@portcullis/contracts';
import type { Held, TokenCheck } from './check.js';
import { isAgentActive } from './checks/is-agent-active.js';
import { isTokenInForce } from './checks/is-token-in-force.js';
import { isUntainted } from './checks/is-untainted.js';
import type { State } from './state.js';
import { widenedKey } from './widened-key.js';

/** What is asked about a token as such. `decide.ts` says where each stands in the order. */
export const tokenChecks: readonly TokenCheck[] = [isAgentActive, isUntainted, isTokenInForce];

type ByToken = WeakMap<AccessTokenClaims, Held>;

/** Claims are one object for as long as a guard remembers the token, and neither they nor a state ever change. */
const remembered = new WeakMap<State, ByToken>();
let latest: { readonly state: State; readonly byToken: ByToken } | undefined;

/** What the state holds about the token, looked up at its first call in this state. */
export function heldBy(state: State, claims: AccessTokenClaims): Held {
  const byToken = byTokenIn(state);
  const known = byToken.get(claims);
  if (known) return known;
  const held = lookUp(state, claims);
  byToken.set(claims, held);
  return held;
}

/** A guard asks about one state until the next is swapped in. */
function byTokenIn(state: State): ByToken {
  if (latest?.state === state) return latest.byToken;
  const byToken: ByToken = remembered.get(state) ?? new WeakMap();
  remembered.set(state, byToken);
  latest = { state, byToken };
  return byToken;
}

function lookUp(state: State, claims: AccessTokenClaims): Held {
  const { agent, credential, role, conversation } = claims;
  const environment = state.server?.environment ?? '';
  const ids = [...(state.rolesHeld.get(agent)?.get(environment)?.get(role)?.keys() ?? [])].sort();
  return {
    isClear: tokenChecks.every((check) => check(state, { claims }) === undefined),
    credential: state.credentials.get(credential),
    conversation: conversation === undefined ? undefined : state.conversations.get(conversation),
    assignments: ids.flatMap((id) => {
      const assignment = state.assignments.get(id);
      return assignment ? [{ ...assignment, id }] : [];
    }),
    grants: state.server && state.grantsByRole.get(role)?.get(environment),
    widened:
      state.server && conversation !== undefined
        ? state.widened.get(widenedKey(conversation, role))?.get(environment)
        : undefined,
  };
}
