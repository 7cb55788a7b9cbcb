/** The numbers that constraints leave for one parameter: from `min` to `max`, both included, and of these `only` some if given. */
export interface NumericRange {
  readonly min: number;
  readonly max: number;
  readonly only: readonly number[] | undefined;
  /** No number at all is left. */
  readonly isContradictory: boolean;
  /** What could not be reckoned with: constraints on other parameters, and kinds that say nothing about size. */
  readonly others: readonly unknown[];
}

/** Kinds that nothing but a text or a list can keep, so that no number is left. */
const notForNumbers: ReadonlySet<unknown> = new Set([
  'length',
  'prefix',
  'glob',
  'pattern',
  'hosts',
  'cidr',
  'items',
  'forbidden',
]);

interface Reckoned {
  readonly min?: number;
  readonly max?: number;
  readonly only?: readonly number[];
}

/** Reckons what constraints, as they were authored, leave for the parameter at `path`. Symbolic and exact: nothing is sampled. */
export function numericRange(constraints: readonly unknown[], path: string | undefined): NumericRange {
  let [min, max] = [-Infinity, Infinity];
  let only: readonly number[] | undefined;
  const others: unknown[] = [];
  for (const constraint of constraints) {
    const reckoned = reckon(constraint as Readonly<Record<string, unknown>>, path);
    if (!reckoned) {
      others.push(constraint);
      continue;
    }
    min = Math.max(min, reckoned.min ?? -Infinity);
    max = Math.min(max, reckoned.max ?? Infinity);
    only = only && reckoned.only ? only.filter((one) => reckoned.only?.includes(one)) : (reckoned.only ?? only);
  }
  const left = only?.filter((one) => one >= min && one <= max);
  return { min, max, only: left, isContradictory: left ? left.length === 0 : !(min <= max), others };
}

function reckon(constraint: Readonly<Record<string, unknown>>, path: string | undefined): Reckoned | undefined {
  const { kind, value, values } = constraint;
  if (path === undefined || constraint['path'] !== path) return undefined;
  if (kind === 'max' && typeof value === 'number') return { max: value };
  if (kind === 'min' && typeof value === 'number') return { min: value };
  if (kind === 'equal') return { only: numbersIn([value]) };
  if (kind === 'one-of' && Array.isArray(values)) return { only: numbersIn(values) };
  return notForNumbers.has(kind) ? { only: [] } : undefined;
}

const numbersIn = (values: readonly unknown[]): readonly number[] =>
  values.filter((value) => typeof value === 'number');

/** The largest number left that is more than `over`; `Infinity` without a limit, `undefined` when there is none. */
export function largestOver({ max, only, isContradictory }: NumericRange, over: number): number | undefined {
  const largest = isContradictory ? -Infinity : only ? Math.max(...only) : max;
  return largest > over ? largest : undefined;
}
