import type { CallCheck, Denial, GrantCheck } from './check.js';
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
  return { outcome: 'allow', reason: null, rule: grant.rule, revision: state.revision, detail: null, obligations: noObligations };
}

/** The first check about the call that says no, if any. */
export function firstDenial(state: State, call: Call, checks: readonly CallCheck[]): Denial | undefined {
  for (const check of checks) {
    const denial = check(state, call);
    if (denial) return denial;
  }
  return undefined;
}

/** Walks both lists in order. Without a tool or a grant at the end it denies, whatever the lists were. */
export function walk(
  state: State,
  call: Call,
  callChecks: readonly CallCheck[],
  grantChecks: readonly GrantCheck[],
): Decision {
  const denial = firstDenial(state, call, callChecks);
  if (denial) return denied(state, denial);
  const tool = state.tools.get(call.tool);
  const last = tool && narrow(grantsFor(state, call), call, tool, grantChecks);
  if (!last) return denied(state, { reason: 'no_grant', rule: null, detail: 'nothing gives this call' });
  return 'isVoid' in last ? allowed(state, last) : denied(state, last);
}

/** The first grant that passes every check, or what the first check that none passed says about the first one left. */
function narrow(
  grants: readonly CompiledGrant[],
  call: Call,
  tool: KnownTool,
  checks: readonly GrantCheck[],
): CompiledGrant | Denial | undefined {
  let left = grants;
  for (const check of checks) {
    const first = left[0];
    if (!first) return undefined;
    left = passing(left, check, call, tool);
    if (left.length === 0) return check.denial(first, call, tool);
  }
  return left[0];
}

function passing(
  grants: readonly CompiledGrant[],
  check: GrantCheck,
  call: Call,
  tool: KnownTool,
): readonly CompiledGrant[] {
  return grants.every((grant) => check.passes(grant, call, tool))
    ? grants
    : grants.filter((grant) => check.passes(grant, call, tool));
}
