import type { ConstraintOf } from '@portcullis/contracts';
import type { ValueCheck } from './constraint-check.js';
import { finiteNumber } from './finite-number.js';

/** A finite number of at least `value`. */
export function compileMin({ value: limit }: Pick<ConstraintOf<'min'>, 'value'>): ValueCheck {
  return finiteNumber((found) => (found >= limit ? undefined : `${found} is less than ${limit}`));
}
