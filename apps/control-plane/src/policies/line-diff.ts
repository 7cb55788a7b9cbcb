export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  /** Line numbers from 1 in the older and in the newer text. */
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
}

/** The lines of two texts beside each other: as many the same as there can be. Quadratic in the lines that differ. */
export function lineDiff(older: string, newer: string): readonly DiffLine[] {
  const [a, b] = [older.split('\n'), newer.split('\n')];
  const common = longestCommon(a, b);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) lines.push({ kind: 'same', before: ++i, after: ++j, text: left });
    else if (right === undefined || (left !== undefined && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0)))
      lines.push({ kind: 'removed', before: ++i, after: null, text: left ?? '' });
    else lines.push({ kind: 'added', before: null, after: ++j, text: right });
  }
  return lines;
}

/** By where one is in either text: how many lines can still be the same. */
function longestCommon(a: readonly string[], b: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = table[i] ?? [];
      row[j] = a[i] === b[j] ? (table[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  return table;
}
