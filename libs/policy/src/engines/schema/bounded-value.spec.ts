import { expect, test } from 'vitest';
import { tooMuch } from './bounded-value.js';

const list = (length: number) => Array.from({ length }, () => 1);
const deep = (depth: number): unknown => (depth === 0 ? 1 : { a: deep(depth - 1) });
const deepList = (depth: number): unknown => (depth === 0 ? 1 : [deepList(depth - 1)]);
const values = 'holds more than 20000 values';
const levels = 'is nested deeper than 64 levels';
const characters = 'holds more than 1000000 characters of text';

test.each<[string, unknown, string | undefined]>([
  ['nothing', undefined, undefined],
  ['null', null, undefined],
  ['a number', 5, undefined],
  ['a text of a million', 'x'.repeat(1_000_000), undefined],
  ['a text of one more', 'x'.repeat(1_000_001), characters],
  ['texts of a million together', ['x'.repeat(600_000), { a: 'x'.repeat(400_000) }], undefined],
  ['texts of one more together', ['x'.repeat(600_000), { a: 'x'.repeat(400_001) }], characters],
  ['a list of 19,999', list(19_999), undefined],
  ['a list of 20,000', list(20_000), values],
  ['two lists of 9,998', { a: list(9_998), b: list(9_998) }, undefined],
  ['two lists of 10,000', { a: list(10_000), b: list(10_000) }, values],
  ['64 levels', deep(64), undefined],
  ['65 levels', deep(65), levels],
  ['64 levels of lists', deepList(64), undefined],
  ['65 levels of lists', deepList(65), levels],
  ['much beside little', [null, 1, { a: undefined }, deep(70)], levels],
  ['many short branches', list(100).map(() => deep(60)), undefined],
])('of %s: %s', (_what, value, wrong) => {
  expect(tooMuch(value)).toBe(wrong);
});
