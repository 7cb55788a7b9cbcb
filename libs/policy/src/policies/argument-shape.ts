import type { PolicyValueType } from '@portcullis/contracts';
import { isReservedName } from './cedar-arguments.js';
import { isRecord } from './cedar-value.js';

/** What a tool's input schema makes of one parameter for policies. `opaque` cannot be read by any, and says why. */
export type ArgumentShape =
  | { readonly kind: 'leaf'; readonly type: Exclude<PolicyValueType, 'record'>; readonly required: boolean }
  | { readonly kind: 'record'; readonly fields: ArgumentFields; readonly required: boolean }
  | { readonly kind: 'opaque'; readonly why: string; readonly required: boolean };

/** The parameters of a tool, or the fields of one, by name. */
export type ArgumentFields = ReadonlyMap<string, ArgumentShape>;

type Schema = Readonly<Record<string, unknown>>;
type Unplaced =
  | Omit<Extract<ArgumentShape, { kind: 'leaf' }>, 'required'>
  | Omit<Extract<ArgumentShape, { kind: 'record' }>, 'required'>
  | Omit<Extract<ArgumentShape, { kind: 'opaque' }>, 'required'>;

const deepest = 8;
const leaves = { string: 'string', integer: 'long', number: 'decimal', boolean: 'boolean' } as const;
const lists = { string: 'strings', long: 'longs', decimal: 'decimals', boolean: 'booleans' } as const;
const opaque = (why: string) => ({ kind: 'opaque', why }) as const;

/** The parameters a JSON schema announces. Bounded in depth; what it does not understand is opaque. Never throws. */
export function argumentFields(inputSchema: unknown): ArgumentFields {
  const shape = shapeOf(inputSchema, isRecord(inputSchema) ? inputSchema : {}, 0);
  return shape.kind === 'record' ? shape.fields : new Map();
}

function shapeOf(given: unknown, root: Schema, depth: number): Unplaced {
  if (depth > deepest) return opaque(`is nested more than ${deepest} deep`);
  const schema = isRecord(given) ? given : {};
  if (typeof schema['$ref'] === 'string') return shapeOf(referred(schema['$ref'], root), root, depth + 1);
  const only = withoutNull(schema['anyOf'] ?? schema['oneOf']);
  if (only) return shapeOf(only, root, depth + 1);
  if (['anyOf', 'oneOf', 'allOf', 'not', 'if'].some((word) => word in schema)) return opaque('may be of several forms');
  const type = typeOf(schema);
  if (type === 'object') return recordOf(schema, root, depth);
  if (type === 'array') return listOf(schema, root, depth);
  return type !== undefined && Object.hasOwn(leaves, type)
    ? { kind: 'leaf', type: leaves[type as keyof typeof leaves] }
    : opaque('is of no single type');
}

/** `null` beside one other type counts as absence (protocol G1), so it takes nothing from that type. */
function typeOf(schema: Schema): string | undefined {
  const { type } = schema;
  const named = (Array.isArray(type) ? (type as readonly unknown[]) : [type]).filter((one) => one !== 'null');
  if (named.length === 1 && typeof named[0] === 'string') return named[0];
  if (type !== undefined) return undefined;
  const values = 'const' in schema ? [schema['const']] : Array.isArray(schema['enum']) ? schema['enum'] : [];
  const types = new Set(values.filter((value) => value !== null).map(jsonType));
  if (types.size === 1) return [...types][0];
  return isRecord(schema['properties']) ? 'object' : undefined;
}

function jsonType(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return Array.isArray(value) ? 'array' : typeof value;
}

function withoutNull(forms: unknown): unknown {
  if (!Array.isArray(forms)) return undefined;
  const others = (forms as readonly unknown[]).filter((form) => !isRecord(form) || form['type'] !== 'null');
  return others.length === 1 ? others[0] : undefined;
}

function recordOf(schema: Schema, root: Schema, depth: number): Unplaced {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as readonly unknown[]) : []);
  const fields = new Map<string, ArgumentShape>();
  for (const [name, property] of Object.entries(properties)) {
    const shape = isReservedName(name)
      ? opaque('has a name that policies cannot write')
      : shapeOf(property, root, depth + 1);
    fields.set(name, { ...shape, required: required.has(name) && !mayBeNull(property) });
  }
  return { kind: 'record', fields };
}

function mayBeNull(property: unknown): boolean {
  if (!isRecord(property)) return true;
  const forms = property['anyOf'] ?? property['oneOf'];
  const nullable = (one: unknown): boolean => isRecord(one) && one['type'] === 'null';
  return (
    (Array.isArray(property['type']) && property['type'].includes('null')) ||
    (Array.isArray(forms) && forms.some(nullable)) ||
    (Array.isArray(property['enum']) && property['enum'].includes(null))
  );
}

function listOf(schema: Schema, root: Schema, depth: number): Unplaced {
  const item = shapeOf(schema['items'], root, depth + 1);
  if (item.kind === 'leaf' && Object.hasOwn(lists, item.type))
    return { kind: 'leaf', type: lists[item.type as keyof typeof lists] };
  return opaque('is a list of something else than texts, numbers or truth values');
}

/** `#/$defs/Name` and `#/definitions/Name`; anything else leads nowhere. */
function referred(reference: string, root: Schema): unknown {
  const [, place, name] = /^#\/(\$defs|definitions)\/([^/]+)$/u.exec(reference) ?? [];
  const definitions = place === undefined ? undefined : root[place];
  return isRecord(definitions) && name !== undefined && Object.hasOwn(definitions, name)
    ? definitions[name]
    : { not: {} };
}

/** The parameter at a path; `undefined`: there is none. */
export function shapeAt(fields: ArgumentFields, path: readonly string[]): ArgumentShape | undefined {
  const [first = '', ...rest] = path;
  const found = fields.get(first);
  if (!found || rest.length === 0 || found.kind === 'opaque') return found;
  return found.kind === 'record' ? shapeAt(found.fields, rest) : undefined;
}
