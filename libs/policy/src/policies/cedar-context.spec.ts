import { describe, expect, test } from 'vitest';
import { applyChanges } from '../apply.js';
import { emptyState } from '../state.js';
import type { Call } from '../types.js';
import { cedarContext, cedarSignals } from './cedar-context.js';

const conversation = '33333333-3333-4333-8333-333333333333';
const record = {
  ...{ agent: 'bot', user: null, tasks: [], digests: [], status: 'open', expiresAt: 9, credential: null },
  attributes: { tier: 'gold', seats: 42, vip: true },
};
const state = applyChanges(
  emptyState('desk'),
  [{ kind: 'conversation', id: conversation, revision: 1, value: record }],
  1,
);
const call = (claims: object, more: object = {}) => ({ claims, now: 1_767_268_800_000, ...more }) as Call;
const all = new Set(['role', 'task', 'instance', 'user', 'conversation', 'time', 'signals', 'arguments', 'toString']);

describe('the context a policy reads', () => {
  test('holds what the call and the state know', () => {
    const claims = { role: 'support', task: 'execute', instance: 'bot-1', user: 'ada', conversation };
    expect(cedarContext(state, call(claims), all)).toStrictEqual({
      ...{ role: 'support', task: 'execute', instance: 'bot-1', user: 'ada' },
      conversation: { tier: 'gold', seats: '42', vip: 'true' },
      time: { at: { __extn: { fn: 'datetime', arg: '2026-01-01T12:00:00.000Z' } }, hour: 12, weekday: 'thursday' },
    });
  });

  test('holds nothing that is not read', () => {
    expect(cedarContext(state, call({ role: 'support', user: 'ada' }), new Set(['user']))).toStrictEqual({
      user: 'ada',
    });
    expect(cedarContext(state, call({ role: 'support' }), new Set())).toStrictEqual({});
  });

  test('holds nothing in the place of what it does not know', () => {
    expect(cedarContext(state, call({}, { now: -1 }), all)).toStrictEqual({});
    expect(cedarContext(state, call({ conversation: 'another' }), new Set(['conversation']))).toStrictEqual({});
  });
});

describe('the risk signals a policy reads', () => {
  const signals = (given: object | undefined) =>
    cedarSignals(state, call({}, { signals: given }), new Set(['provenance', 'scorer']), undefined);

  test('hold what the host knows', () => {
    expect(
      signals({ recentRate: 3, provenance: ['to'], labels: { trust: 'low', secrecy: 'high' }, scorer: 0.5 }),
    ).toStrictEqual({
      ...{ recentRate: 3, provenance: ['to'], labels: { trust: 'low', secrecy: 'high' } },
      scorer: { __extn: { fn: 'decimal', arg: '0.5' } },
    });
  });

  test('hold nothing in the place of what it does not know', () => {
    expect(signals(undefined)).toStrictEqual({});
    expect(signals({})).toStrictEqual({});
    expect(signals({ labels: { secrecy: 'high' }, scorer: 0.00001 })).toStrictEqual({ labels: { secrecy: 'high' } });
  });
});
