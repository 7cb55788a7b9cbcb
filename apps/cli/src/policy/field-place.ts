import type { Difference } from './differences.js';

/** What the API calls a field, and what the files call it. */
const inFiles: Readonly<Record<string, string>> = {
  toolId: 'tool',
  toolClass: 'class',
  notBefore: 'from',
  notAfter: 'until',
};

/** The field of a refused edit as its file has it, and the line it stands at. */
export function fieldPlace(
  { lineOf, line }: Difference,
  path: readonly string[],
): { readonly field: string; readonly line: number | undefined } {
  const [first = '', ...rest] = path;
  const named = path.length === 0 ? [] : [inFiles[first] ?? first, ...rest];
  return { field: named.join('.'), line: lineOf?.(named) ?? line };
}
