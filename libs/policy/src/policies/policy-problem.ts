/** What is wrong with a policy's text. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface PolicyProblem {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  /** What was probably meant: a name, or how to write it. */
  readonly suggestion: string | null;
}

/** A stretch of the text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const beginning: Span = { start: 0, end: 0 };

/** The problem at a stretch of the text; without one, at its beginning. */
export function problemAt(
  text: string,
  span: Span | undefined,
  message: string,
  suggestion: string | null = null,
): PolicyProblem {
  const { start, end } = span ?? beginning;
  const [from, to] = [placeOf(text, start), placeOf(text, end)];
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column, message, suggestion };
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}

/** Cedar counts bytes of UTF-8; everybody here counts UTF-16 units. */
export function spanOfBytes(text: string, start: number, end: number): Span {
  return { start: unitsIn(text, start), end: unitsIn(text, end) };
}

function unitsIn(text: string, offset: number): number {
  let [bytes, units] = [0, 0];
  for (const character of text) {
    if (bytes >= offset) break;
    bytes += utf8Length(character.codePointAt(0) ?? 0);
    units += character.length;
  }
  return units;
}

function utf8Length(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
