import { describe, expect, it } from 'vitest';
import { diffOfLines, lineDiff } from './line-diff.js';

const shown = (older: string, newer: string) =>
  lineDiff(older, newer).map(({ kind, before, after, text }) => `${kind} ${before ?? '-'} ${after ?? '-'} ${text}`);

describe('the lines of two texts', () => {
  it('stand beside each other with their numbers, as many the same as there can be', () => {
    expect(shown('a\nb\nc\nd', 'a\nc\nx\nd')).toEqual([
      'same 1 1 a',
      'removed 2 - b',
      'same 3 2 c',
      'added - 3 x',
      'same 4 4 d',
    ]);
  });

  it('are all the same of one text, and all there when one has none', () => {
    expect(shown('a\na', 'a\na')).toEqual(['same 1 1 a', 'same 2 2 a']);
    expect(shown('a', 'a\na')).toEqual(['same 1 1 a', 'added - 2 a']);
    expect(diffOfLines([], ['a'])).toEqual([{ kind: 'added', before: null, after: 1, text: 'a' }]);
    expect(diffOfLines([], [])).toEqual([]);
  });

  it('that are too many to compare are removed and added, between the same beginning and end', () => {
    const lines = (word: string) => ['first', ...Array.from({ length: 2000 }, (_, n) => `${word} ${n}`), 'last'];
    const diff = diffOfLines(lines('old'), lines('new'));
    expect(diff).toHaveLength(4002);
    expect([diff[0], diff[1], diff[2001], diff.at(-1)]).toMatchObject([
      { kind: 'same', before: 1, after: 1 },
      { kind: 'removed', text: 'old 0' },
      { kind: 'added', text: 'new 0', after: 2 },
      { kind: 'same', before: 2002, after: 2002 },
    ]);
  });
});
