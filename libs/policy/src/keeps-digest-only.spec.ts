import { describe, expect, test } from 'vitest';
import { decide, keepsDigestOnly } from './index.js';
import { callOf, grantOf, startWith, type Unnumbered } from './random-world.fixture.js';

const digest = { kind: 'audit', level: 'digest' };
const full = { kind: 'audit', level: 'full' };
const size = { kind: 'size', maxBytes: 500 };
const call = callOf('a1', 'r1', 'pay');
const paying = (...obligations: readonly unknown[]): Unnumbered => grantOf('r1-pay', { obligations });
const kept = (...changes: readonly Unnumbered[]) => keepsDigestOnly(startWith(...changes), call);

describe('nothing but hashes of a call is kept', () => {
  test('when a grant that names the tool wants that, whatever else it and others want', () => {
    expect(kept(paying(digest))).toBe(true);
    expect(kept(paying(size, digest))).toBe(true);
    expect(kept(paying(full), grantOf('r1-pay-more', { obligations: [digest] }))).toBe(true);
  });

  test('of a call that this grant does not allow, too', () => {
    const state = startWith(grantOf('r1-pay', { obligations: [digest], notAfter: 1_000 }));
    expect(decide(state, call).outcome).toBe('deny');
    expect(keepsDigestOnly(state, call)).toBe(true);
  });

  test('and more is where no grant wants that', () => {
    expect(kept(paying(full))).toBe(false);
    expect(kept(paying(size))).toBe(false);
    expect(kept(paying())).toBe(false);
    expect(kept({ ...paying(digest), value: null })).toBe(false);
  });

  test('and more is where the grant that wants it is about another tool or another caller', () => {
    const state = startWith(paying(digest));
    expect(keepsDigestOnly(state, { ...call, tool: 'read' })).toBe(false);
    expect(keepsDigestOnly(state, { ...call, tool: 'nothing' })).toBe(false);
    expect(keepsDigestOnly(state, callOf('a2', 'r2', 'pay'))).toBe(false);
  });
});
