import type { ConstraintOf } from '@portcullis/contracts';
import type { ValueCheck } from './constraint-check.js';
import { literalText } from './literal-text.js';

/** Exactly this value, in type and code points. */
export function compileEqual({ value: wanted }: Pick<ConstraintOf<'equal'>, 'value'>): ValueCheck {
  const different = `is not ${literalText(wanted)}`;
  return (value) => (value === wanted ? undefined : different);
}
