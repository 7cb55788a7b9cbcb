import { describe, expect, test } from 'vitest';
import { applyChanges, decide, effectiveAccess, emptyState, freshCall, whoCan, type Change } from '../index.js';
import { numbered, slice, start } from '../random-world.fixture.js';

const now = 1_500;
const given = (...changes: readonly Omit<Change, 'revision'>[]) => applyChanges(start(), numbered(changes, 2), 2);
const grantOf = (constraints: readonly object[], more: object = {}) => ({
  ...{ role: 'r1', environment: 'prod', tool: { id: `${slice}/pay` }, task: 'lookup', constraints },
  ...{ notBefore: null, notAfter: null, staleSeconds: 0 },
  ...more,
});
const free = { outcome: 'allow', obligations: [] };
const max = (value: number, path = 'amount') => ({ kind: 'max', path, value });

describe('the effective access of an agent', () => {
  test('tells for each tool, role and task the rule that decides, and constraints as conditions', () => {
    const rows = effectiveAccess(start(), 'a1', now);
    expect(rows.map(({ tool, role, task, outcome }) => [tool, role, task, outcome].join(' '))).toEqual(
      ['pay', 'raw', 'read'].flatMap((tool) =>
        ['lookup', 'update', 'execute'].map((task) => `${slice}/${tool} r1 ${task} allow`),
      ),
    );
    expect(rows[0]).toMatchObject({
      rule: 'grant:r1-pay',
      reason: null,
      classes: ['payments'],
      grants: [{ rule: 'grant:r1-pay', conditions: [max(100)], obligations: [], approval: 'never' }],
    });
  });

  test('says why not, by the check that denies, also where the agent holds no role', () => {
    const suspended = given({ kind: 'agent-status', id: 'a1', value: { status: 'suspended' } });
    expect(effectiveAccess(suspended, 'a1', now)[0]).toMatchObject({
      ...{ outcome: 'deny', reason: 'agent_suspended', rule: 'agent-status:a1', grants: [] },
    });
    const [row, ...rest] = effectiveAccess(start(), 'nobody', now);
    expect(row).toMatchObject({
      role: null,
      task: null,
      reason: 'no_assignment',
      detail: 'nobody holds no role in prod',
    });
    expect(rest).toHaveLength(2);
    const later = given({
      kind: 'grant',
      id: 'r1-raw',
      value: grantOf([], { tool: { id: `${slice}/raw` }, task: 'execute' }),
    });
    const raw = effectiveAccess(later, 'a1', now).filter(({ tool }) => tool === `${slice}/raw`);
    expect(raw.map(({ task, reason }) => [task, reason])).toEqual([
      ['lookup', 'no_grant'],
      ['update', 'no_grant'],
      ['execute', null],
    ]);
  });

  test('a grant without constraints is the rule that decides, whatever stands before it', () => {
    const state = given({ kind: 'grant', id: 'zz', value: grantOf([], { tool: { class: 'payments' } }) });
    expect(effectiveAccess(state, 'a1', now)[0]).toMatchObject({
      rule: 'grant:zz',
      grants: [{ rule: 'grant:r1-pay' }, { rule: 'grant:zz', conditions: [] }],
    });
  });
});

describe('who can', () => {
  const over = (state: ReturnType<typeof start>, value: number) =>
    whoCan(state, { tool: 'pay', path: 'amount', over: value, now });

  test('is told from the limit itself: max 100.01 serves over 100.005 and not over 100.02', () => {
    const state = given(
      { kind: 'grant', id: 'r1-pay', value: grantOf([max(100.01)]) },
      { kind: 'grant', id: 'r2-pay', value: null },
    );
    expect(over(state, 100.005)).toEqual([
      { agent: 'a1', role: 'r1', rule: 'grant:r1-pay', task: 'lookup', upTo: 100.01, conditions: [], ...free },
    ]);
    expect(over(state, 100.01)).toEqual([]);
    expect(over(state, 100.02)).toEqual([]);
  });

  test('of several grants the widest counts; a limit on something else is a condition', () => {
    const state = given(
      { kind: 'grant', id: 'wide', value: grantOf([max(500), max(3, 'count')]) },
      { kind: 'grant', id: 'free', value: grantOf([], { task: 'execute', tool: { class: 'payments' }, role: 'r2' }) },
    );
    expect(over(state, 100)).toEqual([
      {
        agent: 'a1',
        role: 'r1',
        rule: 'grant:wide',
        task: 'lookup',
        upTo: 500,
        conditions: [max(3, 'count')],
        ...free,
      },
      { agent: 'a2', role: 'r2', rule: 'grant:free', task: 'execute', upTo: null, conditions: [], ...free },
    ]);
    expect(over(state, 50)[0]).toMatchObject({ rule: 'grant:r1-pay', upTo: 100 });
  });

  test('a grant whose limits contradict each other gives nobody anything', () => {
    const contradictory = grantOf([max(5), { kind: 'min', path: 'amount', value: 6 }]);
    const state = given({ kind: 'grant', id: 'r1-pay', value: contradictory });
    expect(whoCan(state, { tool: 'pay', now }).map(({ agent }) => agent)).toEqual(['a2']);
    expect(over(state, 0).map(({ agent }) => agent)).toEqual(['a2']);
  });

  test('leaves out who is stopped, suspended or without a live credential', () => {
    const everybody = whoCan(start(), { tool: 'read', now }).map(({ agent }) => agent);
    expect(everybody).toEqual(['a1', 'a2']);
    const stop = { scope: 'agent', target: 'a1', status: 'engaged', engagedAt: 0 };
    expect(whoCan(given({ kind: 'kill-switch', id: 'k', value: stop }), { tool: 'read', now })).toMatchObject([
      { agent: 'a2' },
    ]);
    const revoked = { agent: 'a2', status: 'revoked', expiresAt: null };
    expect(whoCan(given({ kind: 'credential', id: 'c2', value: revoked }), { tool: 'read', now })).toMatchObject([
      { agent: 'a1' },
    ]);
    expect(whoCan(start(), { tool: 'brew', now })).toEqual([]);
  });

  test('what it says is what is decided just below and just above, for many limits', () => {
    for (const limit of [0, 0.1 + 0.2, 1e-9, 99.99, 100.01, 1e15, -5]) {
      const state = given({ kind: 'grant', id: 'r1-pay', value: grantOf([max(limit)]) });
      const decided = (amount: number) => {
        const asked = { agent: 'a1', credential: 'c1', role: 'r1', task: 'execute', tool: 'pay', now } as const;
        return decide(state, freshCall(state, { ...asked, arguments: { amount } })).outcome;
      };
      const row = whoCan(state, { tool: 'pay', path: 'amount', over: limit - 1, now }).find(
        ({ agent }) => agent === 'a1',
      );
      expect([row?.upTo, decided(limit)]).toEqual([limit, 'allow']);
      expect(decided(limit + Math.max(Math.abs(limit) * 1e-15, 1e-12))).toBe('deny');
      expect(over(state, limit).some(({ agent }) => agent === 'a1')).toBe(false);
    }
  });

  test('an empty state knows nobody', () => {
    expect(whoCan(emptyState('x'), { tool: 'read', now })).toEqual([]);
    expect(effectiveAccess(emptyState('x'), 'a1', now)).toEqual([]);
  });
});
