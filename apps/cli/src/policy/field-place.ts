import type { Difference } from './differences.js';
import type { FilePlace } from './wanted.js';

/** What the API calls a field, and what the files call it. */
const inFiles: Readonly<Record<string, string>> = {
  toolId: 'tool',
  toolClass: 'class',
  notBefore: 'from',
  notAfter: 'until',
};

/** The field of a refused edit as its file has it, and where it stands. */
export function fieldPlace(
  { placeOf, file, line }: Difference,
  path: readonly string[],
): FilePlace & { readonly field: string } {
  const [first = '', ...rest] = path;
  const named = path.length === 0 ? [] : [inFiles[first] ?? first, ...rest];
  const place = placeOf?.(named);
  return { field: named.join('.'), file: place?.file ?? file, line: place?.line ?? line };
}
