import { describe, expect, test } from 'vitest';
import { largestOver, numericRange } from './numeric-range.js';

const at = (kind: string, rest: object, path = 'amount') => ({ kind, path, ...rest });
const oneOf = (...values: readonly unknown[]) => at('one-of', { values });
const free = { min: -Infinity, max: Infinity, only: undefined, isContradictory: false, others: [] };
const nothing = { ...free, only: [], isContradictory: true };
const items = (rest: object, path = 'lines') => ({ kind: 'items', path, ...rest });

type Row = [string, readonly unknown[], object];

describe('what is left for a number', () => {
  test.each<Row>([
    ['of nothing', [], free],
    ['of a limit', [at('max', { value: 5 })], { ...free, max: 5 }],
    [
      'of the narrowest limits',
      [at('max', { value: 5 }), at('max', { value: 4 }), at('max', { value: 6 })],
      { ...free, max: 4 },
    ],
    [
      'of the narrowest beginnings',
      [at('min', { value: 2 }), at('min', { value: 3 }), at('min', { value: 1 })],
      { ...free, min: 3 },
    ],
    ['of both', [at('min', { value: 2 }), at('max', { value: 5 })], { ...free, min: 2, max: 5 }],
    ['of one value alone', [at('min', { value: 5 }), at('max', { value: 5 })], { ...free, min: 5, max: 5 }],
    [
      'of limits that contradict',
      [at('min', { value: 6 }), at('max', { value: 5 })],
      { ...free, min: 6, max: 5, isContradictory: true },
    ],
    ['of an equal', [at('equal', { value: 7 })], { ...free, only: [7] }],
    ['of an equal to a text', [at('equal', { value: '7' })], nothing],
    ['of a choice', [oneOf(1, '2', 3, null, true)], { ...free, only: [1, 3] }],
    ['of two choices', [oneOf(1, 2, 3), oneOf(2, 3, 4)], { ...free, only: [2, 3] }],
    ['of two choices without a common value', [oneOf(1, 2), oneOf(3)], nothing],
    ['of a choice and an equal', [oneOf(1, 2), at('equal', { value: 2 })], { ...free, only: [2] }],
    [
      'of a choice within limits',
      [oneOf(1, 2, 3, 4, 5), at('min', { value: 2 }), at('max', { value: 4 })],
      { ...free, min: 2, max: 4, only: [2, 3, 4] },
    ],
    [
      'of a choice beyond limits',
      [oneOf(1, 5), at('min', { value: 2 }), at('max', { value: 4 })],
      { ...nothing, min: 2, max: 4 },
    ],
    ['of a choice and a later limit', [at('max', { value: 3 }), oneOf(1, 9)], { ...free, max: 3, only: [1] }],
    ['of a text', [at('length', { max: 3, values: [1] })], nothing],
    ...['length', 'prefix', 'glob', 'pattern', 'hosts', 'cidr', 'items', 'forbidden', 'provenance', 'sql'].map(
      (kind): Row => [`of ${kind}`, [at(kind, {})], nothing],
    ),
  ])('%s', (_what, constraints, wanted) => {
    expect(numericRange(constraints, 'amount')).toEqual(wanted);
  });

  test.each([
    ['a limit that is no number', at('max', { value: 'five' })],
    ['a beginning that is no number', at('min', { value: '5' })],
    ['a choice that is no list', at('one-of', { values: 5 })],
    ['what is bound to the token', at('equal-claim', { claim: 'user' })],
    ['what has a list and is no choice', at('equal-claim', { values: [1] })],
    ['what is not known', at('moon-phase', { value: 3 })],
    ['what has no path', { kind: 'max', value: 3 }],
    ['what has a path that is no text', { kind: 'max', value: 3, path: 7 }],
    ['what is about something else', at('max', { value: 3 }, 'count')],
    ['what forbids something in it', at('forbidden', {}, 'amount.cents')],
  ])('says nothing, and is kept apart: %s', (_what, constraint) => {
    expect(numericRange([constraint], 'amount')).toEqual({ ...free, others: [constraint] });
    expect(numericRange([constraint, at('max', { value: 9 })], 'amount')).toEqual({
      ...free,
      max: 9,
      others: [constraint],
    });
  });

  test('without a path everything is kept apart', () => {
    const constraints = [at('max', { value: 5 }), oneOf(1)];
    expect(numericRange(constraints, undefined)).toEqual({ ...free, others: constraints });
  });
});

describe('what is left for a number in a list', () => {
  test.each([
    [
      'what each keeps',
      [items({ each: [at('max', { value: 5 }, 'price'), at('min', { value: 1 }, 'price')] })],
      { ...free, min: 1, max: 5 },
    ],
    ['a list that has to be empty', [items({ max: 0, each: [at('max', { value: 5 }, 'price')] })], nothing],
    ['a limit on the list itself', [at('max', { value: 5 }, 'lines')], nothing],
    ['a limit on a part of the item', [at('max', { value: 5 }, 'lines.0.price.net')], nothing],
  ])('%s', (_what, constraints, wanted) => {
    expect(numericRange(constraints, 'lines.0.price')).toEqual(wanted);
  });

  test.each([
    ['a list of which only the length is said', items({ max: 3 })],
    ['what each keeps of something else', items({ each: [at('max', { value: 5 }, 'count')] })],
    ['what each keeps itself, where it is no list', items({ each: 'price' })],
    ['another list', items({ each: [at('max', { value: 5 }, 'price')] }, 'rows')],
  ])('says nothing, and is kept apart: %s', (_what, constraint) => {
    expect(numericRange([constraint], 'lines.0.price')).toEqual({ ...free, others: [constraint] });
  });

  test('of the items themselves', () => {
    const itself = items({ each: [at('max', { value: 5 }, '.')] });
    expect(numericRange([itself], 'lines.2')).toEqual({ ...free, max: 5 });
    expect(numericRange([itself], 'lines.2.price')).toEqual(nothing);
  });
});

test.each([
  [{ ...free }, 5, Infinity],
  [{ ...free, max: 6 }, 5, 6],
  [{ ...free, max: 5 }, 5, undefined],
  [{ ...free, only: [3, 8, 6] }, 5, 8],
  [{ ...free, only: [3, 4] }, 4, undefined],
  [nothing, -Infinity, undefined],
  [{ ...free, max: 9, isContradictory: true }, 5, undefined],
])('of %j the largest over %d is %s', (range, over, largest) => {
  expect(largestOver(range, over)).toBe(largest);
});
