import { obligationSchema, type Constraint, type Obligation, type ObligationOf } from '@portcullis/contracts';
import { compileConstraint } from './constraints/compile-constraint.js';
import type { ConstraintCheck } from './constraints/constraint-check.js';
import type { Engines } from './engines.js';
import { compileItemCheck } from './item-check.js';
import { obligationProblem } from './obligation-problem.js';
import { withoutDoubles } from './quota.js';

/** A person of `group` has to approve what breaks one of `unless`; without limits every call. */
export interface CompiledApproval {
  readonly group: string;
  readonly unless: readonly ConstraintCheck[];
}

/** The obligations of one grant, by when they are asked. */
export interface CompiledObligations {
  /** What has to be done with an allowed call, as authored: the decision hands it to the guard. */
  readonly toFulfil: readonly Obligation[];
  readonly quotas: readonly ObligationOf<'quota'>[];
  readonly approvals: readonly CompiledApproval[];
}

/** Of a grant without obligations. */
export const noObligations: CompiledObligations = { toFulfil: [], quotas: [], approvals: [] };

/** Compiles a grant's obligations. `undefined`: one of them is unknown or malformed, which voids the grant. */
export function compileObligations(authored: readonly unknown[], engines: Engines): CompiledObligations | undefined {
  if (authored.length === 0) return noObligations;
  const toFulfil: Obligation[] = [];
  const quotas: ObligationOf<'quota'>[] = [];
  const approvals: CompiledApproval[] = [];
  for (const one of authored) {
    const parsed = obligationSchema.safeParse(one);
    if (!parsed.success || !isUsable(parsed.data, engines)) return undefined;
    if (parsed.data.kind === 'quota') quotas.push(parsed.data);
    else if (parsed.data.kind !== 'approval') toFulfil.push(parsed.data);
    else {
      const unless = compiled(parsed.data.unless ?? [], engines);
      if (!unless) return undefined;
      approvals.push({ group: parsed.data.group, unless });
    }
  }
  return { toFulfil, quotas: withoutDoubles(quotas), approvals };
}

/** Whether what the host has to do with a result can be done: its expressions are such, its limits compile. */
function isUsable(obligation: Obligation, engines: Engines): boolean {
  if (obligation.kind === 'items') return compileItemCheck(obligation.where, engines) !== undefined;
  return obligation.kind !== 'redact' || obligationProblem(obligation) === undefined;
}

function compiled(constraints: readonly Constraint[], engines: Engines): readonly ConstraintCheck[] | undefined {
  const checks = constraints.map((constraint) => compileConstraint(constraint, engines));
  return checks.every((check) => check !== undefined) ? checks : undefined;
}
