import { rolesHeldBy } from '../roles-held.js';
import { tasks, type ReasonCode, type Task } from '@portcullis/contracts';
import { listing, listingChecks } from '../decide.js';
import type { Held } from '../check.js';
import { grantsFor, soleGrant } from '../grants-for.js';
import { heldBy } from '../held.js';
import type { CompiledGrant, State } from '../state.js';
import type { Call, Decision, Observed } from '../types.js';
import { liveCredentialOf } from '../live-credential-of.js';
import { passedBy, walk } from '../walk.js';
import { freshCall } from './fresh-call.js';
import { limitsWithoutApproval, mayAsk } from './without-approval.js';

/** A grant by which a tool may be called. */
export interface GrantGiven {
  readonly rule: string;
  /** The constraints its arguments have to keep, as authored; none: whatever they are. */
  readonly conditions: readonly unknown[];
  /** What is done about the call, as authored. */
  readonly obligations: readonly unknown[];
  /** Whether a person has to approve the call: `sometimes` unless the arguments keep what an approval among `obligations` names. */
  readonly approval: 'never' | 'sometimes' | 'always';
  /** Milliseconds of control time; `null` without a beginning or an end. */
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  /** For how long past its lease a guard may still let it pass. */
  readonly staleSeconds: number;
}

/** What an agent may do with one tool, holding one role, by a token for one task. */
export interface AccessRow {
  /** The tool's id, `server/name`. */
  readonly tool: string;
  readonly classes: readonly string[];
  /** `null` when the agent holds no role in the server's environment. */
  readonly role: string | null;
  readonly task: Task | null;
  /** `hold`: there are grants for it, and a person has to approve every call by any of them. */
  readonly outcome: Decision['outcome'];
  readonly reason: ReasonCode | null;
  /** The rule that decides: of an allowed row a grant without constraints, and that asks nobody, if there is one. */
  readonly rule: string | null;
  readonly detail: string | null;
  /** Every grant that may allow or hold it, in the order in which they are asked; empty when no grant does. */
  readonly grants: readonly GrantGiven[];
  /** It is allowed only because the environment is observed, and this is what will be said when that is over. */
  readonly observed: Observed | null;
}

/**
 * What the agent may call at this server: tool x role it holds here x task, by the checks that `decide` asks, except those about
 * the arguments: these come as conditions, and approvals, which make a row `hold` where every call needs one. Ordered by tool and
 * role. `now` is control time in milliseconds. `announced`: by tool the `definitionHash` of what the server says of it; default: one
 * that is accepted.
 */
export function effectiveAccess(
  state: State,
  agent: string,
  now: number,
  announced: ReadonlyMap<string, string> = new Map(),
): readonly AccessRow[] {
  const environment = state.server?.environment ?? '';
  const roles = rolesHeldBy(state, agent).toSorted();
  const credential = liveCredentialOf(state, agent, now)?.id ?? '';
  return [...state.tools.keys()].sort().flatMap((tool) => {
    const definition = announced.get(tool);
    if (roles.length === 0) return [withoutRole(state, tool, agent, environment)];
    return roles.flatMap((role) => accessTo(state, { agent, credential, role, tool, definition, now }));
  });
}

/** Whose access to which tool: `tool` is its name at this server, `credential` one with which the agent gets a token, or empty. */
export interface AccessAsked {
  readonly agent: string;
  readonly credential: string;
  readonly role: string;
  readonly tool: string;
  /** The `definitionHash` of what the server says of it. Default: one that is accepted. */
  readonly definition?: string | undefined;
  readonly now: number;
}

/** One row a task. */
export function accessTo(state: State, asked: AccessAsked): readonly AccessRow[] {
  return tasks.map((task) => rowOf(state, freshCall(state, { ...asked, task })));
}

type Place = Pick<AccessRow, 'tool' | 'classes'>;

function placeOf(state: State, tool: string): Place {
  const known = state.tools.get(tool);
  return { tool: known?.id ?? tool, classes: known?.classes ?? [] };
}

function withoutRole(state: State, tool: string, agent: string, environment: string): AccessRow {
  const detail = `${agent} holds no role in ${environment}`;
  const nothing = { role: null, task: null, rule: null, grants: [], observed: null };
  return { ...placeOf(state, tool), ...nothing, outcome: 'deny', reason: 'no_assignment', detail };
}

function rowOf(state: State, call: Call): AccessRow {
  const { outcome, reason, rule, detail, observed } = walk(state, call, listing);
  const { role, task } = call.claims;
  const place = { ...placeOf(state, call.tool), role, task };
  const grants = outcome === 'allow' && observed === null ? listed(state, call).map(given) : [];
  const open = grants.filter(({ approval }) => approval !== 'always');
  const [first] = grants;
  if (first && open.length === 0) return { ...place, ...held, rule: first.rule, grants };
  return { ...place, outcome, reason, rule: freest(open)?.rule ?? rule, detail, grants, observed };
}

const held = {
  outcome: 'hold',
  reason: 'approval_required',
  detail: 'a person has to approve every call',
  observed: null,
} as const;

/** Of grants that do not always ask, in this order: without any condition, without constraints, the first. */
function freest(open: readonly GrantGiven[]): GrantGiven | undefined {
  const unlimited = open.filter(({ conditions }) => conditions.length === 0);
  return unlimited.find(({ approval }) => approval === 'never') ?? unlimited[0] ?? open[0];
}

function given(grant: CompiledGrant): GrantGiven {
  const { rule, authored, promised, notBefore, notAfter, staleSeconds } = grant;
  return {
    rule,
    conditions: authored,
    obligations: promised,
    approval: !mayAsk(grant) ? 'never' : limitsWithoutApproval(grant) ? 'sometimes' : 'always',
    notBefore: Number.isFinite(notBefore) ? notBefore : null,
    notAfter: Number.isFinite(notAfter) ? notAfter : null,
    staleSeconds,
  };
}

/** The grants that pass every check but those about the arguments. */
export function listed(state: State, call: Call, held: Held = heldBy(state, call)): readonly CompiledGrant[] {
  const tool = state.tools.get(call.tool);
  if (!tool) return [];
  const sole = soleGrant(held, tool);
  if (sole?.isPlain) return listing.plain(sole, call, tool, state, held.records) ? [] : [sole];
  const passes = (grant: CompiledGrant) =>
    passedBy(state, grant, call, tool, listingChecks, held) === listingChecks.length;
  return grantsFor(state, call, held, tool).filter(passes);
}
