import { expect, test } from 'vitest';
import { accessDiff } from '../index.js';
import { slice, type Unnumbered } from '../random-world.fixture.js';
import { assigned, grant, later, world } from './scrambled-world.fixture.js';

const now = 1_500;
const max = (value: number) => ({ kind: 'max', path: 'amount', value });
const pay = (id: string, constraints: readonly object[] = [], more: object = {}) =>
  grant(id, 'r1', 'pay', { constraints, ...more });
const gone = (change: Unnumbered): Unnumbered => ({ ...change, value: null });
/** Of one agent: who else holds the role sees the same. */
const only = ['ant', 'cat'].map((agent) => gone(assigned(agent, 'r1')));
const told = (first: readonly Unnumbered[], ...then: readonly Unnumbered[]) => {
  const before = world(...first, ...only);
  return accessDiff(before, later(before, ...then), now);
};
const lines = (first: readonly Unnumbered[], ...then: readonly Unnumbered[]) =>
  told(first, ...then).map(({ change, tool, tasks }) => [change, tool, tasks.join('+')].join(' '));
const given = (rule: string, conditions: readonly object[]) => ({
  ...{ rule, conditions, obligations: [], approval: 'never', notBefore: null, notAfter: null, staleSeconds: 0 },
});
const place = { agent: 'bee', tool: 'desk/pay', classes: ['payments'], role: 'r1' };
const tasks = ['lookup', 'update', 'execute'];
const all = 'lookup+update+execute';

test('a difference has both sides, whole', () => {
  const side = { outcome: 'allow', reason: null, rule: 'grant:a', detail: null };
  expect(told([pay('a', [max(5)])], pay('a', [max(9)]))).toEqual([
    {
      ...{ change: 'changed', ...place, tasks },
      before: { ...side, grants: [given('grant:a', [max(5)])] },
      after: { ...side, grants: [given('grant:a', [max(9)])] },
    },
  ]);
  const denied = {
    ...{ outcome: 'deny', reason: 'no_grant', rule: null, grants: [] },
    detail: 'no grant gives pay to role r1',
  };
  expect(told([pay('a', [max(5)])], gone(pay('a')))).toEqual([
    {
      ...{ change: 'newly-denied', ...place, tasks },
      before: { ...side, grants: [given('grant:a', [max(5)])] },
      after: denied,
    },
  ]);
});

test('tasks that differ in different ways are told apart', () => {
  expect(lines([], pay('a'), pay('b', [], { task: 'update', staleSeconds: 5 }))).toEqual([
    'newly-allowed desk/pay lookup',
    'newly-allowed desk/pay update+execute',
  ]);
  expect(lines([pay('a', [max(5)], { task: 'update' })], pay('a', [max(9)], { task: 'lookup' }))).toEqual([
    'newly-allowed desk/pay lookup',
    'changed desk/pay update+execute',
  ]);
  expect(lines([pay('a'), pay('b', [max(5)], { task: 'execute' })], gone(pay('a')), gone(pay('b')))).toEqual([
    'newly-denied desk/pay lookup+update',
    'newly-denied desk/pay execute',
  ]);
});

test('tasks that are denied for the same reason by different rules are told apart', () => {
  const then = [
    gone(pay('z')),
    pay('a', [], { task: 'execute', notBefore: 9_000 }),
    pay('b', [], { task: 'lookup', notBefore: 9_000 }),
  ];
  const rules = told([pay('z')], ...then).map(({ after, tasks: which }) => [
    which.join('+'),
    after?.reason,
    after?.rule,
  ]);
  expect(rules).toEqual([
    ['lookup+update', 'grant_window', 'grant:b'],
    ['execute', 'grant_window', 'grant:a'],
  ]);
});

test.each<[string, readonly Unnumbered[], readonly Unnumbered[], readonly string[]]>([
  ['another grant that gives the same', [pay('a', [max(5)])], [gone(pay('a')), pay('b', [max(5)])], []],
  ['a second grant that gives the same', [pay('a', [max(5)])], [pay('b', [max(5)])], []],
  ['one of two that give the same', [pay('a', [max(5)]), pay('b', [max(5)])], [gone(pay('a'))], []],
  [
    'two grants that change places',
    [pay('a', [max(5)]), pay('b', [max(9)])],
    [pay('a', [max(9)]), pay('b', [max(5)])],
    [],
  ],
  ['a second grant that gives more', [pay('a', [max(5)])], [pay('b', [max(9)])], [`changed desk/pay ${all}`]],
  ['what was denied for one reason and is for another', [], [pay('a', [], { notBefore: 9_000 })], []],
  [
    'a tool that comes, with a grant for its class',
    [grant('a', 'r1', 'x', { tool: { class: 'payments' } })],
    [{ kind: 'tool', id: `${slice}/brew`, value: { server: slice, name: 'brew', classes: ['payments'] } }],
    [`newly-allowed desk/brew ${all}`],
  ],
  ['a role that is taken', [pay('a')], [gone(assigned('bee', 'r1'))], [`newly-denied desk/pay ${all}`]],
  ['a role that is taken and gave nothing', [], [gone(assigned('bee', 'r1'))], []],
  [
    'a credential that is revoked',
    [pay('a')],
    [{ kind: 'credential', id: 'key-bee', value: { agent: 'bee', status: 'revoked', expiresAt: null } }],
    [`newly-denied desk/pay ${all}`],
  ],
])('of %s', (_what, first, then, wanted) => {
  expect(lines(first, ...then)).toEqual(wanted);
});

test('a side that is not there is null', () => {
  const [taken] = told([pay('a')], gone(assigned('bee', 'r1')));
  expect(taken).toMatchObject({ ...place, before: { outcome: 'allow' }, after: null });
  const [came] = told([pay('a'), gone(assigned('bee', 'r1'))], assigned('bee', 'r1'));
  expect(came).toMatchObject({ ...place, change: 'newly-allowed', before: null, after: { outcome: 'allow' } });
});
