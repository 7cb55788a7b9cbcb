import { isList, isObject, type Plain } from './plain.js';

/** One text for all ways of writing the same data: members in order of name, no white space. */
export function canonical(value: Plain): string {
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`);
  return `{${members.join(',')}}`;
}
