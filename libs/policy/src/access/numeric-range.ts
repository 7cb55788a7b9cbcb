import { isInItem, pathRelation } from './path-relation.js';

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
  'provenance',
  'sql',
]);

/** Kinds of which is known what they ask of the values above and below them. */
const known: ReadonlySet<unknown> = new Set([...notForNumbers, 'min', 'max', 'equal', 'one-of', 'equal-claim']);

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
    const reckoned = path === undefined ? [] : reckon(constraint as Read, path);
    if (reckoned.length === 0) others.push(constraint);
    for (const one of reckoned) {
      min = Math.max(min, one.min ?? -Infinity);
      max = Math.min(max, one.max ?? Infinity);
      only = only && one.only ? only.filter((value) => one.only?.includes(value)) : (one.only ?? only);
    }
  }
  const left = only?.filter((one) => one >= min && one <= max);
  return { min, max, only: left, isContradictory: left ? left.length === 0 : !(min <= max), others };
}

type Read = Readonly<Record<string, unknown>>;

const noNumber: readonly Reckoned[] = [{ only: [] }];

/** What it says of the number at `asked`; nothing: no word about its size. */
function reckon(constraint: Read, asked: string): readonly Reckoned[] {
  const { kind, path } = constraint;
  if (typeof path !== 'string' || !known.has(kind)) return [];
  const relation = pathRelation(path, asked);
  if (relation === 'same') return sizeOf(constraint);
  if (relation === 'below') return kind === 'forbidden' ? [] : noNumber;
  if (relation === 'none') return [];
  return kind === 'items' && isInItem(path, asked) ? inItem(constraint, path, asked) : noNumber;
}

function sizeOf({ kind, value, values }: Read): readonly Reckoned[] {
  if (kind === 'max' && typeof value === 'number') return [{ max: value }];
  if (kind === 'min' && typeof value === 'number') return [{ min: value }];
  if (kind === 'equal') return [{ only: numbersIn([value]) }];
  if (kind === 'one-of' && Array.isArray(values)) return [{ only: numbersIn(values) }];
  return notForNumbers.has(kind) ? noNumber : [];
}

/** An item is asked about: what each has to keep, and none where the list has to be empty. */
function inItem({ max, each }: Read, list: string, asked: string): readonly Reckoned[] {
  if (max === 0) return noNumber;
  const limits = Array.isArray(each) ? (each as readonly Read[]) : [];
  return limits.flatMap((limit) => {
    const inner = limit['path'] === '.' ? `${list}.*` : `${list}.*.${String(limit['path'])}`;
    return reckon({ ...limit, path: inner }, asked);
  });
}

const numbersIn = (values: readonly unknown[]): readonly number[] =>
  values.filter((value) => typeof value === 'number');

/** The largest number left that is more than `over`; `Infinity` without a limit, `undefined` when there is none. */
export function largestOver({ max, only, isContradictory }: NumericRange, over: number): number | undefined {
  const largest = isContradictory ? -Infinity : only ? Math.max(...only) : max;
  return largest > over ? largest : undefined;
}
