import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Table } from './table.js';

test('a table holds what a map holds after the same edits, and earlier tables stay as they were', () => {
  const edit = fc.record({ key: fc.oneof(fc.nat(40).map(String), fc.string()), value: fc.option(fc.integer()) });
  fc.assert(
    fc.property(fc.array(fc.array(edit)), (edits) => {
      const map = new Map<string, number>();
      let table = new Table<number>();
      for (const series of edits) {
        const before = table;
        const copy = new Map(map);
        const open = table.edit();
        for (const { key, value } of series) {
          if (value === null) open.delete(key);
          else open.set(key, value);
          if (value === null) map.delete(key);
          else map.set(key, value);
        }
        table = open.done();
        for (const [key, value] of copy) expect(before.get(key)).toBe(value);
        expect(before.size).toBe(copy.size);
      }
      for (const [key, value] of map) expect(table.get(key)).toBe(value);
      const told = new Map<string, number>();
      table.forEach((value, key) => told.set(key, value));
      expect(told).toEqual(map);
      expect(table.size).toBe(map.size);
    }),
  );
});

test('an edit that changes nothing gives the same table back', () => {
  const table = new Table<number>();

  expect(table.edit().done()).toBe(table);
});
