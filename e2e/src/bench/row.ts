/** One line of a bench: ours against a floor or a peer that ran in the same process run. */
export interface Row {
  readonly id: string;
  readonly name: string;
  readonly n: number;
  readonly ours: number;
  readonly floor: number | null;
  readonly unit: string;
  /** `ours / floor`, taken inside each run and then medianed. */
  readonly ratio: number | null;
  readonly target: number | null;
  readonly ok: boolean | null;
}

export interface BenchResult {
  readonly runs: number;
  readonly rows: readonly Row[];
}

export type Progress = (line: string) => void;

export interface BenchOptions {
  readonly progress: Progress;
  readonly runs: number;
  readonly size: number;
}

export type Bench = (options: BenchOptions) => Promise<BenchResult>;

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return Number.NaN;
  if (!Number.isInteger(middle)) return sorted[Math.floor(middle)] ?? Number.NaN;
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** A row whose ratio is judged against a target (at most `target`, or `atLeast`); without one it is for comparison only. */
export function row(
  id: string,
  name: string,
  n: number,
  unit: string,
  values: { ours: readonly number[]; floor?: readonly number[]; target?: number; atLeast?: number },
): Row {
  const ours = median(values.ours);
  const floor = values.floor ? median(values.floor) : null;
  const ratio = values.floor
    ? median(values.ours.map((value, index) => value / (values.floor?.[index] ?? Number.NaN)))
    : null;
  const judged = ratio ?? ours;
  return {
    id,
    name,
    n,
    ours: rounded(ours),
    floor: floor === null ? null : rounded(floor),
    unit,
    ratio: ratio === null ? null : rounded(ratio),
    target: values.target ?? values.atLeast ?? null,
    ok: isMet(judged, values),
  };
}

function isMet(judged: number, { target, atLeast }: { target?: number; atLeast?: number }): boolean | null {
  if (target !== undefined) return judged <= target;
  return atLeast === undefined ? null : judged >= atLeast;
}
