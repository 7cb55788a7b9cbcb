export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  /** Line numbers from 1 in the older and in the newer text. */
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
}

/** What differs is compared line by line up to this many pairs of lines; beyond, all of it is removed and added. */
const mostPairs = 1_000_000;

/** The lines of two texts beside each other: as many the same as there can be. */
export function lineDiff(older: string, newer: string): readonly DiffLine[] {
  return diffOfLines(older.split('\n'), newer.split('\n'));
}

/** The same for texts that are lines already; a text that is not there has none. */
export function diffOfLines(older: readonly string[], newer: readonly string[]): readonly DiffLine[] {
  const head = commonLength(older, newer);
  const tail = commonLength(older.slice(head).toReversed(), newer.slice(head).toReversed());
  const [a, b] = [older.slice(head, older.length - tail), newer.slice(head, newer.length - tail)];
  const marked = [
    ...older.slice(0, head).map((text) => ({ kind: 'same', text }) as const),
    ...changed(a, b),
    ...older.slice(older.length - tail).map((text) => ({ kind: 'same', text }) as const),
  ];
  let [i, j] = [0, 0];
  return marked.map(({ kind, text }) => ({
    kind,
    before: kind === 'added' ? null : ++i,
    after: kind === 'removed' ? null : ++j,
    text,
  }));
}

type Marked = Pick<DiffLine, 'kind' | 'text'>;

function commonLength(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((line, index) => line !== other[index]);
  return at < 0 ? one.length : at;
}

function changed(a: readonly string[], b: readonly string[]): readonly Marked[] {
  const removed = (text: string): Marked => ({ kind: 'removed', text });
  const added = (text: string): Marked => ({ kind: 'added', text });
  if (a.length * b.length > mostPairs) return [...a.map(removed), ...b.map(added)];
  const common = longestCommon(a, b);
  const lines: Marked[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      lines.push({ kind: 'same', text: left });
      i += 1;
      j += 1;
    } else if (right === undefined || (left !== undefined && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      lines.push(removed(left ?? ''));
      i += 1;
    } else {
      lines.push(added(right));
      j += 1;
    }
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
