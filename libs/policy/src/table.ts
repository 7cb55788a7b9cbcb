import { eachOf, emptySmallMap, entryOf, hashOf, sizeOf, withEntry, withoutEntry, type SmallMap } from './small-map.js';

const bits = 4;
const width = 1 << bits;

/** Three lists of sixteen, one below the other, and then the entries. */
type Branch<V> = readonly SmallMap<V>[];
type Bough<V> = readonly Branch<V>[];
type Root<V> = readonly Bough<V>[];

const list = <T>(item: T): readonly T[] => new Array<T>(width).fill(item);
const emptyBranch: Branch<never> = list(emptySmallMap);
const emptyBough: Bough<never> = list(emptyBranch);
const emptyRoot: Root<never> = list(emptyBough);

const boughOf = (hash: number): number => (hash >>> (2 * bits)) & (width - 1);
const branchOf = (hash: number): number => (hash >>> bits) & (width - 1);
const shardOf = (hash: number): number => hash & (width - 1);

function shardIn<V>(root: Root<V>, hash: number): SmallMap<V> {
  return root[boughOf(hash)]?.[branchOf(hash)]?.[shardOf(hash)] ?? emptySmallMap;
}

function valueIn<V>(root: Root<V>, key: string): V | undefined {
  const hash = hashOf(key);
  return entryOf(shardIn(root, hash), hash, key);
}

/**
 * An immutable map that is cheap to change: its entries lie in 4,096 small maps below three lists of sixteen, and an edit copies
 * only what it touches: at 30,000 entries a map of about 7 and those three lists.
 */
export class Table<V> {
  readonly #root: Root<V>;
  readonly size: number;

  constructor(root: Root<V> = emptyRoot, size = 0) {
    this.#root = root;
    this.size = size;
  }

  get(key: string): V | undefined {
    return this.size === 0 ? undefined : valueIn(this.#root, key);
  }

  /** Tells every entry, in no order: for questions about the whole, never for deciding a call. */
  forEach(tell: (value: V, key: string) => void): void {
    for (const bough of this.#root)
      for (const branch of bough) for (const shard of branch) if (shard !== emptySmallMap) eachOf(shard, tell);
  }

  edit(): TableEdit<V> {
    return new TableEdit(this, this.#root);
  }
}

/** A series of changes to one table. Nothing is copied before the first change; `done` gives the table back if there was none. */
export class TableEdit<V> {
  readonly #before: Table<V>;
  readonly #first: Root<V>;
  #root: Root<V>;
  #size: number;

  constructor(before: Table<V>, root: Root<V>) {
    this.#before = before;
    this.#first = root;
    this.#root = root;
    this.#size = before.size;
  }

  get(key: string): V | undefined {
    return this.#size === 0 ? undefined : valueIn(this.#root, key);
  }

  set(key: string, value: V): void {
    const hash = hashOf(key);
    const shard = shardIn(this.#root, hash);
    this.#put(hash, withEntry(shard, hash, key, value), sizeOf(shard));
  }

  delete(key: string): void {
    const hash = hashOf(key);
    const shard = shardIn(this.#root, hash);
    const rest = withoutEntry(shard, hash, key);
    if (rest !== shard) this.#put(hash, rest, sizeOf(shard));
  }

  done(): Table<V> {
    return this.#root === this.#first ? this.#before : new Table(this.#root, this.#size);
  }

  #put(hash: number, shard: SmallMap<V>, sizeBefore: number): void {
    const [at, below] = [boughOf(hash), branchOf(hash)];
    const before = this.#first[at] ?? emptyBough;
    const root = own(this.#root, this.#first);
    const bough = own(root[at] ?? emptyBough, before);
    const branch = own(bough[below] ?? emptyBranch, before[below]);
    branch[shardOf(hash)] = shard;
    bough[below] = branch;
    root[at] = bough;
    this.#root = root;
    this.#size += sizeOf(shard) - sizeBefore;
  }
}

/** A list that is not the one there was before is this edit's own. */
function own<T>(held: readonly T[], before: readonly T[] | undefined): T[] {
  return held === before ? held.slice() : (held as T[]);
}
