/** Paths as a tree of steps. A node that is `isEnd` stands for all below it. */
export interface PathTree {
  isEnd: boolean;
  readonly steps: Map<string, PathTree>;
}

/** The step that is every item of a list. */
export const everyItem = '*';

/** Joins paths that begin alike. `nameOf` gives the form in which a step is looked up. */
export function pathTree(paths: readonly string[], nameOf: (step: string) => string = (step) => step): PathTree {
  const root: PathTree = { isEnd: false, steps: new Map() };
  for (const path of paths) {
    let at = root;
    for (const step of path.split('.').map(nameOf)) {
      const next = at.steps.get(step) ?? { isEnd: false, steps: new Map<string, PathTree>() };
      at.steps.set(step, next);
      at = next;
    }
    at.isEnd = true;
  }
  return root;
}

/** Both trees in one. */
export function joinedTree(one: PathTree, other: PathTree): PathTree {
  const steps = new Map(one.steps);
  for (const [step, tree] of other.steps) {
    const own = steps.get(step);
    steps.set(step, own ? joinedTree(own, tree) : tree);
  }
  return { isEnd: one.isEnd || other.isEnd, steps };
}

/** What is said of one item of a list: by its index, and for every item. */
export function treeOfItem({ steps }: PathTree, index: number): PathTree | undefined {
  const own = steps.get(String(index));
  const every = steps.get(everyItem);
  return own && every ? joinedTree(own, every) : (own ?? every);
}
