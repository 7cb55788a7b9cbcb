import { conversationDigests, directoryDigest } from '@portcullis/contracts/signed';
import { describe, expect, test } from 'vitest';
import { loadEngines } from '../engines/index.js';
import { applyChanges, emptyState, provenanceOf, signalsRead, type Call } from '../index.js';

const { hash } = await loadEngines();
const conversation = '33333333-3333-4333-8333-333333333333';
const record = {
  ...{ agent: 'payer', user: null, tasks: [], attributes: {}, status: 'open', expiresAt: 9, credential: null },
  digests: conversationDigests(conversation, ['ada@example.com', 'DE89 3704 0044 0532 0130 00']),
};
const directory = (id: string, ...emails: readonly string[]) => ({
  ...{ kind: 'directory', id, revision: 1 },
  value: {
    ...{ environment: 'prod', name: id, holds: 'email' },
    entries: emails.map((canonical) => directoryDigest(id, { as: 'email', canonical })),
  },
});
const state = applyChanges(
  emptyState('desk'),
  [
    { kind: 'conversation', id: conversation, revision: 1, value: record },
    directory('colleagues', 'bob@example.com'),
    directory('nobody'),
    directory('partners', 'joe@example.com', 'ann@example.com'),
  ],
  1,
  { snapshot: true },
);

function found(args: unknown, claims: object = { conversation }): readonly string[] {
  if (!hash) throw new Error('no hash');
  return provenanceOf(state, { arguments: args, claims } as Call, hash);
}

describe('where the values of a call come from', () => {
  test('is told by the paths of what stands in the record or in a directory', () => {
    const args = {
      ...{ to: 'ada@EXAMPLE.com', account: 'de89 3704 0044 0532 0130 00', note: 'pay ada@example.com', amount: 5 },
      ...{ customer: { email: 'bob@example.com', name: 'Eve' }, cc: ['bob@example.com', 'ada@example.com'] },
      ...{ bcc: ['bob@example.com', 'eve@evil.example'], none: [], nothing: null },
    };
    expect(found(args)).toEqual(['to', 'account', 'customer.email', 'cc']);
    expect(found(args, {})).toEqual(['customer.email']);
    expect(found(args, { conversation: 'another' })).toEqual(['customer.email']);
  });

  test('is told when any one of several directories holds it', () => {
    const args = { one: 'bob@example.com', another: 'ann@example.com', both: ['joe@example.com', 'bob@example.com'] };
    expect(found({ ...args, none: 'ada@example.com' }, {})).toEqual(['one', 'another', 'both']);
  });

  test('is nothing where there are no parameters by name', () => {
    for (const args of ['ada@example.com', ['ada@example.com'], null, undefined, 5]) expect(found(args)).toEqual([]);
  });

  test('is not found under a name that looks like a path', () => {
    expect(found({ 'customer.email': 'ada@example.com', customer: { email: 'eve@evil.example' } })).toEqual([]);
  });

  test('is not found beyond what is looked at of one call', () => {
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`p${index}`, 'ada@example.com']));
    expect(found(many)).toHaveLength(100);
    expect(found({ first: 'x'.repeat(16_384), to: 'ada@example.com' })).toEqual([]);
    const deep = (levels: number): object => (levels === 0 ? { to: 'ada@example.com' } : { in: deep(levels - 1) });
    expect(found(deep(7))).toEqual(['in.in.in.in.in.in.in.to']);
    expect(found(deep(8))).toEqual([]);
  });
});

describe('what a policy reads of risk signals', () => {
  test('is asked of the policies in scope alone', async () => {
    const policy = (condition: string, tools: readonly string[]) => ({
      ...{ name: 'P', version: 1, environment: null, parameters: [] },
      text: `forbid (principal, action, resource) when { ${condition} };`,
      places: [{ tools, classes: null, server: null, environment: null }],
    });
    const read = (condition: string, tool: string) => {
      const changes = [
        { kind: 'server', id: 'desk', revision: 1, value: { name: 'D', environment: 'prod', resource: 'http://d' } },
        { kind: 'tool', id: 'desk/pay', revision: 1, value: { server: 'desk', name: 'pay', classes: ['payments'] } },
        { kind: 'tool', id: 'desk/look', revision: 1, value: { server: 'desk', name: 'look', classes: ['read'] } },
        { kind: 'policy', id: 'p', revision: 1, value: policy(condition, ['desk/pay']) },
      ];
      return [...signalsRead(applyChanges(emptyState('desk'), changes, 1, { engines }), { tool } as Call)];
    };
    const engines = await loadEngines();
    expect(read('context.signals has labels.trust && context.signals.labels.trust == "x"', 'pay')).toEqual(['labels']);
    expect(read('context has signals.scorer && context.signals.recentRate > 1', 'pay').sort()).toEqual([
      'recentRate',
      'scorer',
    ]);
    expect(read('context.signals == {recentRate: 1}', 'pay')).toHaveLength(4);
    expect(read('context.signals.recentRate > 1', 'look')).toEqual([]);
    expect(read('context.role == "signals"', 'pay')).toEqual([]);
  });
});
