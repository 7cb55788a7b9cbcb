import { isList, isObject, type Plain } from '../plain.js';
import { foldedName } from './folded-name.js';
import { everyItem, treeOfItem, type PathTree } from './path-tree.js';

const index = /^\d+$/;

/**
 * All but what the paths name; `undefined` when nothing of the value may stay. Names are compared folded, for which the tree must
 * be built with `foldedName`. Where a path meets another shape than it names, a list in place of an object or a text in place of
 * either, what is to go cannot be told from the rest, and all that stands there goes. `null` holds nothing and stays.
 */
export function drop(value: Plain, tree: PathTree): Plain | undefined {
  if (tree.isEnd) return undefined;
  if (value === null || tree.steps.size === 0) return value;
  const steps = [...tree.steps.keys()];
  if (isList(value)) return steps.every(isOfList) ? dropItems(value, tree) : undefined;
  if (!isObject(value) || steps.includes(everyItem)) return undefined;
  const left: [string, Plain][] = [];
  for (const [name, inner] of Object.entries(value)) {
    const next = tree.steps.get(foldedName(name));
    const rest = next ? drop(inner, next) : inner;
    if (rest !== undefined) left.push([name, rest]);
  }
  return Object.fromEntries(left);
}

function isOfList(step: string): boolean {
  return step === everyItem || index.test(step);
}

function dropItems(list: readonly Plain[], tree: PathTree): readonly Plain[] {
  return list.flatMap((item, at) => {
    const next = treeOfItem(tree, at);
    const rest = next ? drop(item, next) : item;
    return rest === undefined ? [] : [rest];
  });
}
