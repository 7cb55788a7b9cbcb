import type { CallCheck, Denial, GrantCheck, Held } from './check.js';
import { notGranted } from './checks/is-granted.js';
import { noObligations } from './compile-obligations.js';
import { grantsFor } from './grants-for.js';
import { heldBy } from './held.js';
import { isOnlyObserved } from './observed.js';
import { chargesOf } from './quota.js';
import type { CompiledGrant, KnownTool, State } from './state.js';
import type { Call, Charge, Decision } from './types.js';

/**
 * The questions of one walk, in the order in which they are asked: about the call alone; about the grants that name the tool;
 * about the call once a grant would give it; and last about each grant that is left.
 */
export interface Questions {
  readonly call: readonly CallCheck[];
  /** Those of `call` that are not about the token as such: all that is left to ask about one that was found clear in this state. */
  readonly moving: readonly CallCheck[];
  readonly grant: readonly GrantCheck[];
  readonly late: readonly CallCheck[];
  readonly last: readonly GrantCheck[];
}

const noCharges: readonly Charge[] = [];
const nothingToDo = noObligations.toFulfil;

/** A denial as the decision it leads to. */
export function denied({ revision }: State, { outcome = 'deny', reason, rule, detail }: Denial): Decision {
  return { outcome, reason, rule, revision, detail, obligations: nothingToDo, charges: noCharges, observed: null };
}

function allowed({ revision }: State, call: Call, { id, rule, obligations }: CompiledGrant): Decision {
  const { toFulfil, quotas } = obligations;
  const charges = quotas.length === 0 ? noCharges : chargesOf(id, quotas, call);
  return {
    outcome: 'allow',
    reason: null,
    rule,
    revision,
    detail: null,
    obligations: toFulfil,
    charges,
    observed: null,
  };
}

/**
 * The call runs, and what would have been said is recorded. What the grant that said it promises about a result is kept: nobody
 * sees more by breaking a limit. Its quotas are not charged: it does not give this call.
 */
function observed({ revision, server }: State, { denial, by }: Refused): Decision {
  const { outcome = 'deny', reason, rule, detail } = denial;
  return {
    outcome: 'allow',
    reason: null,
    rule: `environment:${server?.environment ?? ''}`,
    revision,
    detail: null,
    obligations: by?.obligations.toFulfil ?? nothingToDo,
    charges: noCharges,
    observed: { outcome, reason, rule, detail },
  };
}

/** The first check about the call that says no, if any. */
export function firstDenial(
  state: State,
  call: Call,
  checks: readonly CallCheck[],
  held: Held = heldBy(state, call.claims),
): Denial | undefined {
  for (const check of checks) {
    const denial = check(state, call, held);
    if (denial) return denial;
  }
  return undefined;
}

/**
 * Walks the questions in order. The call is allowed by the first grant that outlives them all, and by nothing else: without a tool
 * or a grant at the end it is denied, whatever the questions were; unless its environment is observed.
 */
export function walk(state: State, call: Call, questions: Questions): Decision {
  const held = heldBy(state, call.claims);
  const against = firstDenial(state, call, held.isClear ? questions.moving : questions.call, held);
  if (against) return denied(state, against);
  const verdict = amongGrants(state, call, questions, held);
  if ('isVoid' in verdict) return allowed(state, call, verdict);
  return isOnlyObserved(state, call, verdict.denial) ? observed(state, verdict) : denied(state, verdict.denial);
}

/** What stands against a call, and the grant it was said about. */
interface Refused {
  readonly denial: Denial;
  readonly by: CompiledGrant | undefined;
}

const noGrant = (call: Call): Refused => ({ denial: notGranted(call), by: undefined });

/** The grant that gives the call, or what stands against it. */
function amongGrants(
  state: State,
  call: Call,
  { grant: checks, late, last }: Questions,
  held: Held,
): CompiledGrant | Refused {
  const tool = state.tools.get(call.tool);
  const grants = grantsFor(state, call, held);
  if (!tool || grants.length === 0) return noGrant(call);
  let isAsked = false;
  for (const grant of grants) {
    if (!passesAll(state, grant, call, tool, checks)) continue;
    const against = isAsked ? undefined : firstDenial(state, call, late, held);
    if (against) return { denial: against, by: grant };
    isAsked = true;
    if (passesAll(state, grant, call, tool, last)) return grant;
  }
  return whyNone(state, grants, call, tool, [...checks, ...last]) ?? noGrant(call);
}

function passesAll(
  state: State,
  grant: CompiledGrant,
  call: Call,
  tool: KnownTool,
  checks: readonly GrantCheck[],
): boolean {
  for (const check of checks) if (!check.passes(grant, call, tool, state)) return false;
  return true;
}

/** What the first check that leaves no grant says about the first of those it was asked about. */
function whyNone(
  state: State,
  grants: readonly CompiledGrant[],
  call: Call,
  tool: KnownTool,
  checks: readonly GrantCheck[],
): Refused | undefined {
  let left = grants;
  for (const check of checks) {
    const passing = left.filter((grant) => check.passes(grant, call, tool, state));
    const [first] = left;
    if (passing.length === 0 && first) return { denial: check.denial(first, call, tool, state), by: first };
    left = passing;
  }
  return undefined;
}
