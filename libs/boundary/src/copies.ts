import { canonical } from './canonical.js';
import type { Asked, DataFilter } from './filter.js';
import { isList, isObject, type Plain, type PlainObject } from './plain.js';

/** What may leave of a copy of the data: `left`, or nothing of it. */
export interface Copy {
  readonly left: Plain | undefined;
}

/** Finds the copy that a value is, if it is one. */
export type CopyOf = (value: Plain) => Copy | undefined;

/** The data before and after it was filtered, and by what. */
export interface Filtered {
  readonly data: PlainObject;
  readonly left: PlainObject;
  readonly filter: DataFilter;
  readonly asked: Asked;
}

/**
 * Recognises what servers repeat as text beside the data, and says what is left of it: the whole data, the only member of the data, or
 * one item of the list that is this member. Anything else is other data, in which the same values may stand under other names.
 */
export function copiesOf(filtered: Filtered): CopyOf {
  let known: ReadonlyMap<string, Copy> | undefined;
  let items: ReadonlyMap<string, Copy> | undefined;
  return (value) => {
    const text = canonical(value);
    known ??= wholeCopies(filtered);
    const whole = known.get(text);
    if (whole || typeof value !== 'object') return whole;
    items ??= itemCopies(filtered);
    return items.get(text);
  };
}

function wholeCopies({ data, left }: Filtered): ReadonlyMap<string, Copy> {
  const known = new Map<string, Copy>();
  const only = onlyMember(data);
  if (only) known.set(canonical(only.value), { left: memberLeft(left, only.name) });
  known.set(canonical(data), { left });
  return known;
}

function itemCopies({ data, filter, asked }: Filtered): ReadonlyMap<string, Copy> {
  const only = onlyMember(data);
  if (!only || !isList(only.value) || !filter.isSameForEveryItem) return new Map();
  return new Map(
    only.value.map((item) => {
      const filtered = filter.apply({ [only.name]: [item] }, { ...asked, isText: false });
      const list = 'data' in filtered ? memberLeft(filtered.data, only.name) : undefined;
      return [canonical(item), { left: isList(list) ? list[0] : undefined }];
    }),
  );
}

function onlyMember(data: PlainObject): { readonly name: string; readonly value: Plain } | undefined {
  const [only, ...others] = Object.entries(data);
  return only && others.length === 0 ? { name: only[0], value: only[1] } : undefined;
}

function memberLeft(left: Plain, name: string): Plain | undefined {
  return isObject(left) && Object.hasOwn(left, name) ? left[name] : undefined;
}
