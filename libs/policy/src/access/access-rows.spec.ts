import { describe, expect, test } from 'vitest';
import { effectiveAccess, emptyState } from '../index.js';
import { slice, type Unnumbered } from '../random-world.fixture.js';
import { accessTo, listed } from './effective-access.js';
import { freshCall } from './fresh-call.js';
import { assigned, grant, later, world } from './scrambled-world.fixture.js';

const now = 1_500;
const max = (value: number, path = 'amount') => ({ kind: 'max', path, value });
const approval = (...unless: readonly object[]) => ({ kind: 'approval', group: 'finance', unless });
const size = { kind: 'size', maxBytes: 10 };
const pay = (id: string, constraints: readonly object[], obligations: readonly object[] = [], more: object = {}) =>
  grant(id, 'r1', 'pay', { constraints, obligations, ...more });
const asked = { agent: 'bee', credential: 'key-bee', role: 'r1', tool: 'pay', now };
const lookup = (...grants: readonly Unnumbered[]) => accessTo(world(...grants), asked)[0];
const place = { tool: 'desk/pay', classes: ['payments'], role: 'r1', task: 'lookup' };
const given = (rule: string, more: object = {}) => ({
  ...{ rule, conditions: [], obligations: [], approval: 'never', notBefore: null, notAfter: null, staleSeconds: 0 },
  ...more,
});

describe('an access, whole', () => {
  test('that is given', () => {
    const window = { notBefore: 1_000, notAfter: 9_000, staleSeconds: 30 };
    expect(lookup(pay('a', [max(5)], [size], window), pay('b', [max(9)]))).toEqual({
      ...place,
      ...{ outcome: 'allow', reason: null, rule: 'grant:a', detail: null, observed: null },
      grants: [
        given('grant:a', { conditions: [max(5)], obligations: [size], ...window }),
        given('grant:b', { conditions: [max(9)] }),
      ],
    });
  });

  test('for which a person has to be asked', () => {
    expect(lookup(pay('a', [max(5)], [approval()]))).toEqual({
      ...place,
      ...{ outcome: 'hold', reason: 'approval_required', rule: 'grant:a', observed: null },
      detail: 'a person has to approve every call',
      grants: [given('grant:a', { conditions: [max(5)], obligations: [approval()], approval: 'always' })],
    });
  });

  test('that is not given, by task', () => {
    const told = accessTo(world(pay('a', [], [], { task: 'update' })), asked);
    expect(told.map(({ task, outcome, reason, rule, grants }) => [task, outcome, reason, rule, grants.length])).toEqual(
      [
        ['lookup', 'deny', 'no_grant', 'grant:a', 0],
        ['update', 'allow', null, 'grant:a', 1],
        ['execute', 'allow', null, 'grant:a', 1],
      ],
    );
    expect(told[0]).toMatchObject({ detail: 'the grant asks for update and the token is for lookup', observed: null });
  });

  test('of an agent that holds no role here', () => {
    const state = later(world(), assigned('dog', 'r1', 'staging'));
    const row = {
      ...{ classes: ['destructive'], role: null, task: null, outcome: 'deny', reason: 'no_assignment', rule: null },
      ...{ detail: 'dog holds no role in prod', grants: [], observed: null },
    };
    expect(effectiveAccess(state, 'dog', now)).toEqual([
      { ...row, tool: 'desk/list' },
      { ...row, tool: 'desk/pay', classes: ['payments'] },
      { ...row, tool: 'desk/read' },
    ]);
  });

  test('to a tool that is not there', () => {
    const [row] = accessTo(world(), { ...asked, tool: 'brew' });
    expect(row).toMatchObject({
      ...{ tool: 'brew', classes: [], role: 'r1', task: 'lookup' },
      ...{ outcome: 'deny', reason: 'tool_unknown', grants: [], observed: null },
    });
  });

  test('that is allowed only because its environment is observed names no grant, and what will be said', () => {
    const observed = { kind: 'environment', id: 'prod', value: { mode: 'observe', observeUntil: 9_000 } };
    const [row] = accessTo(world(observed, pay('a', [], [], { task: 'execute' })), asked);
    expect(row).toMatchObject({ outcome: 'allow', grants: [], observed: { reason: 'no_grant', outcome: 'deny' } });
    const [, , execute] = accessTo(world(observed, pay('a', [], [], { task: 'execute' })), asked);
    expect(execute).toMatchObject({ outcome: 'allow', observed: null, grants: [{ rule: 'grant:a' }] });
  });

  test('with a credential that is not live, or none', () => {
    const gone: Unnumbered = { kind: 'credential', id: 'key-bee', value: null };
    const rows = effectiveAccess(later(world(pay('a', [])), gone), 'bee', now);
    expect(new Set(rows.map(({ outcome, reason }) => `${outcome} ${String(reason)}`))).toEqual(
      new Set(['deny credential_revoked']),
    );
  });

  test('of what the server says of the tool', () => {
    const definitions = [{ hash: 'h1', inputSchema: {} }];
    const tool = { server: slice, name: 'pay', classes: [], definitions };
    const state = later(world(pay('a', [])), { kind: 'tool', id: `${slice}/pay`, value: tool });
    const told = (announced?: ReadonlyMap<string, string>) =>
      effectiveAccess(state, 'bee', now, announced)
        .filter((row) => row.tool === 'desk/pay' && row.role === 'r1' && row.task === 'lookup')
        .map(({ outcome, reason }) => [outcome, reason]);
    expect(told()).toEqual([['allow', null]]);
    expect(told(new Map([['pay', 'h1']]))).toEqual([['allow', null]]);
    expect(told(new Map([['pay', 'h2']]))).toEqual([['deny', 'definition_changed']]);
    expect(told(new Map([['read', 'h2']]))).toEqual([['allow', null]]);
  });
});

