const bits = 6;
const width = 1 << bits;

type Shard<V> = ReadonlyMap<string, V>;
type Branch<V> = readonly (Shard<V> | undefined)[];
type Root<V> = readonly (Branch<V> | undefined)[];

/** FNV-1a over UTF-16 units, folded. Keys come out of signed changes, so nobody can choose collisions. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return hash ^ (hash >>> 16);
}

const branchOf = (hash: number): number => (hash >>> bits) & (width - 1);
const shardOf = (hash: number): number => hash & (width - 1);

/**
 * An immutable map that is cheap to change: its entries lie in 4,096 small maps below 64 branches, and an edit copies only what it
 * touches. At 30,000 entries a change copies a map of about 7 and two lists of 64.
 */
export class Table<V> {
  readonly #root: Root<V>;
  readonly size: number;

  constructor(root: Root<V> = [], size = 0) {
    this.#root = root;
    this.size = size;
  }

  get(key: string): V | undefined {
    if (this.size === 0) return undefined;
    const hash = hashOf(key);
    return this.#root[branchOf(hash)]?.[shardOf(hash)]?.get(key);
  }

  /** Every entry, in no order: for questions about the whole, never for deciding a call. */
  *entries(): Iterable<readonly [string, V]> {
    for (const branch of this.#root) if (branch) for (const shard of branch) if (shard) yield* shard;
  }

  edit(): TableEdit<V> {
    return new TableEdit(this, this.#root);
  }
}

/** A series of changes to one table. Nothing is copied before the first change; `done` gives the table back if there was none. */
export class TableEdit<V> {
  readonly #before: Table<V>;
  #root: Root<V>;
  #size: number;
  /** The lists and maps that this edit made itself and may write to. */
  #own: Set<unknown> | undefined;

  constructor(before: Table<V>, root: Root<V>) {
    this.#before = before;
    this.#root = root;
    this.#size = before.size;
  }

  get(key: string): V | undefined {
    const hash = hashOf(key);
    return this.#root[branchOf(hash)]?.[shardOf(hash)]?.get(key);
  }

  set(key: string, value: V): void {
    const shard = this.#ownShard(key);
    if (!shard.has(key)) this.#size += 1;
    shard.set(key, value);
  }

  delete(key: string): void {
    if (this.get(key) === undefined) return;
    this.#ownShard(key).delete(key);
    this.#size -= 1;
  }

  done(): Table<V> {
    return this.#own ? new Table(this.#root, this.#size) : this.#before;
  }

  #ownShard(key: string): Map<string, V> {
    const hash = hashOf(key);
    const own = (this.#own ??= new Set());
    const root = (this.#root = ownList(own, this.#root));
    const branch = (root[branchOf(hash)] = ownList(own, root[branchOf(hash)]));
    const held = branch[shardOf(hash)];
    if (held && own.has(held)) return held as Map<string, V>;
    const copy = new Map(held);
    own.add(copy);
    branch[shardOf(hash)] = copy;
    return copy;
  }
}

function ownList<T>(own: Set<unknown>, list: readonly (T | undefined)[] = []): (T | undefined)[] {
  if (own.has(list)) return list as (T | undefined)[];
  const copy = list.length === 0 ? new Array<T | undefined>(width).fill(undefined) : list.slice();
  own.add(copy);
  return copy;
}
