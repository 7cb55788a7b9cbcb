/** A value as JSON has it. */
export type Plain = null | boolean | number | string | readonly Plain[] | PlainObject;
/** An object as JSON has it: what it holds itself, and nothing it inherits. */
export interface PlainObject {
  readonly [name: string]: Plain;
}

export function isList(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}

export function isObject(value: Plain | undefined): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a member that the object holds itself. */
export function memberOf(object: PlainObject, name: string): Plain | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
