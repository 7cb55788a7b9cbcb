import type { ConstraintOf } from '@portcullis/contracts';
import type { ValueCheck, ValueRule } from './constraint-check.js';
import { linearMatcher } from './linear-matcher.js';

/** Text that matches the RE2 expression as a whole. Throws when the expression is none, or is too large. */
export function compilePattern({ pattern }: Pick<ConstraintOf<'pattern'>, 'pattern'>): ValueRule {
  const { longest, mostText, matches } = linearMatcher(pattern);
  const check: ValueCheck = (value) => {
    if (typeof value !== 'string') return 'is not text';
    if (value.length > longest) return `is longer than the ${longest} characters the pattern reads`;
    return matches(value) ? undefined : `does not match ${pattern}`;
  };
  return { check, mostText };
}
