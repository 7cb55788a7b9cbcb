import type { ConstraintOf, ItemConstraint } from '@portcullis/contracts';
import type { ConstraintCheck, ValueCheck } from './constraint-check.js';
import { counted } from './counted.js';
import { valuesAt } from './values-at.js';

/**
 * A list of `min` to `max` items. What each item must keep is asked with the path to every item, by `compileEach`; the size is
 * asked first.
 */
export function compileItems(
  { path, min = 0, max = Infinity, each = [] }: ConstraintOf<'items'>,
  compileEach: (constraint: ItemConstraint) => ConstraintCheck,
): ConstraintCheck {
  const size: ValueCheck = (value) => {
    if (!Array.isArray(value)) return 'is not a list';
    if (value.length < min) return `has ${counted(value.length, 'item')}, fewer than ${min}`;
    return value.length > max ? `has ${counted(value.length, 'item')}, more than ${max}` : undefined;
  };
  const checks = [
    valuesAt(path, { check: size }),
    ...each.map((one) => compileEach({ ...one, path: one.path === '.' ? `${path}.*` : `${path}.*.${one.path}` })),
  ];
  return (call, records) => {
    for (const check of checks) {
      const wrong = check(call, records);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}
