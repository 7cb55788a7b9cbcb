import { describe, expect, test } from 'vitest';
import { loadDraftEngine } from '../engines/index.js';
import { readsOf, type PolicyReads } from './policy-reads.js';

const engine = await loadDraftEngine();
const read = (text: string) => readsOf(engine.parse(text));
const when = (condition: string) => read(`forbid (principal, action, resource) when { ${condition} };`);
const nothing: PolicyReads = {
  ...{ parameters: [], attributes: [], entities: [], roles: false },
  ...{ context: new Set(), signals: new Set() },
};
const context = (...names: string[]) => ({ context: new Set(names) });
const agent = (id: string) => ({ type: 'Agent', id });

describe('what statements read', () => {
  test.each<[string, string, Partial<PolicyReads>]>([
    ['nothing', 'true', {}],
    ['a word of the context', 'context.role == "x"', context('role')],
    ['a word in quotes', 'context["user"] == "x"', context('user')],
    ['what is asked to be there', 'context has user', context('user')],
    ['what is compared with a pattern', 'context.role like "a*b"', context('role')],
    ['what is computed with', 'if context.time.hour + 1 > 5 then true else false', context('time')],
    ['what stands in a list', '["x", context.role].contains(context.user)', context('role', 'user')],
    ['what stands in a record', '{ "Value": context.role, "Var": "principal" } == { "Value": "x" }', context('role')],
    ['what is read of a choice', '(if context.role == "x" then {a: 1} else {a: 2}) has a', context('role')],
    ['parameters', 'context.arguments.a == context.arguments["b"].c', { ...args(['a'], ['b', 'c']) }],
    [
      'parameters asked to be there',
      'context.arguments has a.b && context.arguments.a.b == 1',
      { ...args(['a', 'b']) },
    ],
    ['a conversation', 'context has conversation', context('conversation')],
    [
      'attributes of a conversation, each once',
      'context has conversation.tier && context.conversation.tier == "x" && context.conversation has lang',
      { ...context('conversation'), attributes: ['tier', 'lang'] },
    ],
    ['a signal', 'context.signals.labels.trust == "x"', { ...context('signals'), signals: new Set(['labels']) }],
    [
      'all signals, where none is named',
      'context has signals',
      { ...context('signals'), signals: new Set(['recentRate', 'provenance', 'labels', 'scorer']) },
    ],
    ['no signal we know', 'context.signals has other', context('signals')],
    ['the roles of the agent', 'principal.roles.contains("x")', { roles: true }],
    ['something else of the agent', 'principal has other && principal.other == "x"', {}],
    ['something else of that name', 'context.roles == ["x"] || resource.roles == ["x"]', context('roles')],
    ['who it is', 'principal == Agent::"a"', { entities: [agent('a')] }],
    ['among whom it is', 'principal in [Agent::"a", Agent::"b"]', { entities: [agent('a'), agent('b')] }],
    ['of what kind it is', 'principal is Agent', {}],
    ['an entity in a record', '{ a: Agent::"a" } == { a: principal }', { entities: [agent('a')] }],
  ])('is %s', (_what, condition, wanted) => expect(when(condition)).toEqual({ ...nothing, ...wanted }));

  function args(...parameters: string[][]) {
    return { ...context('arguments'), parameters };
  }

  test.each<[string, string, PolicyReads['entities']]>([
    ['none', 'principal, action, resource', []],
    ['none but kinds', 'principal is Agent, action, resource is Server', []],
    [
      'one of each',
      'principal == Agent::"a", action == Action::"t", resource == Server::"s"',
      [agent('a'), { type: 'Action', id: 't' }, { type: 'Server', id: 's' }],
    ],
    [
      'several actions',
      'principal, action in [Action::"t", Action::"u"], resource',
      [
        { type: 'Action', id: 't' },
        { type: 'Action', id: 'u' },
      ],
    ],
    [
      'where something of a kind is in',
      'principal, action, resource is Server in Environment::"e"',
      [{ type: 'Environment', id: 'e' }],
    ],
    ['where something is in', 'principal, action, resource in Environment::"e"', [{ type: 'Environment', id: 'e' }]],
  ])('are the entities a head names: %s', (_what, head, entities) => {
    expect(read(`forbid (${head});`)).toEqual({ ...nothing, entities });
  });

  test('is gathered from all statements, whether they say when or unless', () => {
    expect(
      read(`forbid (principal == Agent::"a", action, resource) when { context.role == "x" } unless { context has user };
            forbid (principal, action, resource) when { context.arguments has a && context.role == "y" };
            forbid (principal, action, resource) unless { context.arguments.a == 1 || context.arguments has b };`),
    ).toEqual({
      ...nothing,
      ...context('role', 'user', 'arguments'),
      parameters: [['a'], ['b']],
      entities: [agent('a')],
    });
    expect(readsOf([])).toEqual(nothing);
  });

  test.each([
    ['context == {}', 'write what of the context is meant, such as context.role'],
    ['context.arguments == {}', 'write which parameter is meant, such as context.arguments.amount'],
    ['context has arguments', 'write which parameter is meant, such as context.arguments.amount'],
  ])('cannot be the whole of it: %s', (condition, message) => expect(() => when(condition)).toThrow(message));

  test('may be the agent, the tool or the server as a whole', () => {
    expect(when('principal == resource || action == principal')).toEqual(nothing);
  });
});
