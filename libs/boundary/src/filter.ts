import type { Obligation, ObligationOf } from '@portcullis/contracts';
import { drop } from './fields/drop.js';
import { foldedName } from './fields/folded-name.js';
import { keep } from './fields/keep.js';
import { pathTree, type PathTree } from './fields/path-tree.js';
import { onlyItems, type ItemCheck, type ItemsLeft } from './items.js';
import { withoutNestedData } from './nested-data.js';
import { isObject, type Plain, type PlainObject } from './plain.js';

/** The member under which a list stands that is an answer by itself, as servers of the MCP SDKs wrap it. */
export const wrapper = 'result';

/** What a filter is asked with. `bytes`: the size of the whole answer. */
export interface Asked {
  readonly bytes: number;
  readonly keeps: ItemCheck;
}

/** What of a result's data may leave: its items first, because the limits may ask fields that do not leave; then its fields. */
export interface DataFilter {
  /** `isText`: the data was found in a text, where nothing says that it has the structure the paths mean. */
  readonly apply: (data: PlainObject, asked: Asked & { readonly isText: boolean }) => ItemsLeft;
  /** Whether one item of a list can be filtered as the list would be: no path counts items. */
  readonly isSameForEveryItem: boolean;
}

interface FieldFilter {
  readonly paths: readonly string[];
  readonly isDrop: boolean;
  readonly tree: PathTree;
}

/** The `fields` and `items` of a grant as one filter; `undefined` when it has none. */
export function dataFilter(obligations: readonly Obligation[]): DataFilter | undefined {
  const items = obligations.filter((one) => one.kind === 'items');
  const fields = obligations.filter((one) => one.kind === 'fields').map(fieldFilter);
  if (items.length === 0 && fields.length === 0) return undefined;
  const dropped = fields.flatMap(({ isDrop, paths }) => (isDrop ? paths : []));
  return {
    isSameForEveryItem: !fields.some(({ paths }) => paths.some((path) => /\.\d+(\.|$)/.test(path))),
    apply: (data, { isText, ...asked }) =>
      isText && !hasAll(data, dropped)
        ? { trouble: 'it has not the structure in which the fields to drop are named' }
        : filtered(data, items, fields, asked),
  };
}

/** Whether each of the paths begins in the data. */
function hasAll(data: PlainObject, paths: readonly string[]): boolean {
  const names = new Set(Object.keys(data).map(foldedName));
  return paths.every((path) => names.has(foldedName(path.split('.')[0] ?? '')));
}

function filtered(
  data: PlainObject,
  items: readonly ObligationOf<'items'>[],
  fields: readonly FieldFilter[],
  asked: Asked,
): ItemsLeft {
  let withItems = data;
  for (const one of items) {
    const next = onlyItems(withItems, one, asked.keeps, asked.bytes);
    if ('trouble' in next) return next;
    withItems = next.data;
  }
  let left: Plain | undefined = withItems;
  for (const { isDrop, tree } of fields) left = left === undefined ? left : (isDrop ? drop : keep)(left, tree);
  const plain = left === undefined ? left : withoutNestedData(left);
  return isObject(plain) ? { data: plain } : { trouble: 'it has another shape than the fields name' };
}

function fieldFilter({ keep: kept = [], drop: dropped }: ObligationOf<'fields'>): FieldFilter {
  const paths = dropped ?? kept;
  const isDrop = dropped !== undefined;
  return { paths, isDrop, tree: isDrop ? pathTree(paths, foldedName) : pathTree(paths) };
}
