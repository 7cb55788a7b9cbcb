import { describe, expect, test } from 'vitest';
import type { Held } from './check.js';
import { spanOf } from './clear-span.js';
import { callOf } from './random-world.fixture.js';
import type { Call } from './types.js';

const long = { id: 's1', notBefore: 1_000, notAfter: 9_000 };
const credential = { id: 'c1', agent: 'a1', status: 'active', notBefore: 500, expiresAt: 9_500, revision: 1 } as const;
const nothing = { credential: undefined, conversation: undefined };
const keys = new Map([['k1', { notBefore: 1_200, notAfter: 8_500 }]]);
const call = (over: Partial<Call> = {}) => callOf('a1', 'r1', 'read', over);

function span(asked: Call, held: Partial<Parameters<typeof spanOf>[1]> = {}): readonly number[] {
  const { clearFrom, clearUntil } = spanOf(asked, { ...nothing, assignments: [long], ...held });
  return [clearFrom, clearUntil];
}

describe('the time within which nothing can begin to speak against a caller', () => {
  test('is that of the assignment, the credential, the key and the token that begins last or ends first', () => {
    expect(span(call())).toEqual([1, 9]);
    expect(span(call(), { credential })).toEqual([1, 9]);
    expect(span(call(), { credential: { ...credential, notBefore: 1_100, expiresAt: 8_900 } })).toEqual([2, 8]);
    expect(span(call({ key: 'k1', keys }))).toEqual([2, 8]);
    expect(span(callOf('a1', 'r1', 'read', {}, { exp: 8 }))).toEqual([1, 8]);
  });

  test('is as long as the assignment that holds longest of those that hold now, wherever it stands', () => {
    const short = { id: 's2', notBefore: 1_400, notAfter: 4_999 };
    const past = { id: 's3', notBefore: 0, notAfter: 1_500 };
    const coming = { id: 's4', notBefore: 1_600, notAfter: 30_000 };
    const assignments: Held['assignments'] = [past, short, long, coming];
    expect(span(call(), { assignments })).toEqual([1, 9]);
    expect(span(call(), { assignments: assignments.toReversed() })).toEqual([1, 9]);
    expect(span(call(), { assignments: [past, coming, short] })).toEqual([2, 4]);
  });

  test('is none while no assignment holds', () => {
    const never = [0, 0];
    expect(span(call(), { assignments: [] })).toEqual(never);
    expect(span(call(), { assignments: [{ ...long, notBefore: 1_501 }] })).toEqual(never);
    expect(span(call({ now: NaN }))).toEqual(never);
  });

  test('is told in whole seconds within it, of which there may be none', () => {
    const between = (notBefore: number, notAfter: number) =>
      span(call(), { assignments: [{ ...long, notBefore, notAfter }] });
    expect(between(1_000, 2_000)).toEqual([1, 2]);
    expect(between(999, 2_999)).toEqual([1, 2]);
    expect(between(1_001, 2_999)).toEqual([0, 0]);
    expect(between(1_001, 3_000)).toEqual([2, 3]);
  });

  test('ends with the last second that a small number names, where nothing else ends it', () => {
    const assignments = [{ ...long, notAfter: Infinity }];
    expect(span(callOf('a1', 'r1', 'read', {}, { exp: 4e9 }), { assignments })).toEqual([1, 2_147_483_647]);
  });
});
