import type { Table } from './table.js';

/** The keys of a table, in no order. */
export function keysOf(table: Table<unknown>): readonly string[] {
  const keys: string[] = [];
  table.forEach((_value, key) => keys.push(key));
  return keys;
}
