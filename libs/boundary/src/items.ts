import type { ItemConstraint, ObligationOf } from '@portcullis/contracts';
import { resultBounds } from './bounds.js';
import { foldedName } from './fields/folded-name.js';
import { isList, isObject, type Plain, type PlainObject } from './plain.js';

/** Whether an item keeps every limit. Must not throw; the caller has compiled the limits. */
export type ItemCheck = (limits: readonly ItemConstraint[], item: unknown) => boolean;

/** The data with what is left of the list, or why it cannot be filtered. */
export type ItemsLeft = { readonly data: PlainObject } | { readonly trouble: string };

/**
 * Of the list at the path only the items that keep every limit. Where no list stands at the path, nothing tells the items that
 * must not leave, so the data cannot be filtered. A neighbour on the way whose name only reads like the step's goes as well.
 */
export function onlyItems(
  data: PlainObject,
  { path, where }: ObligationOf<'items'>,
  keeps: ItemCheck,
  bytes: number,
): ItemsLeft {
  if (bytes > resultBounds.matched && where.some(({ kind }) => kind === 'pattern' || kind === 'glob'))
    return {
      trouble: `more than ${resultBounds.matched} bytes are too much to compare item by item with an expression`,
    };
  const left = filteredAt(data, path.split('.'), (list) => list.filter((item) => keeps(where, item)));
  return typeof left === 'string' ? { trouble: `${path} ${left}` } : { data: left };
}

type Filter = (list: readonly Plain[]) => readonly Plain[];

function filteredAt(
  object: PlainObject,
  [step = '', ...rest]: readonly string[],
  filter: Filter,
): PlainObject | string {
  if (!Object.hasOwn(object, step)) return 'is no list';
  const inner = filteredBelow(object[step] ?? null, rest, filter);
  if (typeof inner === 'string') return inner;
  const folded = foldedName(step);
  const own = Object.entries(object).filter(([name]) => name === step || foldedName(name) !== folded);
  return Object.fromEntries(own.map(([name, value]) => [name, name === step ? inner : value]));
}

function filteredBelow(value: Plain, rest: readonly string[], filter: Filter): Plain | string {
  if (rest.length > 0) return isObject(value) ? filteredAt(value, rest, filter) : 'is no list';
  if (!isList(value)) return 'is no list';
  if (value.length > resultBounds.items) return `has more than ${resultBounds.items} items`;
  return filter(value);
}
