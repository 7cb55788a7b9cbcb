import type { FeedValue, PolicyTest } from '@portcullis/contracts';
import { describe, expect, test } from 'vitest';
import { loadDraftEngine } from '../engines/index.js';
import { cataloguedTool } from './catalogued-tool.fixture.js';
import { tryPolicy } from './try-policy.js';

const engine = await loadDraftEngine();
const catalogue = {
  ...{ agents: ['bot'], servers: ['desk'], environments: ['prod'] },
  tools: [cataloguedTool('desk/look', 'prod', ['read']), cataloguedTool('desk/refund', 'prod', ['payments'])],
};
const when = (condition: string) => `forbid (principal, action, resource) when { ${condition} };`;
const policyOf = (text: string): FeedValue<'policy'> => ({
  ...{ name: 'P', version: 1, text, environment: 'prod' },
  places: [{ tools: null, classes: null, server: null, environment: null }],
  parameters: [{ tool: 'desk/refund', path: ['amount'], type: 'long' }],
});
const calling = (more: Partial<PolicyTest['call']> = {}): PolicyTest['call'] => ({
  ...{ agent: 'bot', role: 'support', task: 'execute', tool: 'desk/refund', arguments: { amount: 5 } },
  ...{ user: null, conversation: null, time: null, signals: {} },
  ...more,
});
const tried = (policy: FeedValue<'policy'>, want: PolicyTest['want'], more?: Partial<PolicyTest['call']>) =>
  tryPolicy(policy, [{ name: 'one', call: calling(more), want }], catalogue, engine, Date.parse)[0];

describe('the call of a test', () => {
  test.each<[string, string, Partial<PolicyTest['call']>, PolicyTest['want']]>([
    ['comes from its agent', 'principal == Agent::"bot"', {}, 'deny'],
    ['comes from an instance of its agent', 'context.instance == "bot-1"', {}, 'deny'],
    ['is under its role', 'context.role == "support"', {}, 'deny'],
    ['is for its task', 'context.task == "execute"', {}, 'deny'],
    ['is of an agent that holds the role, and no other', 'principal.roles == ["support"]', {}, 'deny'],
    ['is of its tool', 'action == Action::"desk/refund" && action in Action::"class:payments"', {}, 'deny'],
    ['is of no other tool', 'action == Action::"desk/refund"', { tool: 'desk/look' }, 'pass'],
    ['is to the server of the tool', 'resource == Server::"desk" && resource in Environment::"prod"', {}, 'deny'],
    ['has its arguments', 'context.arguments.amount == 5', {}, 'deny'],
    ['is for no user', 'context has user', {}, 'pass'],
    ['is for its user', 'context.user == "ada"', { user: 'ada' }, 'deny'],
    ['is in no conversation', 'context has conversation', {}, 'pass'],
    ['is in a conversation without attributes', 'context has conversation', { conversation: {} }, 'deny'],
    [
      'is in a conversation of its attributes',
      'context.conversation == {tier: "gold"}',
      { conversation: { tier: 'gold' } },
      'deny',
    ],
    [
      'is made on a Thursday at noon',
      'context.time.at == datetime("2026-01-01T12:00:00Z") && context.time.weekday == "thursday"',
      {},
      'deny',
    ],
    [
      'is made at its time',
      'context.time.at == datetime("2026-02-03T04:05:06Z")',
      { time: '2026-02-03T05:05:06+01:00' },
      'deny',
    ],
    [
      'is calm',
      'context.signals.recentRate == 0 && context.signals.labels == {trust: "trusted", secrecy: "public"}',
      {},
      'deny',
    ],
    ['has no value whose origin is known', 'context.signals.provenance.isEmpty()', {}, 'deny'],
    ['has its signals', 'context.signals.provenance == ["amount"]', { signals: { provenance: ['amount'] } }, 'deny'],
  ])('%s', (_what, condition, more, want) => {
    const detail = want === 'deny' ? 'policy P forbids it' : null;
    expect(tried(policyOf(when(condition)), want, more)).toEqual({
      ...{ name: 'one', want, got: want, passed: true },
      detail,
    });
  });
});

describe('the result of a test', () => {
  test('is a hold where a policy asks a group', () => {
    expect(tried(policyOf(`@hold("finance") ${when('true')}`), 'hold')).toEqual({
      ...{ name: 'one', want: 'hold', got: 'hold', passed: true },
      detail: 'policy P asks finance to approve it',
    });
  });

  test.each<[string, FeedValue<'policy'>, Partial<PolicyTest['call']>, string]>([
    [
      'that fails on the call',
      policyOf(when('context.user == "ada"')),
      {},
      'policy P failed: record does not have the attribute `user`',
    ],
    [
      'of a form no guard can read',
      { ...policyOf(when('true')), strength: 'high' } as FeedValue<'policy'>,
      {},
      'policy draft cannot be asked: a policy this guard cannot read',
    ],
    ['whose tool is not there', policyOf(when('true')), { tool: 'desk/none' }, 'there is no tool desk/none'],
  ])('is an error for a policy %s, although a denial was wanted', (_what, policy, more, detail) => {
    expect(tried(policy, 'deny', more)).toEqual({
      ...{ name: 'one', want: 'deny', got: 'error', passed: false },
      detail,
    });
  });

  test('is told for each in its turn', () => {
    const tests = [
      { name: 'small', call: calling(), want: 'pass' },
      { name: 'large', call: calling({ arguments: { amount: 51 } }), want: 'pass' },
    ] as const;
    expect(
      tryPolicy(policyOf(when('context.arguments.amount > 50')), tests, catalogue, engine, Date.parse),
    ).toMatchObject([
      { name: 'small', got: 'pass', passed: true },
      { name: 'large', got: 'deny', passed: false },
    ]);
  });
});
