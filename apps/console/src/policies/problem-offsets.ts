/** What the server says is wrong with a text; lines and columns from 1. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly suggestion: string | null;
}

/** Where a problem stands in the text as it is now, which may have become shorter since it was found. */
export function offsetsOf(text: string, { line, column, endLine, endColumn }: Problem): { from: number; to: number } {
  const lines = text.split('\n');
  const at = (row: number, place: number): number => {
    const before = lines.slice(0, row - 1).reduce((sum, one) => sum + one.length + 1, 0);
    return Math.min(text.length, before + Math.min(place - 1, lines[row - 1]?.length ?? 0));
  };
  const from = at(line, column);
  return { from, to: Math.max(from, at(endLine, endColumn)) };
}
