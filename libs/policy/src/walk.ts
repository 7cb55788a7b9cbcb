import { clearTool } from './clear-tool.js';
import type { CallCheck, Denial, GrantCheck, Held, PlainCheck } from './check.js';
import { notGranted } from './checks/is-granted.js';
import { noObligations } from './compile-obligations.js';
import { grantsFor, soleGrant } from './grants-for.js';
import { heldBy, isCallerClear } from './held.js';
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
  /** Those of `call` that are not about the caller: all that is left to ask while nothing is against that one. */
  readonly tool: readonly CallCheck[];
  /** Those of `tool` that are not about the tool alone: all that is left to ask while nothing is against that one either. */
  readonly moving: readonly CallCheck[];
  readonly grant: readonly GrantCheck[];
  /** In place of `grant` and what follows, about a plain grant that alone names the tool. */
  readonly plain: PlainCheck;
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
  held: Held = heldBy(state, call),
  tool: KnownTool | undefined = state.tools.get(call.tool),
): Denial | undefined {
  for (const check of checks) {
    const denial = check(state, call, held, tool);
    if (denial) return denial;
  }
  return undefined;
}

/**
 * Walks the questions in order. The call is allowed by the first grant that outlives them all, and by nothing else: without a tool
 * or a grant at the end it is denied, whatever the questions were; unless its environment is observed.
 */
export function walk(state: State, call: Call, questions: Questions): Decision {
  const held = heldBy(state, call);
  const clear = clearTool(state, call);
  const tool = clear ?? state.tools.get(call.tool);
  const isClear = isCallerClear(state, call, held);
  const asked = !isClear ? questions.call : clear ? questions.moving : questions.tool;
  const against = firstDenial(state, call, asked, held, tool);
  if (against) return denied(state, against);
  const verdict = tool ? amongGrants(state, call, questions, held, tool) : noGrant(call);
  if ('isVoid' in verdict) return allowed(state, call, verdict);
  return isOnlyObserved(state, call, verdict.denial) ? observed(state, verdict) : denied(state, verdict.denial);
}

/** What stands against a call, and the grant it was said about. */
interface Refused {
  readonly denial: Denial;
  readonly by: CompiledGrant | undefined;
}

const noGrant = (call: Call): Refused => ({ denial: notGranted(call), by: undefined });

/**
 * The grant that gives the call, or what stands against it: what the check that leaves no grant says about the first it was asked
 * about, and that is the first of those which came furthest.
 */
function amongGrants(
  state: State,
  call: Call,
  { grant: checks, plain, late, last }: Questions,
  held: Held,
  tool: KnownTool,
): CompiledGrant | Refused {
  const sole = call.posture === 'fresh' && state.policies.byId.size === 0 ? soleGrant(held, tool) : undefined;
  if (sole?.isPlain) {
    const denial = plain(sole, call, tool, state, held.records);
    return denial ? { denial, by: sole } : sole;
  }
  let furthest = -1;
  let by: CompiledGrant | undefined;
  let isAsked = false;
  for (const grant of grantsFor(state, call, held, tool)) {
    let passed = passedBy(state, grant, call, tool, checks, held);
    if (passed === checks.length) {
      const against = isAsked ? undefined : firstDenial(state, call, late, held, tool);
      if (against) return { denial: against, by: grant };
      isAsked = true;
      const more = passedBy(state, grant, call, tool, last, held);
      if (more === last.length) return grant;
      passed += more;
    }
    if (passed <= furthest) continue;
    furthest = passed;
    by = grant;
  }
  const spoke = checks[furthest] ?? last[furthest - checks.length];
  return by && spoke ? { denial: spoke.denial(by, call, tool, state), by } : noGrant(call);
}

/** How many of the checks the grant passes before the first that it does not. */
export function passedBy(
  state: State,
  grant: CompiledGrant,
  call: Call,
  tool: KnownTool,
  checks: readonly GrantCheck[],
  { records }: Held,
): number {
  let passed = 0;
  for (const check of checks) {
    if (!check.passes(grant, call, tool, state, records)) return passed;
    passed += 1;
  }
  return passed;
}
