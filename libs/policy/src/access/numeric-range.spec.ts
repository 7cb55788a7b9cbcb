import { expect, test } from 'vitest';
import { isSatisfiable } from '../unlock/is-satisfiable.js';
import { largestOver, numericRange } from './numeric-range.js';

const at = (kind: string, rest: object, path = 'amount') => ({ kind, path, ...rest });

test.each([
  [[at('max', { value: 100.01 })], 100.005, 100.01],
  [[at('max', { value: 100.01 })], 100.02, undefined],
  [[at('max', { value: 5 }), at('max', { value: 3 })], 2, 3],
  [[at('min', { value: 10 }), at('max', { value: 3 })], 0, undefined],
  [[at('min', { value: 200 })], 100, Infinity],
  [[at('equal', { value: 7 })], 6, 7],
  [[at('equal', { value: 7 })], 7, undefined],
  [[at('equal', { value: 'seven' })], 0, undefined],
  [[at('one-of', { values: [1, 5, 9, 'x'] }), at('max', { value: 6 })], 2, 5],
  [[at('forbidden', {})], 0, undefined],
  [[at('prefix', { prefix: '1' }), at('max', { value: 5 })], 0, undefined],
  [[at('max', { value: 3 }, 'count')], 1e9, Infinity],
  [[], 1e9, Infinity],
])('of %j the largest over %d is %d', (constraints, over, largest) => {
  expect(largestOver(numericRange(constraints, 'amount'), over)).toBe(largest);
});

test.each([
  [[at('max', { value: 5 }, 'lines.*.price')], 'lines.0.price', 5],
  [[at('max', { value: 5 }, 'lines.*.price')], 'lines.*.price', 5],
  [[at('max', { value: 5 }, 'lines.0.price')], 'lines.*.price', Infinity],
  [[{ kind: 'items', path: 'lines', each: [at('max', { value: 5 }, 'price')] }], 'lines.*.price', 5],
  [[{ kind: 'items', path: 'lines', each: [at('max', { value: 5 }, '.')] }], 'lines.3', 5],
  [[{ kind: 'items', path: 'lines', each: [at('one-of', { values: [2, 4] }, 'price')] }], 'lines.1.price', 4],
  [[{ kind: 'items', path: 'lines', max: 3 }], 'lines.1.price', Infinity],
  [[{ kind: 'items', path: 'lines', max: 0 }], 'lines.1.price', undefined],
  [[{ kind: 'items', path: 'lines', max: 3 }], 'lines.total', undefined],
  [[{ kind: 'items', path: 'lines', max: 3 }], 'lines', undefined],
  [[at('forbidden', {}, 'order')], 'order.amount', undefined],
  [[at('max', { value: 5 }, 'order')], 'order.amount', undefined],
  [[at('max', { value: 5 }, 'order.amount')], 'order', undefined],
  [[at('forbidden', {}, 'order.amount')], 'order', Infinity],
  [[at('moon-phase', {}, 'order')], 'order.amount', Infinity],
])('of %j the largest at %s is %d', (constraints, path, largest) => {
  expect(largestOver(numericRange(constraints, path), 1)).toBe(largest);
});

test('what says nothing about the size of the number is kept apart', () => {
  const others = [at('max', { value: 3 }, 'count'), at('moon-phase', {}), at('equal-claim', { claim: 'user' })];
  expect(numericRange([at('max', { value: 5 }), ...others], 'amount').others).toEqual(others);
  expect(numericRange([at('max', { value: 5 })], undefined).others).toHaveLength(1);
});

test.each([
  [true, [at('max', { value: 5 }), at('min', { value: 5 })]],
  [false, [at('max', { value: 5 }), at('min', { value: 6 })]],
  [true, [at('equal', { value: 'x' }), at('one-of', { values: ['y', 'x'] })]],
  [false, [at('equal', { value: 'x' }), at('equal', { value: 'y' })]],
  [false, [at('equal', { value: 'x' }), at('max', { value: 5 })]],
  [true, [at('equal', { value: 'x' }), at('equal', { value: 'y' }, 'other')]],
])('satisfiable is %s of %j', (wanted, constraints) => {
  expect(isSatisfiable(constraints)).toBe(wanted);
});
