const shardCount = 1024;

type Shard<V> = ReadonlyMap<string, V>;

/** FNV-1a over UTF-16 units, folded to a shard number. Keys come out of signed changes, so nobody can choose collisions. */
function shardOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 16)) & (shardCount - 1);
}

/**
 * An immutable map that is cheap to change: its entries lie in 1,024 small maps, and an edit copies only the ones it
 * touches. At 30,000 entries a change copies about 30 of them.
 */
export class Table<V> {
  readonly #shards: readonly (Shard<V> | undefined)[];
  readonly size: number;

  constructor(shards: readonly (Shard<V> | undefined)[] = [], size = 0) {
    this.#shards = shards;
    this.size = size;
  }

  get(key: string): V | undefined {
    return this.size === 0 ? undefined : this.#shards[shardOf(key)]?.get(key);
  }

  /** Every entry, in no order: for questions about the whole, never for deciding a call. */
  *entries(): Iterable<readonly [string, V]> {
    for (const shard of this.#shards) if (shard) yield* shard;
  }

  edit(): TableEdit<V> {
    return new TableEdit(this, this.#shards);
  }
}

/** A series of changes to one table. Nothing is copied before the first change; `done` gives the table back if there was none. */
export class TableEdit<V> {
  readonly #before: Table<V>;
  readonly #shardsBefore: readonly (Shard<V> | undefined)[];
  readonly #own = new Set<Shard<V>>();
  #shards: (Shard<V> | undefined)[] | undefined;
  #size: number;

  constructor(before: Table<V>, shards: readonly (Shard<V> | undefined)[]) {
    this.#before = before;
    this.#shardsBefore = shards;
    this.#size = before.size;
  }

  get(key: string): V | undefined {
    return (this.#shards ?? this.#shardsBefore)[shardOf(key)]?.get(key);
  }

  set(key: string, value: V): void {
    const shard = this.#ownShard(shardOf(key));
    if (!shard.has(key)) this.#size += 1;
    shard.set(key, value);
  }

  delete(key: string): void {
    if (this.get(key) === undefined) return;
    this.#ownShard(shardOf(key)).delete(key);
    this.#size -= 1;
  }

  done(): Table<V> {
    return this.#shards ? new Table(this.#shards, this.#size) : this.#before;
  }

  #ownShard(index: number): Map<string, V> {
    this.#shards ??= this.#shardsBefore.length === 0 ? new Array(shardCount) : this.#shardsBefore.slice();
    const held = this.#shards[index];
    if (held && this.#own.has(held)) return held as Map<string, V>;
    const copy = new Map(held ?? []);
    this.#shards[index] = copy;
    this.#own.add(copy);
    return copy;
  }
}
