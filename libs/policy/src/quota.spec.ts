import fc from 'fast-check';
import { parseBucket } from '@portcullis/contracts';
import { describe, expect, test } from 'vitest';
import { applyChanges, costOf, decide, limitOf, stillAllowed, type Quota } from './index.js';
import { bucketOf } from './quota.js';
import { callOf, numbered, slice, start } from './random-world.fixture.js';

const amounts = (max: number, per: Quota['per'] = 'agent'): Quota => ({
  kind: 'quota',
  per,
  window: 'hour',
  amount: { path: 'amount', max },
});
const calls: Quota = { kind: 'quota', per: 'agent', window: 'minute', calls: 3 };
const cost = (amount: unknown) => costOf(amounts(1), { arguments: { amount } });

function granted(...obligations: readonly unknown[]) {
  const value = { role: 'r1', environment: 'prod', tool: { id: `${slice}/pay` }, task: 'lookup', constraints: [] };
  const rest = { notBefore: null, notAfter: null, staleSeconds: 0, obligations };
  return applyChanges(start(), numbered([{ kind: 'grant', id: 'r1-pay', value: { ...value, ...rest } }], 2), 2);
}

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
    const state = granted(amounts(70), amounts(50), { ...calls, window: 'day' }, calls);
    expect(decide(state, callOf('a1', 'r1', 'pay', { arguments: { amount: 51 } })).detail).toBe(
      'amount of 50 an hour per agent: 50 left for 51',
    );
    expect(decide(state, callOf('a1', 'r1', 'pay', { arguments: { amount: 50 } })).charges).toHaveLength(3);
  });

  test('P-A5 asked again while the call runs nothing counts but the limit itself', () => {
    const { left: _left, ...running } = callOf('a1', 'r1', 'pay', { left: () => 0 });
    expect(stillAllowed(granted(amounts(1000)), running)).toBe(true);
    expect(stillAllowed(granted(amounts(59)), running)).toBe(false);
  });
});
