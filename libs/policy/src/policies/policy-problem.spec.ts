import { describe, expect, test } from 'vitest';
import { problemAt, spanOfBytes } from './policy-problem.js';

describe('a problem', () => {
  const text = 'one\ntwo 😀\n\nfour';

  test.each<[string, readonly [number, number], readonly number[]]>([
    ['the first line', [0, 3], [1, 1, 1, 4]],
    ['the end of a line', [3, 4], [1, 4, 2, 1]],
    ['the second line', [4, 7], [2, 1, 2, 4]],
    ['a sign of two units', [8, 10], [2, 5, 2, 7]],
    ['several lines', [5, 14], [2, 2, 4, 3]],
    ['an empty line', [11, 11], [3, 1, 3, 1]],
    ['the end of the text', [16, 16], [4, 5, 4, 5]],
  ])('on %s is placed by lines and columns from 1', (_what, [start, end], [line, column, endLine, endColumn]) => {
    expect(problemAt(text, { start, end }, 'it is wrong', 'another')).toEqual({
      ...{ line, column, endLine, endColumn },
      ...{ message: 'it is wrong', suggestion: 'another' },
    });
  });

  test('without a place stands at the beginning, and suggests nothing unless it is told to', () => {
    expect(problemAt(text, undefined, 'it is wrong')).toEqual({
      ...{ line: 1, column: 1, endLine: 1, endColumn: 1 },
      ...{ message: 'it is wrong', suggestion: null },
    });
  });
});

describe('a stretch counted in bytes of UTF-8', () => {
  test.each<[string, string, number]>([
    ['the last of one byte', '\u007f', 1],
    ['the first of two bytes', '\u0080', 2],
    ['the last of two bytes', '\u07ff', 2],
    ['the first of three bytes', '\u0800', 3],
    ['the last of three bytes', '\uffff', 3],
    ['the first of four bytes', '\u{10000}', 4],
    ['the last of four bytes', '\u{10ffff}', 4],
  ])('is one in units, before, on and behind %s', (_what, character, bytes) => {
    const text = `a${character}bc`;
    const units = 1 + character.length;
    expect(spanOfBytes(text, 0, 1)).toEqual({ start: 0, end: 1 });
    expect(spanOfBytes(text, 1, 1 + bytes)).toEqual({ start: 1, end: units });
    expect(spanOfBytes(text, 1 + bytes, 2 + bytes)).toEqual({ start: units, end: units + 1 });
  });

  test('may be empty, and ends with the text', () => {
    expect(spanOfBytes('éa', 2, 2)).toEqual({ start: 1, end: 1 });
    expect(spanOfBytes('éa', 3, 3)).toEqual({ start: 2, end: 2 });
    expect(spanOfBytes('éa', 2, 9)).toEqual({ start: 1, end: 2 });
    expect(spanOfBytes('', 0, 0)).toEqual({ start: 0, end: 0 });
  });
});
