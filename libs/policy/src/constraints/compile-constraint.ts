import { constraintSchema, type Constraint, type ItemConstraint } from '@portcullis/contracts';
import { noEngines, type Engines } from '../engines.js';
import type { ConstraintCheck, Unrecorded } from './constraint-check.js';
import { compileItems } from './items.js';
import { compileOwnSchema } from './own-schema.js';
import { ruleOf } from './rule-of.js';
import { valuesAt } from './values-at.js';

/**
 * Compiles one constraint of a grant. `undefined`: this version does not know the kind, it is malformed, or its host lacks the engine
 * it needs, which voids the grant. `unrecorded`: default `wrong`.
 */
export function compileConstraint(
  authored: unknown,
  engines: Engines = noEngines,
  unrecorded: Unrecorded = 'wrong',
): ConstraintCheck | undefined {
  const parsed = constraintSchema.safeParse(authored);
  if (!parsed.success) return undefined;
  try {
    return compileKnown(parsed.data, engines, unrecorded);
  } catch {
    return undefined;
  }
}

function compileKnown(constraint: Constraint, engines: Engines, unrecorded: Unrecorded): ConstraintCheck {
  if (constraint.kind === 'schema') return compileOwnSchema(engines);
  return constraint.kind === 'items'
    ? compileItems(constraint, (one) => compileLeaf(one, engines, unrecorded))
    : compileLeaf(constraint, engines, unrecorded);
}

function compileLeaf(constraint: ItemConstraint, engines: Engines, unrecorded: Unrecorded): ConstraintCheck {
  return valuesAt(constraint.path, ruleOf(constraint, engines, unrecorded));
}
