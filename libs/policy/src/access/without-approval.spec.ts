import { describe, expect, test } from 'vitest';
import { approval, max, min, quota, size } from './limits.fixture.js';
import { limitsWithoutApproval, mayAsk, quotaLimits } from './without-approval.js';

test.each([
  [[], false],
  [[size], false],
  [[quota(5)], false],
  [[approval()], true],
  [[approval(max(5))], true],
  [[size, approval()], true],
])('that a grant of %j may ask a person is %s', (promised, wanted) => {
  expect(mayAsk({ authored: [], promised })).toBe(wanted);
});

describe('what arguments have to keep so that nobody is asked', () => {
  test.each([
    [[max(9)], [], [max(9)]],
    [[max(9)], [size], [max(9)]],
    [[max(9)], [approval()], undefined],
    [[max(9)], [{ kind: 'approval', group: 'finance' }], undefined],
    [[max(9)], [approval(max(5))], [max(9), max(5)]],
    [[max(9)], [approval(max(5)), approval()], undefined],
    [[], [approval(max(5)), size, approval(min(2), max(3, 'count'))], [max(5), min(2), max(3, 'count')]],
    [[max(9)], [approval(min(10))], undefined],
    [[max(9)], [approval(min(9))], [max(9), min(9)]],
    [[], [approval(max(5)), approval(min(6))], undefined],
  ])('of %j with %j: %j', (authored, promised, wanted) => {
    expect(limitsWithoutApproval({ authored, promised })).toEqual(wanted);
  });

  test('is left as it is where no approval speaks, even what nothing can keep', () => {
    const authored = [max(1), min(2)];
    expect(limitsWithoutApproval({ authored, promised: [] })).toBe(authored);
    expect(limitsWithoutApproval({ authored, promised: [size] })).toBe(authored);
  });
});

describe('what quotas leave for a parameter', () => {
  test.each([
    ['amount', [], []],
    [undefined, [quota(5)], []],
    ['amount', [quota(5)], [min(0), max(5)]],
    ['amount', [quota(5, 'count')], []],
    ['count', [quota(7), quota(5, 'count')], [min(0, 'count'), max(5, 'count')]],
    ['amount', [size, quota(7), quota(5)], [min(0), max(7), min(0), max(5)]],
    ['amount', [{ kind: 'quota', per: 'agent', window: 'day', calls: 3 }], []],
    ['amount', [{ kind: 'other', amount: { path: 'amount', max: 5 } }], []],
  ])('at %s of %j: %j', (path, promised, wanted) => {
    expect(quotaLimits({ promised } as never, path)).toEqual(wanted);
  });
});
