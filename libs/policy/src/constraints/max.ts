import type { ConstraintOf } from '@portcullis/contracts';
import type { ValueCheck } from './constraint-check.js';
import { finiteNumber } from './finite-number.js';

/** A finite number of at most `value`. */
export function compileMax({ value: limit }: Pick<ConstraintOf<'max'>, 'value'>): ValueCheck {
  return finiteNumber((found) => (found <= limit ? undefined : `${found} is more than ${limit}`));
}
