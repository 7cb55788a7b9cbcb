import { describe, expect, test } from 'vitest';
import { isFiltered, type Listing } from './index.js';
import { callOf, grantOf, startWith, type Unnumbered } from './random-world.fixture.js';

const fields = { kind: 'fields', drop: ['card'] };
const size = { kind: 'size', maxBytes: 500 };
const paying = (...obligations: readonly unknown[]): Unnumbered => grantOf('r1-pay', { obligations });
const { arguments: _none, ...asked } = callOf('a1', 'r1', 'pay');
const filtered = (changes: readonly Unnumbered[], over: Partial<Listing> = {}) =>
  isFiltered(startWith(...changes), { ...asked, ...over });

describe('the results of a tool are filtered', () => {
  test('when its grant takes fields, items or texts out of them', () => {
    expect(filtered([paying(fields)])).toBe(true);
    expect(filtered([paying({ kind: 'items', path: 'rows', where: [{ kind: 'min', path: 'n', value: 1 }] })])).toBe(
      true,
    );
    expect(filtered([paying({ kind: 'redact', what: ['email'] })])).toBe(true);
    expect(filtered([paying(size, fields)])).toBe(true);
  });

  test('and are not when it promises something else about them, or nothing', () => {
    expect(filtered([paying(size, { kind: 'label', trust: 'untrusted' }, { kind: 'audit', level: 'full' })])).toBe(
      false,
    );
    expect(filtered([paying()])).toBe(false);
  });

  test('when one of several grants does so, whichever gives the call', () => {
    expect(filtered([paying(), grantOf('r1-pay-more', { obligations: [fields] })])).toBe(true);
  });

  test('and are not by a grant by which the caller does not see the tool', () => {
    const over = { obligations: [fields], notAfter: 1_000 };
    expect(filtered([paying(), grantOf('r1-pay-over', over)])).toBe(false);
    expect(filtered([paying(), grantOf('r1-pay-over', over)], { now: 999 })).toBe(true);
    expect(filtered([paying(), grantOf('r1-update', { obligations: [fields], task: 'update' })])).toBe(false);
    expect(filtered([paying(), grantOf('r2-pay', { obligations: [fields], role: 'r2' })])).toBe(false);
  });

  test('and are not without a grant, or without the tool', () => {
    expect(filtered([{ ...paying(fields), value: null }])).toBe(false);
    expect(filtered([paying(fields)], { tool: 'nothing' })).toBe(false);
  });
});
