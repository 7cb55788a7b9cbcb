import { constraintSchema, type Constraint, type ItemConstraint } from '@portcullis/contracts';
import { noEngines, type Engines } from '../engines.js';
import type { ConstraintCheck } from './constraint-check.js';
import { compileItems } from './items.js';
import { compileOwnSchema } from './own-schema.js';
import { ruleOf } from './rule-of.js';
import { valuesAt } from './values-at.js';

/** Compiles one constraint of a grant. `undefined`: this version does not know the kind, or it is malformed, which voids the grant. */
export function compileConstraint(authored: unknown, engines: Engines = noEngines): ConstraintCheck | undefined {
  const parsed = constraintSchema.safeParse(authored);
  if (!parsed.success) return undefined;
  try {
    return compileKnown(parsed.data, engines);
  } catch {
    return undefined;
  }
}

function compileKnown(constraint: Constraint, engines: Engines): ConstraintCheck {
  if (constraint.kind === 'schema') return compileOwnSchema(engines);
  return constraint.kind === 'items'
    ? compileItems(constraint, (one) => compileLeaf(one, engines))
    : compileLeaf(constraint, engines);
}

function compileLeaf(constraint: ItemConstraint, engines: Engines): ConstraintCheck {
  return valuesAt(constraint.path, ruleOf(constraint, engines));
}
