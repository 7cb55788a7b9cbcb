import type { Held } from '../check.js';
import { listing } from '../decide.js';
import { assignmentsTo, callerChecks, lookUp } from '../held.js';
import { liveCredentialOf } from '../live-credential-of.js';
import { rolesIn } from '../roles-held.js';
import { sliceIn } from '../slice-in.js';
import type { Assignment, Credential, GrantSlice, State } from '../state.js';
import type { Call } from '../types.js';
import { firstDenial } from '../walk.js';
import { listed } from './effective-access.js';
import { freshCall } from './fresh-call.js';
import { waysOf, type Reaches, type Way } from './ways-of.js';
import type { WhoCanQuestion, WhoCanRow } from './who-can-row.js';

/**
 * Every agent that can make such a call now, told from the constraints of its grants and not by trying values: a grant with
 * `max 100.01` can be used over 100.005 and not over 100.02. A second row of one agent and role says what more it can with an
 * approval. Ordered by agent, role, and without approval first.
 */
export function whoCan(state: State, question: WhoCanQuestion): readonly WhoCanRow[] {
  const environment = state.server?.environment ?? '';
  const { tool, now, definition } = question;
  const reaches: Reaches = new Map();
  const asked = { agent: '', credential: '', role: '', task: 'execute', tool, now, definition } as const;
  // One call for all, whose token is made out to one after the other: 10,000 new ones cost more than what is asked about them.
  const call = outOfJson(freshCall(state, asked));
  const holder: Writable<Call['claims']> = call.claims;
  const held: Writable<Held> = lookUp(state, call);
  if (firstDenial(state, call, listing.tool, held)) return [];
  const waysBy = (role: string, slices: readonly GrantSlice[]): readonly Way[] => {
    holder.role = role;
    held.grants = sliceIn(environment, slices);
    return waysOf(listed(state, call, held), question, reaches);
  };
  const isClear = ({ agent, role, assigned }: Place, credential: Credential | undefined): boolean => {
    holder.sub = agent;
    holder.client_id = agent;
    holder.agent = agent;
    holder.role = role;
    holder.credential = credential?.id ?? '';
    held.credential = credential;
    held.assignments = assignmentsTo(role, environment, assigned);
    return !firstDenial(state, call, callerChecks, held);
  };
  // One thing is read of all before the next: of one after the other takes twice as long, as each waits for memory on its own.
  const byRole = new Map<string, readonly Way[]>();
  state.grantsByRole.forEach((slices, role) => {
    const ways = waysBy(role, slices);
    if (ways.length > 0) byRole.set(role, ways);
  });
  const places = placesIn(state, byRole);
  const credentials = places.map(({ agent }) => liveCredentialOf(state, agent, now));
  const clear = places.filter((place, index) => isClear(place, credentials[index]));
  const rows: WhoCanRow[] = [];
  for (const { agent, role, ways } of clear) for (const way of ways) rows.push(rowOf(agent, role, way));
  return rows.sort((a, b) => compare(a.agent, b.agent) || compare(a.role, b.role));
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/**
 * As a guard has it. What is put together by spreading has a hidden class of its own each time, and code compiled for one is thrown
 * away at the next: each of the first ten questions then took twice as long. A time that is no number becomes `null`, and so does the
 * end of the token with it, which then is over.
 */
const outOfJson = (call: Call): Call => JSON.parse(JSON.stringify(call)) as Call;

/** That an agent holds a role here which has ways. */
interface Place {
  readonly agent: string;
  readonly role: string;
  readonly ways: readonly Way[];
  readonly assigned: readonly Assignment[];
}

function placesIn(state: State, byRole: ReadonlyMap<string, readonly Way[]>): readonly Place[] {
  const places: Place[] = [];
  state.assigned.forEach((assigned, agent) => {
    for (const role of rolesIn(state, assigned)) {
      const ways = byRole.get(role);
      if (ways) places.push({ agent, role, ways, assigned });
    }
  });
  return places;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Written out: 10,000 spread objects cost more than all that is asked. */
function rowOf(agent: string, role: string, way: Way): WhoCanRow {
  const { outcome, rule, task, upTo, conditions, obligations } = way;
  return { agent, role, outcome, rule, task, upTo, conditions, obligations };
}
