import { definitionFields } from '@portcullis/contracts';

export type Said = Readonly<Record<string, unknown>>;
export type Field = (typeof definitionFields)[number];

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

export interface FieldDiff {
  readonly field: Field;
  readonly isSame: boolean;
  readonly lines: readonly DiffLine[];
}

const mostCells = 4_000_000;

/** A definition field by field as lines: texts as they are written, schemas and annotations as JSON. */
export function linesOf(said: Said, field: Field): readonly string[] {
  const value = said[field];
  if (value === undefined || value === null) return [];
  return (typeof value === 'string' ? value : JSON.stringify(value, null, 2)).split('\n');
}

/** What is another in `after`, field by field; a field that is the same is there, with its lines. */
export function definitionDiff(before: Said, after: Said): readonly FieldDiff[] {
  return definitionFields
    .map((field) => ({ field, lines: lineDiff(linesOf(before, field), linesOf(after, field)) }))
    .filter(({ lines }) => lines.length > 0)
    .map(({ field, lines }) => ({ field, lines, isSame: lines.every(({ kind }) => kind === 'same') }));
}

/** The fewest lines removed and added that make one text of the other. */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const head = commonLength(before, after);
  const tail = commonLength(before.slice(head).toReversed(), after.slice(head).toReversed());
  const [old, next] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const same = (lines: readonly string[]): DiffLine[] => lines.map((text) => ({ kind: 'same', text }));
  return [...same(before.slice(0, head)), ...changed(old, next), ...same(before.slice(before.length - tail))];
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((line, index) => line !== other[index]);
  return at < 0 ? Math.min(one.length, other.length) : at;
}

function changed(old: readonly string[], next: readonly string[]): readonly DiffLine[] {
  if (old.length * next.length > mostCells) return [...marked('removed', old), ...marked('added', next)];
  const common = commonTable(old, next);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < next.length) {
    const [from, to] = [old[i], next[j]];
    if (from !== undefined && from === to) {
      lines.push({ kind: 'same', text: from });
      i += 1;
      j += 1;
    } else if (from !== undefined && (to === undefined || at(common, i + 1, j) >= at(common, i, j + 1))) {
      lines.push({ kind: 'removed', text: from });
      i += 1;
    } else {
      lines.push({ kind: 'added', text: to ?? '' });
      j += 1;
    }
  }
  return lines;
}

const at = (table: readonly (readonly number[])[], i: number, j: number): number => table[i]?.[j] ?? 0;

const marked = (kind: 'added' | 'removed', texts: readonly string[]): DiffLine[] =>
  texts.map((text) => ({ kind, text }));

/** How many lines are common to the rest of both from each pair of places on. */
function commonTable(old: readonly string[], next: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(next.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const row = table[i] ?? [];
    for (let j = next.length - 1; j >= 0; j -= 1)
      row[j] = old[i] === next[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1));
  }
  return table;
}
