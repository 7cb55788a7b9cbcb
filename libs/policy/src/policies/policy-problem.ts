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

/** The problem at a stretch of the text; without one, at its beginning. */
export function problemAt(
  text: string,
  span: Span | undefined,
  message: string,
  suggestion: string | null = null,
): PolicyProblem {
  const from = placeOf(text, span?.start ?? 0);
  const to = placeOf(text, Math.max(span?.end ?? 0, span?.start ?? 0));
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column, message, suggestion };
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const breaks = before.split('\n');
  return { line: breaks.length, column: (breaks.at(-1) ?? '').length + 1 };
}

/** Cedar counts bytes of UTF-8; everybody here counts UTF-16 units. */
export function spanOfBytes(text: string, start: number, end: number): Span {
  let [bytes, units] = [0, 0];
  let from = start === 0 ? 0 : undefined;
  for (const character of text) {
    if (bytes >= end) break;
    bytes += utf8Length(character.codePointAt(0) ?? 0);
    units += character.length;
    if (from === undefined && bytes >= start) from = units;
  }
  return { start: from ?? units, end: Math.max(units, from ?? units) };
}

function utf8Length(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
