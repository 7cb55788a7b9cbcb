import { numericRange } from '../access/numeric-range.js';

interface Read {
  readonly kind?: unknown;
  readonly path?: unknown;
  readonly value?: unknown;
  readonly values?: unknown;
}

/**
 * Whether some arguments may satisfy all constraints. `false` only where what they say of one parameter contradicts itself:
 * no number is left between its limits, or no value stands in all of its lists.
 */
export function isSatisfiable(constraints: readonly unknown[]): boolean {
  if (constraints.length < 2) return (constraints as readonly Read[]).every((one) => isKept(one.path, [one]));
  const byPath = new Map<unknown, Read[]>();
  for (const constraint of constraints as readonly Read[])
    byPath.set(constraint.path, [...(byPath.get(constraint.path) ?? []), constraint]);
  return [...byPath].every(([path, here]) => isKept(path, here));
}

const isKept = (path: unknown, here: readonly Read[]): boolean =>
  typeof path !== 'string' || (hasNumber(here, path) && hasValue(here));

function hasNumber(here: readonly Read[], path: string): boolean {
  const isNumeric = here.some(({ kind }) => kind === 'min' || kind === 'max');
  return !isNumeric || !numericRange(here, path).isContradictory;
}

function hasValue(here: readonly Read[]): boolean {
  const lists = here.flatMap(({ kind, value, values }): (readonly unknown[])[] => {
    if (kind === 'equal') return [[value]];
    return kind === 'one-of' && Array.isArray(values) ? [values] : [];
  });
  const [first] = lists;
  return first === undefined || first.some((one) => lists.every((list) => list.includes(one)));
}
