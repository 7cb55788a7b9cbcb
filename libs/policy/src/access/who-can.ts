import type { Task } from '@portcullis/contracts';
import { listing } from '../decide.js';
import type { State } from '../state.js';
import type { Call } from '../types.js';
import { isSatisfiable } from '../unlock/is-satisfiable.js';
import { liveCredentialOf } from '../unlock/live-credential.js';
import { firstDenial } from '../walk.js';
import { credentialsByAgent } from './credentials-by-agent.js';
import { listed } from './effective-access.js';
import { freshCall } from './fresh-call.js';
import { largestOver, numericRange } from './numeric-range.js';

/** What is asked: who can call `tool` (its name at this server), with a number more than `over` at `path`. */
export interface WhoCanQuestion {
  readonly tool: string;
  readonly path?: string | undefined;
  readonly over?: number | undefined;
  /** Milliseconds of control time. */
  readonly now: number;
}

/** An agent that can, by a role, and the grant by which it can do most. */
export interface WhoCanRow {
  readonly agent: string;
  readonly role: string;
  readonly rule: string;
  /** The task a token must be for. */
  readonly task: Task;
  /** The largest number it can give at `path`; `null` without a limit, or when no parameter was asked about. */
  readonly upTo: number | null;
  /** Constraints that say nothing about the size of that number, as authored: it can if they are kept as well. */
  readonly conditions: readonly unknown[];
}

type Way = Omit<WhoCanRow, 'agent' | 'role'>;

/**
 * Every agent that can make such a call now, told from the constraints of its grants and not by trying values: a grant with
 * `max 100.01` can be used over 100.005 and not over 100.02. Ordered by agent and role.
 */
export function whoCan(state: State, question: WhoCanQuestion): readonly WhoCanRow[] {
  const environment = state.server?.environment ?? '';
  const { tool, now } = question;
  const credentials = credentialsByAgent(state);
  const ways = new Map<string, Way | undefined>();
  const rows: WhoCanRow[] = [];
  // One token for all that differs in who holds it: making each anew is what would cost.
  const { claims, ...asked } = freshCall(state, { agent: '', credential: '', role: '', task: 'execute', tool, now });
  for (const [agent, environments] of state.rolesHeld.entries()) {
    const credential = liveCredentialOf(credentials.get(agent) ?? [], agent, now) ?? '';
    for (const role of environments.get(environment)?.keys() ?? []) {
      const call: Call = { ...asked, claims: { ...claims, sub: agent, client_id: agent, agent, credential, role } };
      if (!ways.has(role)) ways.set(role, widestOf(listed(state, call), question));
      const way = ways.get(role);
      if (way && !firstDenial(state, call, listing.call)) rows.push({ agent, role, ...way });
    }
  }
  return rows.sort((a, b) => compare(a.agent, b.agent) || compare(a.role, b.role));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Of the grants that give it the one with the fewest conditions, and of these the one that goes furthest. */
function widestOf(grants: ReturnType<typeof listed>, { path, over }: WhoCanQuestion): Way | undefined {
  let widest: { readonly way: Way; readonly reach: number } | undefined;
  for (const { rule, task, authored } of grants) {
    const range = numericRange(authored, path);
    const reach = largestOver(range, over ?? -Infinity);
    if (reach === undefined || !isSatisfiable(authored)) continue;
    const conditions = range.others;
    const isWider =
      !widest ||
      conditions.length < widest.way.conditions.length ||
      (conditions.length === widest.way.conditions.length && reach > widest.reach);
    if (isWider) widest = { reach, way: { rule, task, upTo: Number.isFinite(reach) ? reach : null, conditions } };
  }
  return widest?.way;
}
