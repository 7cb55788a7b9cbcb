import { expect, test } from 'vitest';
import { orderedText } from './ordered-text.js';

test.each([
  [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
  [{ a: 2, b: 1 }, '{"a":2,"b":1}'],
  [{ c: 3, a: 1, b: 2 }, '{"a":1,"b":2,"c":3}'],
  [{ z: { y: 1, x: [3, 1, 2] }, a: null }, '{"a":null,"z":{"x":[3,1,2],"y":1}}'],
  [[{ b: 1, a: 1 }, 'x', 5], '[{"a":1,"b":1},"x",5]'],
  [[2, 1], '[2,1]'],
  [[], '[]'],
  [{}, '{}'],
  [null, 'null'],
  ['text', '"text"'],
  [{ b: undefined, a: true }, '{"a":true}'],
])('of %j the text is %s', (value, text) => {
  expect(orderedText(value)).toBe(text);
});
