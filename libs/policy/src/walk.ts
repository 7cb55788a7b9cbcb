import type { CallCheck, Denial, GrantCheck } from './check.js';
import { notGranted } from './checks/is-granted.js';
import { grantsFor } from './grants-for.js';
import type { CompiledGrant, KnownTool, State } from './state.js';
import type { Call, Decision, Obligation } from './types.js';

const noObligations: readonly Obligation[] = [];

/** A denial as the decision it leads to. */
export function denied(state: State, denial: Denial): Decision {
  return {
    outcome: 'deny',
    reason: denial.reason,
    rule: denial.rule,
    revision: state.revision,
    detail: denial.detail,
    obligations: noObligations,
  };
}

function allowed(state: State, grant: CompiledGrant): Decision {
  return {
    outcome: 'allow',
    reason: null,
    rule: grant.rule,
    revision: state.revision,
    detail: null,
    obligations: noObligations,
  };
}

/** The first check about the call that says no, if any. */
export function firstDenial(state: State, call: Call, checks: readonly CallCheck[]): Denial | undefined {
  for (const check of checks) {
    const denial = check(state, call);
    if (denial) return denial;
  }
  return undefined;
}

/**
 * Walks both lists in order. The call is allowed by the first grant that passes every check about grants, and by nothing else:
 * without a tool or a grant at the end it is denied, whatever the lists were.
 */
export function walk(
  state: State,
  call: Call,
  callChecks: readonly CallCheck[],
  grantChecks: readonly GrantCheck[],
): Decision {
  const denial = firstDenial(state, call, callChecks);
  if (denial) return denied(state, denial);
  const tool = state.tools.get(call.tool);
  const grants = grantsFor(state, call);
  if (!tool || grants.length === 0) return denied(state, notGranted(call));
  for (const grant of grants) if (passesAll(state, grant, call, tool, grantChecks)) return allowed(state, grant);
  return denied(state, whyNone(state, grants, call, tool, grantChecks) ?? notGranted(call));
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
): Denial | undefined {
  let left = grants;
  for (const check of checks) {
    const passing = left.filter((grant) => check.passes(grant, call, tool, state));
    const [first] = left;
    if (passing.length === 0 && first) return check.denial(first, call, tool, state);
    left = passing;
  }
  return undefined;
}
