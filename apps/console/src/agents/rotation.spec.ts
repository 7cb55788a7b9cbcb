import { describe, expect, it } from 'vitest';
import { finishVerdict, rotationOf, type RotatingCredential } from './rotation.js';

const minute = 60_000;
const now = 100 * minute;
const credential = (id: string, given: Partial<RotatingCredential> = {}): RotatingCredential => ({
  id,
  status: 'active',
  createdAt: minute,
  activatedAt: null,
  lastUsedAt: null,
  derivedFrom: null,
  ...given,
});

describe('where a rotation stands', () => {
  it.each([
    ['none', [], undefined, undefined],
    ['none', [credential('a', { status: 'revoked' }), credential('b', { status: 'tainted' })], undefined, undefined],
    ['idle', [credential('a')], 'a', undefined],
    ['prepared', [credential('a'), credential('b', { status: 'prepared', createdAt: 2 })], 'a', 'b'],
    ['activated', [credential('a'), credential('b', { activatedAt: 2 * minute })], 'a', 'b'],
    ['overlap', [credential('a', { status: 'retiring' }), credential('b', { activatedAt: 2 * minute })], 'a', 'b'],
    ['overlap', [credential('a', { status: 'retiring' })], 'a', undefined],
  ] as const)('is %s', (stage, credentials, old, next) => {
    const rotation = rotationOf(credentials);

    expect([rotation.stage, rotation.old?.id, rotation.next?.id]).toEqual([stage, old, next]);
  });

  it('takes for the old one the credential the new one was made from', () => {
    const credentials = [
      credential('parent', { createdAt: 1 }),
      credential('unrelated', { createdAt: 5 * minute }),
      credential('child', { createdAt: 9 * minute, derivedFrom: 'parent' }),
    ];

    expect(rotationOf(credentials)).toMatchObject({ stage: 'activated', old: { id: 'parent' }, next: { id: 'child' } });
  });
});

describe('whether the old one may go', () => {
  const next = credential('new', { activatedAt: 90 * minute, lastUsedAt: 99 * minute });
  it.each([
    ['silent', 'for a minute since the new one became active', { lastUsedAt: 89 * minute }],
    ['silent', 'and never used at all', { lastUsedAt: null }],
    ['used-since', 'the new one became active', { lastUsedAt: 98 * minute }],
    ['used-since', 'in the same millisecond', { lastUsedAt: 90 * minute }],
  ] as const)('reads %s %s', (verdict, _when, given) => {
    expect(finishVerdict(credential('old', given), next, now)).toBe(verdict);
  });

  it('waits a minute from the activation of the new one', () => {
    const old = credential('old', { lastUsedAt: 89 * minute });

    expect(finishVerdict(old, next, 90 * minute + 59_999)).toBe('too-early');
    expect(finishVerdict(old, next, 91 * minute)).toBe('silent');
  });

  it('warns while nothing uses the new one, or there is none', () => {
    const old = credential('old', { lastUsedAt: 1 });

    expect(finishVerdict(old, { ...next, lastUsedAt: null }, now)).toBe('new-unused');
    expect(finishVerdict(old, null, now)).toBe('new-unused');
  });
});
