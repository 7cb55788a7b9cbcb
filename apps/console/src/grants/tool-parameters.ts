import type { ParameterType } from './part-form.js';

export interface Parameter {
  readonly path: string;
  readonly type: ParameterType | undefined;
}

const deepest = 3;
const mostOffered = 100;
const types: Readonly<Record<string, ParameterType>> = {
  number: 'number',
  integer: 'number',
  string: 'string',
  boolean: 'boolean',
  array: 'array',
  object: 'object',
};

/** The parameters that input schemas name, to be offered by path. What a server says of its tools is a hint here and nothing more. */
export function parametersOf(schemas: readonly unknown[]): readonly Parameter[] {
  const found = new Map<string, Parameter>();
  for (const schema of schemas) for (const one of within(schema, '', deepest)) found.set(one.path, one);
  return [...found.values()].slice(0, mostOffered);
}

function within(schema: unknown, at: string, deep: number): readonly Parameter[] {
  const properties = field(schema, 'properties');
  if (deep === 0 || typeof properties !== 'object' || properties === null) return [];
  return Object.entries(properties).flatMap(([name, value]: [string, unknown]) => {
    const path = at === '' ? name : `${at}.${name}`;
    const type = typeIn(value);
    const inside =
      type === 'array' ? within(field(value, 'items'), `${path}.*`, deep - 1) : within(value, path, deep - 1);
    return [{ path, type }, ...inside];
  });
}

function typeIn(schema: unknown): ParameterType | undefined {
  const type = field(schema, 'type');
  const named: readonly unknown[] = Array.isArray(type) ? type : [type];
  const known = named.flatMap((one) =>
    typeof one === 'string' && Object.hasOwn(types, one) ? (types[one] ?? []) : [],
  );
  return known.length === 1 ? known[0] : undefined;
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
