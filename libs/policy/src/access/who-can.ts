import type { Task } from '@portcullis/contracts';
import type { Held } from '../check.js';
import { listing } from '../decide.js';
import { assignmentsTo, callerChecks, lookUp } from '../held.js';
import { liveCredentialOf } from '../live-credential-of.js';
import { rolesIn } from '../roles-held.js';
import { sliceIn } from '../slice-in.js';
import type { Assignment, CompiledGrant, Credential, State } from '../state.js';
import type { Call } from '../types.js';
import { isSatisfiable } from '../unlock/is-satisfiable.js';
import { firstDenial } from '../walk.js';
import { listed } from './effective-access.js';
import { freshCall } from './fresh-call.js';
import { largestOver, numericRange } from './numeric-range.js';
import { limitsWithoutApproval, mayAsk, quotaLimits } from './without-approval.js';

/** What is asked: who can call `tool` (its name at this server), with a number more than `over` at `path`. */
export interface WhoCanQuestion {
  readonly tool: string;
  readonly path?: string | undefined;
  readonly over?: number | undefined;
  /** The `definitionHash` of what the server says of the tool. Default: one that is accepted. */
  readonly definition?: string | undefined;
  /** Milliseconds of control time. */
  readonly now: number;
}

/** An agent that can, by a role, and the grant by which it can do most. */
export interface WhoCanRow {
  readonly agent: string;
  readonly role: string;
  /** `hold`: it can once a person has approved the call. */
  readonly outcome: 'allow' | 'hold';
  readonly rule: string;
  /** The task a token must be for. */
  readonly task: Task;
  /** The largest number it can give at `path`; `null` without a limit, or when no parameter was asked about. */
  readonly upTo: number | null;
  /** Constraints that say nothing about the size of that number, as authored: it can if they are kept as well. */
  readonly conditions: readonly unknown[];
  /** What is done about the call, as authored. */
  readonly obligations: readonly unknown[];
}

type Way = Omit<WhoCanRow, 'agent' | 'role'>;

/**
 * Every agent that can make such a call now, told from the constraints of its grants and not by trying values: a grant with
 * `max 100.01` can be used over 100.005 and not over 100.02. A second row of one agent and role says what more it can with an
 * approval. Ordered by agent, role, and without approval first.
 */
export function whoCan(state: State, question: WhoCanQuestion): readonly WhoCanRow[] {
  const environment = state.server?.environment ?? '';
  const { tool, now, definition } = question;
  const { claims, ...asked } = freshCall(state, {
    ...{ agent: '', credential: '', role: '', task: 'execute', tool, now, definition },
  });
  // One call for all, whose token is made out to one after the other: 10,000 new ones cost more than what is asked about them.
  const holder: { -readonly [Name in keyof typeof claims]: (typeof claims)[Name] } = { ...claims };
  const call: Call = { ...asked, claims: holder };
  const held: { -readonly [Name in keyof Held]: Held[Name] } = { ...lookUp(state, call) };
  if (firstDenial(state, call, listing.tool, held)) return [];
  const waysBy = (role: string): readonly Way[] => {
    holder.role = role;
    held.grants = sliceIn(environment, state.grantsByRole.get(role));
    return waysOf(listed(state, call, held), question);
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
  const places = placesIn(state);
  const able = withWays(places, waysBy);
  const credentials = able.map(({ agent }) => liveCredentialOf(state, agent, now));
  const clear = able.filter((place, index) => isClear(place, credentials[index]));
  const rows: WhoCanRow[] = [];
  for (const { agent, role, ways } of clear) for (const way of ways) rows.push(rowOf(agent, role, way));
  return rows.sort((a, b) => compare(a.agent, b.agent) || compare(a.role, b.role));
}

interface Place {
  readonly agent: string;
  readonly role: string;
  readonly assigned: readonly Assignment[];
}

/** Who holds which role here. */
function placesIn(state: State): readonly Place[] {
  const places: Place[] = [];
  for (const [agent, assigned] of state.assigned.entries())
    for (const role of rolesIn(state, assigned)) places.push({ agent, role, assigned });
  return places;
}

interface Able extends Place {
  readonly ways: readonly Way[];
}

/** Those whose role has any way; each role is asked about once. */
function withWays(places: readonly Place[], waysBy: (role: string) => readonly Way[]): readonly Able[] {
  const byRole = new Map<string, readonly Way[]>();
  const able: Able[] = [];
  for (const { agent, role, assigned } of places) {
    let ways = byRole.get(role);
    if (!ways) byRole.set(role, (ways = waysBy(role)));
    if (ways.length > 0) able.push({ agent, role, assigned, ways });
  }
  return able;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Written out: 10,000 spread objects cost more than all that is asked. */
function rowOf(agent: string, role: string, way: Way): WhoCanRow {
  const { outcome, rule, task, upTo, conditions, obligations } = way;
  return { agent, role, outcome, rule, task, upTo, conditions, obligations };
}

interface Candidate extends Way {
  readonly reach: number;
}

/**
 * The widest way without asking anybody; and the widest on which a person has to approve, where that goes further or asks less of
 * the arguments.
 */
function waysOf(grants: readonly CompiledGrant[], question: WhoCanQuestion): readonly Way[] {
  let allowed: Candidate | undefined;
  let held: Candidate | undefined;
  for (const grant of grants) {
    allowed = wider(allowed, candidate('allow', grant, limitsWithoutApproval(grant), question));
    if (mayAsk(grant)) held = wider(held, candidate('hold', grant, grant.authored, question));
  }
  if (!allowed) return held ? [held] : [];
  return held && isMore(held, allowed) ? [allowed, held] : [allowed];
}

function candidate(
  outcome: Way['outcome'],
  grant: CompiledGrant,
  limits: readonly unknown[] | undefined,
  { path, over }: WhoCanQuestion,
): Candidate | undefined {
  if (limits === undefined) return undefined;
  const quotas = quotaLimits(grant, path);
  const all = quotas.length === 0 ? limits : [...limits, ...quotas];
  const range = numericRange(all, path);
  const reach = largestOver(range, over ?? -Infinity);
  if (reach === undefined || !isSatisfiable(all)) return undefined;
  const { rule, task, promised } = grant;
  const upTo = Number.isFinite(reach) ? reach : null;
  return { outcome, rule, task, upTo, conditions: range.others, obligations: promised, reach };
}

const isMore = (one: Candidate, than: Candidate): boolean =>
  one.reach > than.reach || one.conditions.length < than.conditions.length;

/** The one with fewer conditions, and of two with as many the one that goes further. */
function wider(best: Candidate | undefined, one: Candidate | undefined): Candidate | undefined {
  if (!best || !one) return best ?? one;
  const fewer = one.conditions.length - best.conditions.length;
  return fewer < 0 || (fewer === 0 && one.reach > best.reach) ? one : best;
}
