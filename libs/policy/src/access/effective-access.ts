import { tasks, type ReasonCode, type Task } from '@portcullis/contracts';
import { listing, listingChecks } from '../decide.js';
import { grantsFor } from '../grants-for.js';
import type { CompiledGrant, State } from '../state.js';
import type { Call, Decision } from '../types.js';
import { liveCredentialOf } from '../unlock/live-credential.js';
import { walk } from '../walk.js';
import { freshCall } from './fresh-call.js';

/** A grant by which a tool may be called, and the constraints its arguments have to keep; none: whatever they are. */
export interface GrantGiven {
  readonly rule: string;
  readonly conditions: readonly unknown[];
}

/** What an agent may do with one tool, holding one role, by a token for one task. */
export interface AccessRow {
  /** The tool's id, `server/name`. */
  readonly tool: string;
  readonly classes: readonly string[];
  /** `null` when the agent holds no role in the server's environment. */
  readonly role: string | null;
  readonly task: Task | null;
  readonly outcome: Decision['outcome'];
  readonly reason: ReasonCode | null;
  /** The rule that decides: of an allowed row a grant without constraints if there is one. */
  readonly rule: string | null;
  readonly detail: string | null;
  /** Every grant that may allow it, in the order in which they are asked; empty when it is denied. */
  readonly grants: readonly GrantGiven[];
}

/**
 * What the agent may call at this server: tool x role it holds here x task, by the checks that `decide` asks, except those about
 * the arguments: these come as conditions. Ordered by tool and role. `now` is control time in milliseconds.
 */
export function effectiveAccess(state: State, agent: string, now: number): readonly AccessRow[] {
  const environment = state.server?.environment ?? '';
  const roles = [...(state.rolesHeld.get(agent)?.get(environment)?.keys() ?? [])].sort();
  const credential = liveCredentialOf(state.credentials.entries(), agent, now) ?? '';
  return [...state.tools.keys()].sort().flatMap((tool) => {
    if (roles.length === 0) return [withoutRole(state, tool, agent, environment)];
    return roles.flatMap((role) =>
      tasks.map((task) => rowOf(state, freshCall(state, { agent, credential, role, task, tool, now }))),
    );
  });
}

type Place = Pick<AccessRow, 'tool' | 'classes'>;

function placeOf(state: State, tool: string): Place {
  const known = state.tools.get(tool);
  return { tool: known?.id ?? tool, classes: known?.classes ?? [] };
}

function withoutRole(state: State, tool: string, agent: string, environment: string): AccessRow {
  const detail = `${agent} holds no role in ${environment}`;
  const nothing = { role: null, task: null, rule: null, grants: [] };
  return { ...placeOf(state, tool), ...nothing, outcome: 'deny', reason: 'no_assignment', detail };
}

function rowOf(state: State, call: Call): AccessRow {
  const { outcome, reason, rule, detail } = walk(state, call, listing);
  const { role, task } = call.claims;
  const grants = outcome === 'allow' ? givenBy(state, call) : [];
  const free = grants.find(({ conditions }) => conditions.length === 0);
  return { ...placeOf(state, call.tool), role, task, outcome, reason, rule: free?.rule ?? rule, detail, grants };
}

function givenBy(state: State, call: Call): readonly GrantGiven[] {
  return listed(state, call).map(({ rule, authored }) => ({ rule, conditions: authored }));
}

/** The grants that pass every check but those about the arguments. */
export function listed(state: State, call: Call): readonly CompiledGrant[] {
  const tool = state.tools.get(call.tool);
  if (!tool) return [];
  return grantsFor(state, call).filter((grant) =>
    listingChecks.every((check) => check.passes(grant, call, tool, state)),
  );
}
