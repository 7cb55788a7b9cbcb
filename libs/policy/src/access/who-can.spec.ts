import { describe, expect, test } from 'vitest';
import { emptyState, whoCan, type WhoCanQuestion } from '../index.js';
import { slice, type Unnumbered } from '../random-world.fixture.js';
import { approval, max, min, quota, size } from './limits.fixture.js';
import { assigned, grant, later, world } from './scrambled-world.fixture.js';

const pay = (id: string, constraints: readonly object[], obligations: readonly object[] = [], more: object = {}) =>
  grant(id, 'r1', 'pay', { constraints, obligations, ...more });
const question = { tool: 'pay', path: 'amount', over: 50, now: 1_500 };
/** Of one agent, by the role that has the grants. */
const ways = (grants: readonly Unnumbered[], asked: Partial<WhoCanQuestion> = {}) =>
  whoCan(world(...grants), { ...question, ...asked })
    .filter(({ agent }) => agent === 'ant')
    .map(({ outcome, rule, upTo, conditions }) => [outcome, rule, upTo, ...conditions]);

test.each([NaN, Infinity, -Infinity])('nobody can do anything at a time that is none: %s', (now) => {
  const grants = [pay('a', [max(900)])];
  expect(ways(grants)).toEqual([['allow', 'grant:a', 900]]);
  expect(ways(grants, { now })).toEqual([]);
});

describe('the grant by which most can be done', () => {
  test.each<[string, readonly Unnumbered[], readonly unknown[]]>([
    ['is the one that goes further, first', [pay('a', [max(900)]), pay('b', [max(100)])], [['allow', 'grant:a', 900]]],
    ['is the one that goes further, last', [pay('a', [max(100)]), pay('b', [max(900)])], [['allow', 'grant:b', 900]]],
    ['is the first of two that go as far', [pay('a', [max(100)]), pay('b', [max(100)])], [['allow', 'grant:a', 100]]],
    [
      'is the one with fewer conditions, although the other goes further, last',
      [pay('a', [max(900), max(3, 'count')]), pay('b', [max(100)])],
      [['allow', 'grant:b', 100]],
    ],
    [
      'is the one with fewer conditions, although the other goes further, first',
      [pay('a', [max(100)]), pay('b', [max(900), max(3, 'count')])],
      [['allow', 'grant:a', 100]],
    ],
    [
      'is the one with one condition of one and two',
      [pay('a', [max(900), max(3, 'count'), max(4, 'days')]), pay('b', [max(100), max(3, 'count')])],
      [['allow', 'grant:b', 100, max(3, 'count')]],
    ],
    [
      'is, of two with a condition, the one that goes further',
      [pay('a', [max(100), max(3, 'count')]), pay('b', [max(900), max(4, 'days')])],
      [['allow', 'grant:b', 900, max(4, 'days')]],
    ],
    ['is the one without any limit', [pay('a', [max(100)]), pay('b', [])], [['allow', 'grant:b', null]]],
    ['is none that ends at what is asked', [pay('a', [max(50)])], []],
    ['is one that begins above what is asked', [pay('a', [min(60)])], [['allow', 'grant:a', null]]],
    ['is none whose limits contradict each other', [pay('a', [max(100), min(101)])], []],
    ['is none whose other limits contradict each other', [pay('a', [max(3, 'n'), min(4, 'n')])], []],
    ['is none where there is no grant', [], []],
    ['reckons with a quota', [pay('a', [max(900)], [size, quota(70)])], [['allow', 'grant:a', 70]]],
    ['reckons with no quota on something else', [pay('a', [max(900)], [quota(7, 'n')])], [['allow', 'grant:a', 900]]],
  ])('%s', (_what, grants, wanted) => {
    expect(ways(grants)).toEqual(wanted);
  });
});

describe('what more can be done once a person approves', () => {
  test.each<[string, readonly Unnumbered[], readonly unknown[]]>([
    ['nothing by a grant that asks nobody', [pay('a', [max(100)], [size])], [['allow', 'grant:a', 100]]],
    ['all by a grant that always asks', [pay('a', [max(100)], [approval()])], [['hold', 'grant:a', 100]]],
    [
      'what goes further',
      [pay('a', [max(900)], [approval(max(100))])],
      [
        ['allow', 'grant:a', 100],
        ['hold', 'grant:a', 900],
      ],
    ],
    [
      'what asks less of the arguments',
      [pay('a', [max(100)], [approval(max(3, 'count'))])],
      [
        ['allow', 'grant:a', 100, max(3, 'count')],
        ['hold', 'grant:a', 100],
      ],
    ],
    [
      'nothing where it goes no further',
      [pay('a', [max(100)]), pay('b', [max(100)], [approval()])],
      [['allow', 'grant:a', 100]],
    ],
    [
      'nothing where it goes less far and asks more',
      [pay('a', [max(900)]), pay('b', [max(100), max(3, 'count')], [approval()])],
      [['allow', 'grant:a', 900]],
    ],
    [
      'only that where a grant does not reach by itself',
      [pay('a', [max(900)], [approval(max(50))])],
      [['hold', 'grant:a', 900]],
    ],
    [
      'that of the widest grant',
      [pay('a', [max(100)], [approval()]), pay('b', [max(900)], [approval()])],
      [['hold', 'grant:b', 900]],
    ],
  ])('%s', (_what, grants, wanted) => {
    expect(ways(grants)).toEqual(wanted);
  });
});

