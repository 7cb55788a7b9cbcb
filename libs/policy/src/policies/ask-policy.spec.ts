import { describe, expect, test } from 'vitest';
import { applyChanges } from '../apply.js';
import { loadEngines } from '../engines/index.js';
import { emptyState } from '../state.js';
import type { Call } from '../types.js';
import { askPolicy } from './ask-policy.js';
import type { CedarRequest } from './cedar-json.js';

const engines = await loadEngines();
const anywhere = { tools: null, classes: null, server: null, environment: null };
const server = {
  kind: 'server',
  id: 'desk',
  revision: 1,
  value: { name: 'D', environment: 'prod', resource: 'http://d' },
};
const role = (id: string, name: string, environment: string) => ({
  ...{ kind: 'assignment', id, revision: 1 },
  value: { agent: 'bot', role: name, environment },
});

/** What a policy of this text says about a call, and what was handed over to it. */
function asked(text: string, more: Partial<Call> = {}, others: readonly object[] = [server]) {
  const parameters = [{ tool: 'desk/pay', path: ['amount'], type: 'long' }];
  const policy = { ...{ name: 'P', version: 1, text, environment: null }, places: [anywhere], parameters };
  const changes = [
    {
      kind: 'tool',
      id: 'desk/pay',
      revision: 1,
      value: { server: 'desk', name: 'pay', classes: ['payments', 'write'] },
    },
    { kind: 'tool', id: 'desk/ask', revision: 1, value: { server: 'desk', name: 'ask', classes: ['read'] } },
    { kind: 'policy', id: 'p', revision: 1, value: policy },
    ...others,
  ] as Parameters<typeof applyChanges>[1];
  const state = applyChanges(emptyState('desk'), changes, 1, { engines });
  const compiled = state.policies.byId.get('p');
  const { forbids } = compiled ?? {};
  if (!compiled || !forbids) throw new Error('the policy forbids nothing');
  let handed: CedarRequest | undefined;
  const set: typeof forbids.set = (request) => forbids.set((handed = request));
  const call = { claims: { agent: 'bot', role: 'payer' }, tool: 'pay', arguments: { amount: 5, note: 'x' }, ...more };
  return { answer: askPolicy(state, call as Call, compiled, { ...forbids, set }), handed };
}
const when = (condition: string) => `forbid (principal, action, resource) when { ${condition} };`;

describe('a policy that is asked about a call', () => {
  test('is told who calls what where, and nothing it does not read', () => {
    const { answer, handed } = asked('forbid (principal, action, resource);', { signals: { recentRate: 3 } });
    expect(answer).toEqual({ holds: [0] });
    expect(handed).toEqual({
      principal: { type: 'Agent', id: 'bot' },
      action: { type: 'Action', id: 'desk/pay' },
      resource: { type: 'Server', id: 'desk' },
      context: {},
      entities: [],
    });
  });

  test('is told of the context what it reads', () => {
    const read = (condition: string) => asked(when(condition), { signals: { recentRate: 3 } }).handed?.context;
    expect(read('context.role == "payer"')).toEqual({ role: 'payer' });
    expect(read('context.arguments.amount > 3')).toEqual({ arguments: { amount: 5 } });
    expect(read('context.signals.recentRate > 3')).toEqual({ signals: { recentRate: 3 } });
  });

  test.each<[string, string, readonly number[], readonly object[]]>([
    ['nothing of names by which nothing is in another', 'principal == Agent::"class:payments"', [], []],
    ['nothing of a tool that is named', 'action == Action::"desk/pay"', [0], []],
    ['nothing of a server that is named', 'resource == Server::"desk"', [0], []],
    [
      'the classes of the tool',
      'principal == Agent::"bot" && action in Action::"class:payments"',
      [0],
      [
        {
          uid: { type: 'Action', id: 'desk/pay' },
          attrs: {},
          parents: [
            { type: 'Action', id: 'class:payments' },
            { type: 'Action', id: 'class:write' },
          ],
        },
      ],
    ],
    [
      'the environment of the server',
      'principal == Agent::"bot" && resource in Environment::"prod"',
      [0],
      [{ uid: { type: 'Server', id: 'desk' }, attrs: {}, parents: [{ type: 'Environment', id: 'prod' }] }],
    ],
    [
      'the roles of the agent',
      'principal.roles.contains("payer")',
      [0],
      [{ uid: { type: 'Agent', id: 'bot' }, attrs: { roles: ['support', 'payer'] }, parents: [] }],
    ],
  ])('is told %s', (_what, condition, holds, entities) => {
    const roles = [role('1', 'support', 'prod'), role('2', 'payer', 'prod'), role('3', 'tester', 'staging')];
    const { answer, handed } = asked(when(condition), {}, [server, ...roles]);
    expect(handed?.entities).toEqual(entities);
    expect(answer).toEqual({ holds });
  });

  test.each([
    ['has no role at all', [server]],
    ['has roles in another environment only', [server, role('1', 'payer', 'staging')]],
  ])('is told of no roles where the agent %s', (_what, others) => {
    const { answer, handed } = asked(when('principal.roles.contains("payer")'), {}, others);
    expect(handed?.entities).toMatchObject([{ attrs: { roles: [] } }]);
    expect(answer).toEqual({ holds: [] });
  });

  test('is told of no environment where the server has none yet', () => {
    const { answer, handed } = asked(when('resource in Environment::"prod"'), {}, []);
    expect(handed?.entities).toMatchObject([{ parents: [{ type: 'Environment', id: '' }] }]);
    expect(answer).toEqual({ holds: [] });
  });

  test('fails over arguments that do not fit only if it reads them', () => {
    expect(asked(when('context.role == "payer"'), { arguments: 'five' }).answer).toEqual({ holds: [0] });
    expect(asked(when('context.arguments.amount > 3'), { arguments: 'five' })).toEqual({
      answer: { failed: 'the arguments are no object' },
      handed: undefined,
    });
  });

  test('fails over parameters of a tool it was not published for', () => {
    expect(asked(when('context.arguments.amount > 3'), { tool: 'ask' }).answer).toEqual({
      failed: 'amount is not what the policy was published for',
    });
  });

  test('fails over a tool that is not registered', () => {
    expect(asked(when('true'), { tool: 'other' })).toEqual({
      answer: { failed: 'the tool is not registered' },
      handed: undefined,
    });
  });
});
