import { constraintSchema, type Constraint, type ItemConstraint } from '@portcullis/contracts';
import type { ConstraintCheck } from './constraint-check.js';
import { compileItems } from './items.js';
import { ruleOf } from './rule-of.js';
import { valuesAt } from './values-at.js';

/** Compiles one constraint of a grant. `undefined`: this version does not know the kind, or it is malformed, which voids the grant. */
export function compileConstraint(authored: unknown): ConstraintCheck | undefined {
  const parsed = constraintSchema.safeParse(authored);
  if (!parsed.success) return undefined;
  try {
    return compileKnown(parsed.data);
  } catch {
    return undefined;
  }
}

function compileKnown(constraint: Constraint): ConstraintCheck {
  return constraint.kind === 'items' ? compileItems(constraint, compileLeaf) : compileLeaf(constraint);
}

function compileLeaf(constraint: ItemConstraint): ConstraintCheck {
  return valuesAt(constraint.path, ruleOf(constraint));
}
