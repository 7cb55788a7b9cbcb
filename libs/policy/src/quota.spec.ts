import fc from 'fast-check';
import { parseBucket } from '@portcullis/contracts';
import { describe, expect, test } from 'vitest';
import { costOf, decide, limitOf, quotaIn, stillAllowed, type Quota } from './index.js';
import { bucketOf } from './quota.js';
import { callOf, grantOf, startWith } from './random-world.fixture.js';

const amounts = (max: number, per: Quota['per'] = 'agent'): Quota => ({
  kind: 'quota',
  per,
  window: 'hour',
  amount: { path: 'amount', max },
});
const calls: Quota = { kind: 'quota', per: 'agent', window: 'minute', calls: 3 };
const cost = (amount: unknown) => costOf(amounts(1), { arguments: { amount } });

const granted = (...obligations: readonly unknown[]) => startWith(grantOf('r1-pay', { obligations }));

describe('counting', () => {
  test('is exact for amounts of up to four decimals, and rounds against the caller beyond them', () => {
    expect([0.1, 0.2, 0.07, 1.1, 0.0001, 100.01].map(cost)).toEqual([1000, 2000, 700, 11_000, 1, 1_000_100]);
    expect([0.00001, 0.10001, 5e-324].map(cost)).toEqual([1, 1001, 1]);
    expect(limitOf(amounts(100.00019))).toBe(1_000_001);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e13 }), (units) => {
        expect(cost(units / 10_000)).toBe(units);
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e8, noNaN: true }), (amount) => {
        expect((cost(amount) ?? 0) / 10_000).toBeGreaterThanOrEqual(amount);
        expect(limitOf(amounts(amount)) / 10_000).toBeLessThanOrEqual(amount);
      }),
    );
  });

  test('does not take the nearest four decimals for the amount itself, though both are one number of ten-thousandths', () => {
    const [below, above] = [0.0036999999999999997, 0.0009000000000000001];
    expect([below * 10_000, above * 10_000]).toEqual([37, 9]);
    expect([limitOf(amounts(below)), limitOf(amounts(0.0037))]).toEqual([36, 37]);
    expect([cost(above), cost(0.0009)]).toEqual([10, 9]);
  });

  test('does not take what is no amount', () => {
    const odd = [-1, -0.0001, NaN, Infinity, 1e400, 1e300, '5', null, true, {}, [5], undefined, 9_007_199_254_741];
    expect(odd.map(cost)).toEqual(odd.map(() => undefined));
    expect(cost(0)).toBe(0);
  });

  test('a user counts for every agent that acts for them; whoever is not named counts as the agent', () => {
    const of = (per: Quota['per'], claims: object) =>
      parseBucket(bucketOf('g', amounts(1, per), callOf('a1', 'r1', 'pay', {}, claims)))?.slice(3);
    expect(of('agent', { user: 'u', conversation: 'c' })).toEqual(['agent', 'a1', null]);
    expect(of('user', { user: 'u' })).toEqual(['user', null, 'u']);
    expect(of('user', {})).toEqual(['user', 'a1', null]);
    expect(of('conversation', { user: 'u', conversation: 'c' })).toEqual(['conversation', 'a1', 'c']);
    expect(of('conversation', { user: 'u' })).toEqual(['conversation', 'a1', 'user u']);
    expect(of('conversation', {})).toEqual(['conversation', 'a1', null]);
  });
});

describe('a decision under quotas', () => {
  test('takes out of each what the call costs, in the window of the moment', () => {
    const { charges } = decide(
      granted(amounts(1000), calls),
      callOf('a1', 'r1', 'pay', { now: 3_600_001 }, { exp: 10_000 }),
    );
    expect(charges).toEqual([
      {
        bucket: '["r1-pay","amount amount","hour","agent","a1",null]',
        from: 3_600_000,
        until: 7_200_000,
        units: 600_000,
      },
      { bucket: '["r1-pay","calls","minute","agent","a1",null]', from: 3_600_000, until: 3_660_000, units: 1 },
    ]);
  });

  test('asks its host for the window of the moment, and believes no count that is no number', () => {
    const asked: unknown[] = [];
    const left = (count: number) => (bucket: string, _quota: Quota, from: number) => (
      asked.push([bucket, from]),
      count
    );
    const decided = (count: number) => decide(granted(calls), callOf('a1', 'r1', 'pay', { left: left(count) })).reason;
    expect([1, 0, -1, NaN].map(decided)).toEqual([null, 'quota', 'quota', 'quota']);
    expect(asked[0]).toEqual(['["r1-pay","calls","minute","agent","a1",null]', 0]);
    expect(decide(granted(calls), callOf('a1', 'r1', 'pay', { left: left(0) })).detail).toBe(
      '3 calls a minute per agent: 0 left for 1',
    );
  });

  test('of two limits on the same the lower holds, and what is counted is counted once', () => {
    for (const both of [
      [amounts(70), amounts(50)],
      [amounts(50), amounts(70)],
    ]) {
      const state = granted(...both, { ...calls, window: 'day' }, calls);
      expect(decide(state, callOf('a1', 'r1', 'pay', { arguments: { amount: 51 } })).detail).toBe(
        'amount of 50 an hour per agent: 50 left for 51',
      );
      expect(decide(state, callOf('a1', 'r1', 'pay', { arguments: { amount: 50 } })).charges).toHaveLength(3);
    }
  });

  test('P-A5 asked again while the call runs nothing counts but the limit itself', () => {
    const { left: _left, ...running } = callOf('a1', 'r1', 'pay', { left: () => 0 });
    expect(stillAllowed(granted(amounts(1000)), running)).toBe(true);
    expect(stillAllowed(granted(amounts(59)), running)).toBe(false);
  });
});

describe('the quota that a bucket counts for', () => {
  const ofCalls = ['g', 'calls', 'minute', 'agent', 'a1', null] as const;
  const ofAmount = ['g', 'amount amount', 'hour', 'agent', 'a1', null] as const;

  test('is found among authored obligations with its place, whatever else stands there', () => {
    const authored = [
      null,
      { kind: 'sing' },
      { kind: 'size', maxBytes: 5 },
      amounts(50),
      { ...calls, calls: 0 },
      calls,
    ];
    expect(quotaIn(authored, [...ofAmount])).toEqual({ place: 3, quota: amounts(50) });
    expect(quotaIn(authored, [...ofCalls])).toEqual({ place: 5, quota: calls });
  });

  test('counts the same thing, in windows of the same length, for the same subject', () => {
    const others: readonly Quota[] = [
      { ...calls, window: 'hour' },
      { ...calls, per: 'user' },
      { ...amounts(50), window: 'minute' },
    ];
    expect(others.map((other) => quotaIn([other], [...ofCalls]))).toEqual([undefined, undefined, undefined]);
    expect(quotaIn([...others, calls], [...ofCalls])).toEqual({ place: 3, quota: calls });
    expect(quotaIn([{ ...amounts(50), amount: { path: 'fee', max: 50 } }], [...ofAmount])).toBeUndefined();
    expect(quotaIn([], [...ofCalls])).toBeUndefined();
  });

  test('is the lowest of several', () => {
    const low = { place: 1, quota: amounts(50) };
    expect(quotaIn([amounts(70), amounts(50), amounts(60)], [...ofAmount])).toEqual(low);
    expect(quotaIn([amounts(60), amounts(50), amounts(70)], [...ofAmount])).toEqual(low);
  });
});
