import { expect, it } from 'vitest';
import { offsetsOf } from './problem-offsets.js';

const problem = (line: number, column: number, endLine: number, endColumn: number) => ({
  ...{ line, column, endLine, endColumn },
  ...{ message: '', suggestion: null },
});

it.each([
  ['ab\ncd', problem(2, 1, 2, 3), { from: 3, to: 5 }],
  ['ab\ncd', problem(1, 2, 2, 2), { from: 1, to: 4 }],
  ['ab', problem(1, 9, 4, 1), { from: 2, to: 2 }],
  ['', problem(1, 1, 1, 1), { from: 0, to: 0 }],
])('in %j it stands where it was found, or at the end of what is left', (text, found, offsets) => {
  expect(offsetsOf(text, found)).toEqual(offsets);
});