describe('the rule that decides', () => {
  const sometimes = [approval(max(5))];
  test.each<[string, readonly Unnumbered[], string]>([
    ['is the first where all have constraints', [pay('a', [max(5)]), pay('b', [max(9)])], 'allow grant:a'],
    ['is one without constraints', [pay('a', [max(5)]), pay('b', [])], 'allow grant:b'],
    [
      'is one without constraints that may ask, before one with',
      [pay('a', [max(5)]), pay('b', [], sometimes)],
      'allow grant:b',
    ],
    ['is one that never asks, before one that may', [pay('a', [], sometimes), pay('b', [])], 'allow grant:b'],
    ['is the first of two that never ask', [pay('a', [max(5)]), pay('b', []), pay('c', [])], 'allow grant:b'],
    ['is the first of two that may ask', [pay('a', [], sometimes), pay('b', [], sometimes)], 'allow grant:a'],
    [
      'is no one that always asks while another does not',
      [pay('a', [], [approval()]), pay('b', [max(5)])],
      'allow grant:b',
    ],
    [
      'is the first where all always ask',
      [pay('a', [max(5)], [approval()]), pay('b', [], [approval()])],
      'hold grant:a',
    ],
  ])('%s', (_what, grants, wanted) => {
    const row = lookup(...grants);
    expect(`${String(row?.outcome)} ${String(row?.rule)}`).toBe(wanted);
  });
});

describe('the grants that are listed', () => {
  const rules = (tool: string, ...grants: readonly Unnumbered[]) => {
    const state = world(...grants);
    return listed(state, freshCall(state, { ...asked, tool, task: 'lookup' })).map(({ rule }) => rule);
  };

  test('are those that pass every check but those about the arguments', () => {
    const grants = [
      pay('a', [max(5)]),
      pay('b', [], [], { task: 'execute' }),
      pay('c', [], [], { notBefore: 2_000 }),
      pay('d', [{ kind: 'moon-phase' }]),
      pay('e', [], [approval()]),
      grant('f', 'r2', 'pay'),
      grant('g', 'r1', 'read'),
    ];
    expect(rules('pay', ...grants)).toEqual(['grant:a', 'grant:e']);
    expect(rules('read', ...grants)).toEqual(['grant:g']);
    expect(rules('brew', ...grants)).toEqual([]);
    expect(listed(emptyState('x'), freshCall(emptyState('x'), { ...asked, task: 'lookup' }))).toEqual([]);
  });
});
