import { describe, expect, test } from 'vitest';
import { applyChanges, decide, effectiveAccess, freshCall, whoCan, type Change } from '../index.js';
import { numbered, slice, start } from '../random-world.fixture.js';

const now = 1_500;
type Edit = Omit<Change, 'revision'>;
const given = (...changes: readonly Edit[]) => applyChanges(start(), numbered(changes, 2), 2);
const payBy = (obligations: readonly object[], constraints: readonly object[] = [], id = 'r1-pay') => ({
  kind: 'grant',
  id,
  value: {
    ...{ role: 'r1', environment: 'prod', tool: { id: `${slice}/pay` }, task: 'lookup', constraints, obligations },
    ...{ notBefore: null, notAfter: null, staleSeconds: 0 },
  },
});
const max = (value: number, path = 'amount') => ({ kind: 'max', path, value });
const approval = (...unless: readonly object[]) => ({ kind: 'approval', group: 'finance', unless });
const quota = (most: number, path = 'amount') => ({
  ...{ kind: 'quota', per: 'agent', window: 'day' },
  amount: { path, max: most },
});

describe('effective access, of grants that ask for something', () => {
  const payOf = (...grants: readonly Edit[]) =>
    effectiveAccess(given(...grants), 'a1', now).find(({ tool }) => tool === `${slice}/pay`);

  test('tells what is done about the call', () => {
    const obligations = [{ kind: 'size', maxBytes: 10 }, quota(5)];
    expect(payOf(payBy(obligations))).toMatchObject({
      outcome: 'allow',
      grants: [{ rule: 'grant:r1-pay', obligations, approval: 'never' }],
    });
  });

  test('is hold where every grant always asks a person, and the first of them decides', () => {
    expect(payOf(payBy([approval()]), payBy([approval()], [], 'zz'))).toMatchObject({
      ...{ outcome: 'hold', reason: 'approval_required', rule: 'grant:r1-pay' },
      grants: [{ approval: 'always' }, { approval: 'always' }],
    });
  });

  test('is hold where nothing can keep what would spare the approval', () => {
    const never = approval({ kind: 'min', path: 'amount', value: 200 });
    expect(payOf(payBy([never], [max(100)]))).toMatchObject({ outcome: 'hold' });
    expect(payOf(payBy([approval(max(100)), approval()]))).toMatchObject({ outcome: 'hold' });
  });

  test('is allow where some calls need no approval, or another grant asks nobody', () => {
    expect(payOf(payBy([approval(max(100))]))).toMatchObject({
      outcome: 'allow',
      grants: [{ approval: 'sometimes' }],
    });
    expect(payOf(payBy([approval()]), payBy([], [max(9)], 'zz'))).toMatchObject({
      ...{ outcome: 'allow', reason: null, rule: 'grant:zz' },
      grants: [{ approval: 'always' }, { approval: 'never' }],
    });
  });

  test('agrees with the decision about a call that keeps the conditions', () => {
    const asked = { agent: 'a1', credential: 'c1', role: 'r1', task: 'lookup', tool: 'pay', now } as const;
    for (const obligations of [[approval()], [approval(max(100))], [quota(5)], []]) {
      const state = given(payBy(obligations));
      const row = effectiveAccess(state, 'a1', now).find(({ tool }) => tool === `${slice}/pay`);
      expect(row?.outcome).toBe(decide(state, freshCall(state, { ...asked, arguments: { amount: 4 } })).outcome);
    }
  });
});

describe('who can, by grants that ask for something', () => {
  const over = (value: number, ...grants: readonly Edit[]) =>
    whoCan(given(...grants, { kind: 'grant', id: 'r2-pay', value: null }), {
      ...{ tool: 'pay', path: 'amount', over: value, now },
    }).map(({ outcome, rule, upTo, conditions }) => [outcome, rule, upTo, conditions.length]);

  test('tells what it can alone, and what more once a person approves', () => {
    const asks = payBy([approval(max(100))], [max(500)]);
    expect(over(50, asks)).toEqual([
      ['allow', 'grant:r1-pay', 100, 0],
      ['hold', 'grant:r1-pay', 500, 0],
    ]);
    expect(over(100, asks)).toEqual([['hold', 'grant:r1-pay', 500, 0]]);
    expect(over(500, asks)).toEqual([]);
  });

  test('says that an approval spares a condition on something else', () => {
    expect(over(50, payBy([approval({ kind: 'equal', path: 'currency', value: 'EUR' })]))).toEqual([
      ['allow', 'grant:r1-pay', null, 1],
      ['hold', 'grant:r1-pay', null, 0],
    ]);
  });

  test('an approval that gives no more than another grant gives alone is left out', () => {
    expect(over(50, payBy([approval()], [max(100)]), payBy([], [max(100)], 'zz'))).toEqual([
      ['allow', 'grant:zz', 100, 0],
    ]);
  });

  test('a quota is the most that one call can spend, and no number below 0 can be counted', () => {
    expect(over(99, payBy([quota(100)]))).toEqual([['allow', 'grant:r1-pay', 100, 0]]);
    expect(over(100, payBy([quota(100)]))).toEqual([]);
    expect(over(-5, payBy([quota(100)], [max(-1)]))).toEqual([]);
    expect(over(1000, payBy([quota(100, 'count')]))).toEqual([['allow', 'grant:r1-pay', null, 0]]);
  });
});
