import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  eachOf,
  emptySmallMap,
  entryOf,
  hashOf,
  sizeOf,
  withEntry,
  withoutEntry,
  type SmallMap,
  seededHash,
} from './small-map.js';

/** Keys whose hashes are all the same, all close together, or as they come: where many fall on one place, the next ones are taken. */
const hashes: readonly ((key: string) => number)[] = [
  () => 0,
  () => -1,
  (key) => (key.length % 3) << 12,
  (key) => (hashOf(key) & 1) << 12,
  hashOf,
];
const edit = fc.record({ key: fc.oneof(fc.nat(40).map(String), fc.string()), value: fc.option(fc.integer()) });

function told(map: SmallMap<number>): readonly (readonly [string, number])[] {
  const all: [string, number][] = [];
  eachOf(map, (value, key) => all.push([key, value]));
  return all;
}

describe('a small map', () => {
  test.each(hashes)(
    'holds what a map holds after the same edits, and earlier ones stay as they were (hashes %#)',
    (hash) => {
      fc.assert(
        fc.property(fc.array(edit, { maxLength: 60 }), (edits) => {
          const wanted = new Map<string, number>();
          let map: SmallMap<number> = emptySmallMap;
          for (const { key, value } of edits) {
            const [before, copy] = [map, new Map(wanted)];
            map = value === null ? withoutEntry(map, hash(key), key) : withEntry(map, hash(key), key, value);
            if (value === null) wanted.delete(key);
            else wanted.set(key, value);
            expect(new Map(told(before))).toEqual(copy);
            expect(sizeOf(before)).toBe(copy.size);
          }
          expect(new Map(told(map))).toEqual(wanted);
          expect(told(map)).toHaveLength(wanted.size);
          for (const { key } of edits) expect(entryOf(map, hash(key), key)).toBe(wanted.get(key));
          expect(entryOf(map, hash('nobody'), 'nobody')).toBeUndefined();
        }),
      );
    },
  );

  test('tells keys of one hash apart, and one key by its hash', () => {
    const map = withEntry(withEntry(emptySmallMap, 5, 'a', 1), 5, 'b', 2);
    expect([entryOf(map, 5, 'a'), entryOf(map, 5, 'b'), entryOf(map, 5, 'c'), entryOf(map, 6, 'a')]).toEqual([
      1,
      2,
      undefined,
      undefined,
    ]);
  });

  test('is the same one without what it does not hold, and the empty one without its last', () => {
    const map = withEntry(emptySmallMap, 5, 'a', 1);
    expect(withoutEntry(map, 5, 'b')).toBe(map);
    expect(withoutEntry(map, 5, 'a')).toBe(emptySmallMap);
  });

  test('does not let anybody choose names that fall on one place', () => {
    const pairAfter = (hash: number) => {
      const seen = new Map<number, string>();
      for (let index = 0; ; index += 1) {
        const text = (Math.imul(index, 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
        const other = seen.get(seededHash(hash, text));
        if (other !== undefined) return [other, text] as const;
        seen.set(seededHash(hash, text), text);
      }
    };
    const known = 0x811c9dc5;
    let names = [''];
    let hash = known;
    for (let pair = 0; pair < 6; pair += 1) {
      const [one, other] = pairAfter(hash);
      names = names.flatMap((name) => [`${name}${one}`, `${name}${other}`]);
      hash = seededHash(hash, one);
    }
    const hashesFrom = (seed: number) => new Set(names.map((name) => seededHash(seed, name))).size;
    expect(hashesFrom(known)).toBe(1);
    const seeds = Array.from({ length: 32 }, (_, bit) => known ^ (1 << bit));
    expect(Math.min(...seeds.map(hashesFrom))).toBeGreaterThan(names.length / 2);
    expect(new Set(names.map(hashOf)).size).toBeGreaterThan(names.length / 2);
  });

  test('always keeps a place free, so that looking for nothing ends', () => {
    let map: SmallMap<number> = emptySmallMap;
    for (let count = 1; count <= 200; count += 1) {
      map = withEntry(map, count << 12, String(count), count);
      expect(sizeOf(map)).toBe(count);
      expect(entryOf(map, 0, 'nobody')).toBeUndefined();
    }
  });
});
