import type { Constraint, ItemConstraint } from '@portcullis/contracts';
import type { Engines } from '../engines.js';
import { ruleOf } from './rule-of.js';

/** What is wrong, in words for the person who writes the constraint, and at which of its fields. */
export interface ConstraintProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * What an engine has against a constraint that is of the right form, such as a regular expression that is none. `undefined`:
 * nothing; the constraint voids no grant.
 *
 * @example
 * constraintProblem({ kind: 'pattern', path: 'ticket', pattern: '(' }); // { path: ['pattern'], message: 'error parsing regexp: …' }
 */
export function constraintProblem(constraint: Constraint): ConstraintProblem | undefined {
  if (constraint.kind === 'schema') return undefined;
  if (constraint.kind !== 'items') return problemOf(constraint, []);
  for (const [index, one] of (constraint.each ?? []).entries()) {
    const problem = problemOf(one, ['each', index]);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const fields: Readonly<Partial<Record<Constraint['kind'], string>>> = {
  pattern: 'pattern',
  glob: 'glob',
  cidr: 'networks',
};

/** Stands in for a hash, which is not asked while a constraint is compiled. */
const unasked: Engines = { hash: { sha256: (text) => text } };

/** Of SQL the form is all there is: its engine reads only what a call brings. */
function problemOf(constraint: ItemConstraint, at: readonly (string | number)[]): ConstraintProblem | undefined {
  if (constraint.kind === 'sql') return undefined;
  try {
    ruleOf(constraint, unasked);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { path: [...at, fields[constraint.kind] ?? 'kind'], message };
  }
}
