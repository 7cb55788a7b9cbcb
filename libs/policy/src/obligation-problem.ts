import type { Constraint, Obligation } from '@portcullis/contracts';
import { constraintProblem, type ConstraintProblem } from './constraints/constraint-problem.js';
import { linearMatcher } from './constraints/linear-matcher.js';

/**
 * What an engine has against an obligation that is of the right form: an expression of `redact` that is none, or a limit inside
 * `items` or `approval`. `undefined`: nothing.
 *
 * @example
 * obligationProblem({ kind: 'redact', patterns: ['('] }); // { path: ['patterns', 0], message: 'error parsing regexp: …' }
 */
export function obligationProblem(obligation: Obligation): ConstraintProblem | undefined {
  switch (obligation.kind) {
    case 'redact':
      return firstOf('patterns', obligation.patterns ?? [], patternProblem);
    case 'items':
      return firstOf<Constraint>('where', obligation.where, constraintProblem);
    case 'approval':
      return firstOf<Constraint>('unless', obligation.unless ?? [], constraintProblem);
    case 'fields':
    case 'size':
    case 'label':
    case 'audit':
    case 'quota':
      return undefined;
  }
}

function firstOf<One>(
  field: string,
  all: readonly One[],
  problemOf: (one: One) => ConstraintProblem | undefined,
): ConstraintProblem | undefined {
  for (const [index, one] of all.entries()) {
    const problem = problemOf(one);
    if (problem !== undefined) return { path: [field, index, ...problem.path], message: problem.message };
  }
  return undefined;
}

function patternProblem(pattern: string): ConstraintProblem | undefined {
  try {
    linearMatcher(pattern);
    return undefined;
  } catch (error) {
    return { path: [], message: error instanceof Error ? error.message : String(error) };
  }
}
