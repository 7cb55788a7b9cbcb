import { resultBounds } from './bounds.js';
import { isObject, type Plain, type PlainObject } from './plain.js';
import { utf8Bytes } from './utf8-bytes.js';

/** A copy of exactly what would go over the wire, or why there is none. */
export type Snapshot = { readonly plain: PlainObject; readonly bytes: number } | { readonly trouble: string };

/**
 * Takes the answer as it would be written, once, so that no getter, `toJSON` or prototype can show one thing to the filter and
 * another to the wire. Refuses what is no object, too large, too deep, or has a member that sets a prototype.
 */
export function snapshotOf(answer: unknown): Snapshot {
  const text: unknown = JSON.stringify(answer);
  if (typeof text !== 'string') return { trouble: 'it is no JSON' };
  const bytes = utf8Bytes(text);
  if (bytes > resultBounds.bytes) return { trouble: `it is larger than ${resultBounds.bytes} bytes` };
  const plain = JSON.parse(text) as Plain;
  if (!isObject(plain)) return { trouble: 'it is no object' };
  const trouble = troubleIn(plain, resultBounds.depth);
  return trouble === undefined ? { plain, bytes } : { trouble };
}

/** What is wrong with data that was parsed, if anything: nested too deep, or with a member that sets a prototype. */
export function troubleIn(value: Plain, levels: number = resultBounds.depth): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return `it is nested more than ${resultBounds.depth} levels deep`;
  if (Object.hasOwn(value, '__proto__')) return 'it has a member __proto__, which two readers may read differently';
  for (const inner of Object.values(value)) {
    const trouble = troubleIn(inner, levels - 1);
    if (trouble !== undefined) return trouble;
  }
  return undefined;
}
