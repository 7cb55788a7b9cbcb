/**
 * The one JSON text of a value (as RFC 8785): no white space, the properties of every object in the order of their UTF-16 code
 * units. What JSON has no word for is treated as `JSON.stringify` treats it. Two values with the same text are the same JSON.
 *
 * Throws `TypeError` for what is no JSON at all (`undefined`, a function, a cycle) and `RangeError` when it is nested deeper than
 * 128 levels.
 */
export function canonicalJson(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError('this value is no JSON');
  return written(JSON.parse(text), 0);
}

const deepest = 128;

function written(value: unknown, depth: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (depth === deepest) throw new RangeError(`nested deeper than ${deepest} levels`);
  if (Array.isArray(value)) return `[${value.map((item) => written(item, depth + 1)).join(',')}]`;
  const object = value as Readonly<Record<string, unknown>>;
  const entries = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${written(object[key], depth + 1)}`);
  return `{${entries.join(',')}}`;
}