describe('who can', () => {
  const grants = [pay('a', [max(100)], [quota(80), size])];

  test('is told whole, for every agent that holds the role', () => {
    const row = {
      ...{ role: 'r1', outcome: 'allow', rule: 'grant:a', task: 'lookup', upTo: 80, conditions: [] },
      obligations: [quota(80), size],
    };
    expect(whoCan(world(...grants), question)).toEqual(['ant', 'bee', 'cat'].map((agent) => ({ agent, ...row })));
  });

  test('without a number that is asked about, every limit is a condition', () => {
    expect(ways([pay('a', [max(100)])], { path: undefined, over: undefined })).toEqual([
      ['allow', 'grant:a', null, max(100)],
    ]);
    expect(ways([pay('a', [max(100)])], { over: undefined })).toEqual([['allow', 'grant:a', 100]]);
    expect(ways([pay('a', [], [quota(5)])], { path: undefined, over: undefined })).toEqual([
      ['allow', 'grant:a', null],
    ]);
  });

  test.each<[string, Unnumbered]>([
    ['is suspended', { kind: 'agent-status', id: 'bee', value: { status: 'suspended' } }],
    ['is not known', { kind: 'agent-status', id: 'bee', value: null }],
    [
      'has no live credential',
      { kind: 'credential', id: 'key-bee', value: { agent: 'bee', status: 'revoked', expiresAt: null } },
    ],
    ['has no credential', { kind: 'credential', id: 'key-bee', value: null }],
    [
      'is stopped',
      { kind: 'kill-switch', id: 'k', value: { scope: 'agent', target: 'bee', status: 'engaged', engagedAt: 0 } },
    ],
    ['does not hold the role', { ...assigned('bee', 'r1'), value: null }],
  ])('leaves out who %s', (_why, change) => {
    const rows = whoCan(later(world(...grants), change), question);
    expect(rows.map(({ agent }) => agent)).toEqual(['ant', 'cat']);
  });

  test.each<[string, Unnumbered]>([
    ['the tool is gone', { kind: 'tool', id: `${slice}/pay`, value: null }],
    [
      'the tool is stopped',
      {
        kind: 'kill-switch',
        id: 'k',
        value: { scope: 'tool', target: `${slice}/pay`, status: 'engaged', engagedAt: 0 },
      },
    ],
    [
      'the role is stopped',
      { kind: 'kill-switch', id: 'k', value: { scope: 'role', target: 'r1', status: 'engaged', engagedAt: 0 } },
    ],
    ['something in force is not understood', { kind: 'embargo', id: 'e1', value: {} }],
    ['the grant is gone', { kind: 'grant', id: 'a', value: null }],
    ['the grant is not in force yet', pay('a', [max(100)], [], { notBefore: 2_000 })],
    ['the grant is over', pay('a', [max(100)], [], { notAfter: 1_000 })],
    ['the grant is for another environment', pay('a', [max(100)], [], { environment: 'staging' })],
    ['the grant is for another tool', grant('a', 'r1', 'read')],
    ['the grant is not understood', pay('a', [{ kind: 'moon-phase' }])],
  ])('is nobody where %s', (_why, change) => {
    expect(whoCan(later(world(...grants), change), question)).toEqual([]);
  });

  test('is asked of the definition that the server gives', () => {
    const definitions = [{ hash: 'h1', inputSchema: {} }];
    const tool = { server: slice, name: 'pay', classes: [], definitions };
    const state = later(world(...grants), { kind: 'tool', id: `${slice}/pay`, value: tool });
    const agents = (definition?: string) => whoCan(state, { ...question, definition }).map(({ agent }) => agent);
    expect(agents()).toEqual(['ant', 'bee', 'cat']);
    expect(agents('h1')).toEqual(['ant', 'bee', 'cat']);
    expect(agents('h2')).toEqual([]);
  });

  test('holds a role elsewhere only is left out', () => {
    const state = later(world(...grants), assigned('dog', 'r1', 'staging'), {
      ...{ kind: 'agent-status', id: 'dog' },
      value: { status: 'active' },
    });
    expect(whoCan(state, question).map(({ agent }) => agent)).toEqual(['ant', 'bee', 'cat']);
    expect(whoCan(emptyState(slice), question)).toEqual([]);
  });
});
