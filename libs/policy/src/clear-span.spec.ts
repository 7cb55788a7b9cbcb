import { describe, expect, test } from 'vitest';
import type { Held } from './check.js';
import { spanOf } from './clear-span.js';
import { callOf } from './random-world.fixture.js';
import type { Call } from './types.js';

const long = { id: 's1', notBefore: 1_000, notAfter: 9_000 };
const credential = { agent: 'a1', status: 'active', notBefore: 500, expiresAt: 9_500, revision: 1 } as const;
const nothing = { credential: undefined, conversation: undefined };
const keys = new Map([['k1', { notBefore: 1_200, notAfter: 8_500 }]]);
const call = (over: Partial<Call> = {}) => callOf('a1', 'r1', 'read', over);

function span(asked: Call, held: Partial<Parameters<typeof spanOf>[1]> = {}): readonly number[] {
  const { clearFrom, clearUntil } = spanOf(asked, { ...nothing, assignments: [long], ...held });
  return [clearFrom, clearUntil];
}

describe('the time within which nothing can begin to speak against a caller', () => {
  test('is that of the assignment, the credential, the key and the token that begins last or ends first', () => {
    expect(span(call())).toEqual([1_000, 9_000]);
    expect(span(call(), { credential })).toEqual([1_000, 9_000]);
    expect(span(call(), { credential: { ...credential, notBefore: 1_100, expiresAt: 8_900 } })).toEqual([1_100, 8_900]);
    expect(span(call({ key: 'k1', keys }))).toEqual([1_200, 8_500]);
    expect(span(callOf('a1', 'r1', 'read', {}, { exp: 8 }))).toEqual([1_000, 8_000]);
  });

  test('is as long as the assignment that holds longest of those that hold now, wherever it stands', () => {
    const short = { id: 's2', notBefore: 1_400, notAfter: 2_000 };
    const past = { id: 's3', notBefore: 0, notAfter: 1_500 };
    const coming = { id: 's4', notBefore: 1_600, notAfter: 30_000 };
    const assignments: Held['assignments'] = [past, short, long, coming];
    expect(span(call(), { assignments })).toEqual([1_000, 9_000]);
    expect(span(call(), { assignments: assignments.toReversed() })).toEqual([1_000, 9_000]);
    expect(span(call(), { assignments: [past, coming, short] })).toEqual([1_400, 2_000]);
  });

  test('is none while no assignment holds', () => {
    const never = [NaN, NaN];
    expect(span(call(), { assignments: [] })).toEqual(never);
    expect(span(call(), { assignments: [{ ...long, notBefore: 1_501 }] })).toEqual(never);
    expect(span(call({ now: NaN }))).toEqual(never);
  });
});
