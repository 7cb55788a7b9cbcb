import { isList, isObject, type Plain } from '../plain.js';
import { everyItem, treeOfItem, type PathTree } from './path-tree.js';

const index = /^\d+$/;

/**
 * What the paths name, in the structure in which it stood, and nothing else; `undefined` when the value has another shape than
 * they name. Names are exact.
 */
export function keep(value: Plain, tree: PathTree): Plain | undefined {
  if (tree.isEnd) return value;
  const steps = [...tree.steps.keys()];
  if (isList(value))
    return steps.some((step) => step === everyItem || index.test(step)) ? keepItems(value, tree) : undefined;
  if (!isObject(value) || steps.every((step) => step === everyItem)) return undefined;
  const kept: [string, Plain][] = [];
  for (const [name, inner] of Object.entries(value)) {
    const next = name === everyItem ? undefined : tree.steps.get(name);
    const left = next && keep(inner, next);
    if (left !== undefined) kept.push([name, left]);
  }
  return Object.fromEntries(kept);
}

function keepItems(list: readonly Plain[], tree: PathTree): readonly Plain[] {
  return list.flatMap((item, at) => {
    const next = treeOfItem(tree, at);
    const left = next && keep(item, next);
    return left === undefined ? [] : [left];
  });
}
