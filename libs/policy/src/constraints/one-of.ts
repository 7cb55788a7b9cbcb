import type { ConstraintOf } from '@portcullis/contracts';
import type { ValueCheck } from './constraint-check.js';
import { literalsText } from './literal-text.js';

/** Exactly one of the values, in type and code points. */
export function compileOneOf({ values }: Pick<ConstraintOf<'one-of'>, 'values'>): ValueCheck {
  const allowed: ReadonlySet<unknown> = new Set(values);
  const none = `is none of ${literalsText(values)}`;
  return (value) => (allowed.has(value) ? undefined : none);
}
