import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accessDiff, applyChanges, effectiveAccess, type AccessRow, type State } from '../index.js';
import { agents, interval, numbered, open, slice, start, type Unnumbered } from '../random-world.fixture.js';

const now = 1_500;
const after = (...changes: readonly Unnumbered[]) => applyChanges(start(), numbered(changes, 2), 2);
const grant = (more: object = {}) => ({
  ...{ role: 'r1', environment: 'prod', tool: { id: `${slice}/pay` }, task: 'lookup', constraints: [] },
  ...{ notBefore: null, notAfter: null, staleSeconds: 0 },
  ...more,
});
const max = (value: number) => ({ kind: 'max', path: 'amount', value });
const said = (before: State, then: State) =>
  accessDiff(before, then, now).map(({ change, agent, tool, role, tasks }) =>
    [change, agent, tool, role, tasks.join('+')].join(' '),
  );

describe('what differs between two states', () => {
  test('is nothing between a state and itself, or one that was built anew', () => {
    const anew = applyChanges(start(), open, 2, { snapshot: true });
    expect(accessDiff(start(), start(), now)).toEqual([]);
    expect(accessDiff(start(), anew, now)).toEqual([]);
  });

  test('comes with what is newly allowed on top, then what is newly denied, then what changed', () => {
    const then = after(
      { kind: 'grant', id: 'r1-pay', value: grant({ constraints: [max(50)] }) },
      { kind: 'grant', id: 'r1-read', value: null },
      { kind: 'assignment', id: 's3', value: { agent: 'a2', role: 'r1', environment: 'prod' } },
    );
    expect(said(start(), then)).toEqual([
      'newly-allowed a2 desk/pay r1 lookup+update+execute',
      'newly-allowed a2 desk/raw r1 lookup+update+execute',
      'newly-denied a1 desk/read r1 lookup+update+execute',
      'changed a1 desk/pay r1 lookup+update+execute',
    ]);
    const changed = accessDiff(start(), then, now).at(-1);
    expect(changed?.before?.grants).toMatchObject([{ rule: 'grant:r1-pay', conditions: [max(100)] }]);
    expect(changed?.after?.grants).toMatchObject([{ rule: 'grant:r1-pay', conditions: [max(50)] }]);
    expect(accessDiff(start(), then, now)[0]).toMatchObject({ before: null, after: { outcome: 'allow' } });
  });

  test('is told for each task, where a task makes the difference', () => {
    const then = after({ kind: 'grant', id: 'r1-pay', value: grant({ task: 'update', constraints: [max(100)] }) });
    expect(said(start(), then)).toEqual(['newly-denied a1 desk/pay r1 lookup']);
  });

  test('is nothing when a grant is replaced by one that gives the same, in whatever order its text stands', () => {
    const [value, kind, path] = [100, 'max', 'amount'];
    const then = after(
      { kind: 'grant', id: 'r1-pay', value: null },
      { kind: 'grant', id: 'another', value: grant({ constraints: [{ value, path, kind }] }) },
    );
    expect(said(start(), then)).toEqual([]);
  });

  test('is a change when only an obligation, an end or a stale allowance differs', () => {
    for (const more of [
      { obligations: [{ kind: 'size', maxBytes: 10 }] },
      { notAfter: 9_000 },
      { staleSeconds: 5 },
      { notBefore: 1 },
    ]) {
      const then = after({ kind: 'grant', id: 'r1-pay', value: grant({ constraints: [max(100)], ...more }) });
      expect(said(start(), then)).toEqual(['changed a1 desk/pay r1 lookup+update+execute']);
    }
  });

  test('tells apart what a person has to approve from what is given and what is not', () => {
    const held = grant({ constraints: [max(100)], obligations: [{ kind: 'approval', group: 'finance' }] });
    const [asks, gone] = [
      { kind: 'grant', id: 'r1-pay', value: held },
      { kind: 'grant', id: 'r1-pay', value: null },
    ];
    expect(said(start(), after(asks))).toEqual(['newly-held a1 desk/pay r1 lookup+update+execute']);
    expect(said(after(gone), after(asks))).toEqual(['newly-held a1 desk/pay r1 lookup+update+execute']);
    expect(said(after(asks), after(gone))).toEqual(['newly-denied a1 desk/pay r1 lookup+update+execute']);
    expect(said(after(asks), start())).toEqual(['newly-allowed a1 desk/pay r1 lookup+update+execute']);
    const tighter = { ...asks, value: { ...held, constraints: [max(5)] } };
    expect(said(after(asks), after(tighter))).toEqual(['changed a1 desk/pay r1 lookup+update+execute']);
  });

  test('is told as it is enforced, also where the environment is observed', () => {
    const observed = { kind: 'environment', id: 'prod', value: { mode: 'observe', observeUntil: 9_000 } };
    const revoked = { kind: 'grant', id: 'r1-read', value: null };
    expect(said(start(), after(observed))).toEqual([]);
    expect(said(after(observed), applyChanges(after(observed), numbered([revoked], 3), 3))).toEqual([
      'newly-denied a1 desk/read r1 lookup+update+execute',
    ]);
  });

  test('names what a class of tools brings or a switch takes, and what becomes of a tool that leaves', () => {
    const stop = { scope: 'agent', target: 'a1', status: 'engaged', engagedAt: 0 };
    expect(said(start(), after({ kind: 'kill-switch', id: 'k1', value: stop }))).toHaveLength(3);
    const gone = accessDiff(start(), after({ kind: 'tool', id: `${slice}/pay`, value: null }), now);
    expect(gone.map(({ agent, after: is }) => [agent, is])).toEqual([
      ['a1', null],
      ['a2', null],
    ]);
  });

  test('is found by asking for everything, in random worlds, also where only grants are compared', () => {
    const grants = interval.map((changes) => changes.filter(({ kind }) => kind === 'grant'));
    let differing = 0;
    fc.assert(
      fc.property(interval, fc.oneof(interval, grants), (first, second) => {
        const before = applyChanges(start(), numbered(first, 2), 2);
        const then = applyChanges(before, numbered(second, 3), 3);
        const told = accessDiff(before, then, now).flatMap(({ change, agent, tool, role, tasks }) =>
          tasks.map((task) => [change, agent, tool, role, task].join(' ')),
        );
        expect(told.toSorted()).toEqual(naive(before, then).toSorted());
        differing += told.length;
      }),
      { numRuns: 500 },
    );
    expect(differing).toBeGreaterThan(200);
  });
});

/** By the effective access of every agent on its own, row by row. */
function naive(before: State, then: State): string[] {
  const rows = (state: State, agent: string) =>
    new Map(
      effectiveAccess({ ...state, environments: new Map() }, agent, now)
        .filter(({ role }) => role !== null)
        .map((row) => [`${agent} ${row.tool} ${row.role ?? ''} ${row.task ?? ''}`, row]),
    );
  return agents.flatMap((agent) => {
    const [was, is] = [rows(before, agent), rows(then, agent)];
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
      const change = changeOf(was.get(key), is.get(key));
      return change === undefined ? [] : [`${change} ${key}`];
    });
  });
}

function changeOf(was: AccessRow | undefined, is: AccessRow | undefined): string | undefined {
  const gives = (row: AccessRow | undefined) =>
    [...new Set((row?.grants ?? []).map(({ rule: _rule, ...rest }) => JSON.stringify(rest)))].sort().join();
  const [before, after] = [was?.outcome ?? 'deny', is?.outcome ?? 'deny'];
  if (before !== after) return { allow: 'newly-allowed', hold: 'newly-held', deny: 'newly-denied' }[after];
  return after !== 'deny' && gives(was) !== gives(is) ? 'changed' : undefined;
}
