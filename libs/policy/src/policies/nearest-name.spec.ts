import { describe, expect, test } from 'vitest';
import { nearestName } from './nearest-name.js';

describe('the name that was meant', () => {
  test.each<[string, string, readonly string[], string | null]>([
    ['itself', 'refund', ['refund'], 'refund'],
    ['written in another case', 'ReFund', ['rEfunD'], 'rEfunD'],
    ['with a letter left out', 'refnd', ['refund'], 'refund'],
    ['with a letter too many', 'refuund', ['refund'], 'refund'],
    ['with two letters swapped', 'refudn', ['refund'], 'refund'],
    ['with two letters left out at its end', 'refu', ['refund'], 'refund'],
    ['with two letters left out at its beginning', 'fund', ['refund'], 'refund'],
    ['with a third of nine letters wrong', 'refxxxing', ['refunding'], 'refunding'],
    ['and of a short one two letters', 'xyb', ['ab'], 'ab'],
    ['but not with more than a third wrong', 'refxxxxng', ['refunding'], null],
    ['but not with three of six letters wrong', 'refxxx', ['refund'], null],
    ['but not of four letters when two others are written', 'xy', ['abcd'], null],
    ['but not when three letters are wrong and one of them is the last', 'abXdefYZ', ['abcdef'], null],
    ['but not when its beginning is missing and something else follows', 'defghixyz', ['abcdefghi'], null],
    ['nothing among no names', 'refund', [], null],
    ['nothing among names that are far away', 'refund', ['look', 'delete', 're'], null],
    ['the nearest, when it comes first', 'amount', ['amoun', 'amo'], 'amoun'],
    ['the nearest, when it comes last', 'amount', ['amo', 'amou', 'amoun'], 'amoun'],
    ['the first of those as near', 'amount', ['amoun1', 'amoun2'], 'amoun1'],
  ])('is %s', (_what, written, names, wanted) => expect(nearestName(written, names)).toBe(wanted));

  test('is looked for among names of at most 200 letters', () => {
    const name = 'n'.repeat(200);
    expect(nearestName(`${name}x`, [name])).toBe(name);
    expect(nearestName(name, [`${name}x`])).toBeNull();
  });
});
