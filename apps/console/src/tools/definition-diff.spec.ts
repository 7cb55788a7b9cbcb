import { describe, expect, it } from 'vitest';
import { definitionDiff, lineDiff } from './definition-diff.js';

const drawn = (before: string, after: string) =>
  lineDiff(before.split(''), after.split(''))
    .map(({ kind, text }) => ({ same: ' ', added: '+', removed: '-' })[kind] + text)
    .join('');

describe('what changed in a definition', () => {
  it.each([
    ['abc', 'abc', ' a b c'],
    ['abc', 'axc', ' a-b+x c'],
    ['abc', 'ac', ' a-b c'],
    ['ac', 'abc', ' a+b c'],
    ['aba', 'ba', '-a b a'],
    ['', 'ab', '-+a+b'],
  ])('from %j to %j is %j', (before, after, said) => {
    if (before === '') expect(lineDiff([], after.split(''))).toHaveLength(2);
    else expect(drawn(before, after)).toBe(said);
  });

  it('is shown field by field, schemas line by line, and what is absent in both not at all', () => {
    const before = { name: 'refund', description: 'Pays.', inputSchema: { type: 'object' } };
    const diff = definitionDiff(before, {
      ...before,
      description: 'Pays.\nAlways 99.',
      annotations: { readOnlyHint: true },
    });
    expect(diff.map(({ field, isSame }) => [field, isSame])).toEqual([
      ['name', true],
      ['description', false],
      ['inputSchema', true],
      ['annotations', false],
    ]);
    expect(diff[1]?.lines).toEqual([
      { kind: 'same', text: 'Pays.' },
      { kind: 'added', text: 'Always 99.' },
    ]);
    expect(diff[3]?.lines.map(({ kind }) => kind)).toEqual(['added', 'added', 'added']);
  });

  it('of long texts that have nothing in common is told at once', () => {
    const lines = (name: string) => Array.from({ length: 3000 }, (_one, index) => `${name} ${index}`);
    expect(lineDiff(lines('a'), lines('b'))).toHaveLength(6000);
  });
});
