import { countKeyword, isReplaced } from './schema-dialect.js';

type Schema = Readonly<Record<string, unknown>>;

/** Keywords under which a schema speaks about another place in the value: one schema, a list of them, or one for each name. */
const below = new Set(['items', 'additionalItems', 'contains', 'additionalProperties', 'unevaluatedItems']);
const belowEach = new Set(['prefixItems']);
const belowNamed = new Set(['properties', 'patternProperties']);
/** Keywords under which it speaks about the same place. */
const here = new Set(['then', 'else']);
const hereEach = new Set(['allOf', 'anyOf', 'oneOf']);
const hereNamed = new Set(['dependentSchemas', 'dependencies']);
const definitions = new Set(['$defs', 'definitions']);

/** Say nothing about a value: a schema of nothing else takes anything, and says so. */
const silent = new Set([
  '$schema',
  '$id',
  'title',
  'description',
  'default',
  'examples',
  'example',
  'deprecated',
  '$comment',
]);
const saysOfOthers = ['additionalProperties', 'unevaluatedProperties'] as const;

/** A schema that is larger or deeper than what can be checked in the time of a call. */
export class SchemaTooLarge extends Error {}

/** Where a subschema stands: at a place of its own, at one that another schema speaks about as well, or where it only tests. */
type Place = 'own' | 'shared' | 'test';

const mostSchemas = 2000;
const deepest = 64;

/**
 * The same schema, closed: a property that no part of it speaks about is refused at every place, unless it says itself what
 * becomes of others (`additionalProperties`, `unevaluatedProperties`) or nothing at all about the value. Throws `SchemaTooLarge`.
 */
export function closedSchema(schema: unknown): unknown {
  let left = mostSchemas;
  const close = (at: unknown, place: Place, depth: number): unknown => {
    left -= 1;
    if (left < 0) throw new SchemaTooLarge(`it has more than ${mostSchemas} parts`);
    if (depth > deepest) throw new SchemaTooLarge(`it is nested deeper than ${deepest} levels`);
    if (at === true && place === 'shared') return { additionalProperties: true };
    if (!isSchema(at)) return at;
    const inside = Object.entries(at)
      .filter(([keyword, value]) => !(keyword === 'pattern' && isReplaced(String(value), at['format'])))
      .map(([keyword, value]) => [keyword, within(keyword, value, place, depth)] as const);
    return { ...Object.fromEntries(inside), ...added(at, place), [countKeyword]: true };
  };
  const within = (keyword: string, value: unknown, place: Place, depth: number): unknown => {
    const next = (is: Place) => (one: unknown) => close(one, place === 'test' ? 'test' : is, depth + 1);
    if (below.has(keyword) || belowEach.has(keyword)) return each(value, next('own'));
    if (belowNamed.has(keyword)) return named(value, next('own'));
    if (keyword === 'if' || keyword === 'not') return close(value, 'test', depth + 1);
    if (here.has(keyword) || hereEach.has(keyword)) return each(value, next('shared'));
    if (hereNamed.has(keyword) || definitions.has(keyword)) return named(value, next('shared'));
    if (keyword === 'unevaluatedProperties') return each(value, next('own'));
    return value;
  };
  return close(schema, 'own', 0);
}

/** What closes this schema; for one that says nothing, what keeps it open where it shares its place with others. */
function added(schema: Schema, place: Place): Schema {
  if (place === 'test' || saysOfOthers.some((keyword) => Object.hasOwn(schema, keyword))) return {};
  if (Object.keys(schema).every((keyword) => silent.has(keyword))) return { additionalProperties: true };
  return place === 'own' ? { unevaluatedProperties: false } : {};
}

function each(value: unknown, close: (one: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(close) : close(value);
}

function named(value: unknown, close: (one: unknown) => unknown): unknown {
  if (!isSchema(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, close(one)]));
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
