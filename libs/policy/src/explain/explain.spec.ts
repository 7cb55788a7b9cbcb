import { callFor, loadCases, worldChanges } from '@portcullis/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChanges, decide, emptyState, explain, type Call, type State } from '../index.js';
import { calls, engines, interval, numbered, start } from '../random-world.fixture.js';
import { namedCallChecks, namedGrantChecks, namedLastChecks, namedLateChecks } from '../decide.js';

const order = [
  ...Object.keys(namedCallChecks),
  'is-granted',
  ...Object.keys(namedGrantChecks),
  ...Object.keys(namedLateChecks),
  ...Object.keys(namedLastChecks),
];

/** What the checks of an explanation say by themselves. */
function toldByChecks(state: State, call: Call) {
  const { checks } = explain(state, call);
  const denied = checks.find(({ outcome }) => outcome === 'denied')?.denial;
  const last = checks.at(-1)?.grants?.left[0] ?? null;
  return {
    outcome: denied ? (denied.outcome ?? 'deny') : 'allow',
    reason: denied?.reason ?? null,
    rule: denied ? denied.rule : last,
    detail: denied?.detail ?? null,
  };
}

function expectTold(state: State, call: Call): void {
  const decision = decide(state, call);
  const { decision: explained, checks } = explain(state, call);
  expect(explained).toEqual(decision);
  expect(decision.observed ?? decision).toMatchObject(toldByChecks(state, call));
  expect(checks.map(({ name }) => name)).toEqual(order);
  const denied = checks.findIndex(({ outcome }) => outcome === 'denied');
  const reached = denied < 0 ? checks.length : denied;
  expect(checks.slice(0, reached).every(({ outcome }) => outcome === 'passed')).toBe(true);
  if (denied >= 0) expect(checks.slice(denied + 1).every(({ outcome }) => outcome === 'not-reached')).toBe(true);
}

describe('explaining', () => {
  test('gives the decision itself, and its checks lead to that decision, in random worlds', () => {
    fc.assert(
      fc.property(interval, (changes) => {
        const state = applyChanges(start(), numbered(changes, 2), 2, { engines });
        for (const call of calls) expectTold(state, call);
      }),
    );
  });

  test.each(loadCases().map((one) => [one.file, one] as const))('tells case %s as it is decided', (_file, one) => {
    const state = applyChanges(emptyState('support-desk'), worldChanges(one), one.given.revision ?? 100, {
      snapshot: true,
      engines,
    });
    expectTold(state, callFor(one));
  });

  test('P-G3 the checks come in the order of their steps, each with a question', () => {
    const { checks } = explain(start(), calls[0] as Call);
    const steps = checks.map(({ step }) => step);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(new Set(checks.map(({ question }) => question)).size).toBe(order.length);
  });

  test('of several grants it names those left after each check, and what each dropped one said', () => {
    const grant = (task: string, value: number) => ({
      ...{ role: 'r1', environment: 'prod', tool: { class: 'payments' }, task },
      ...{ constraints: [{ kind: 'max', path: 'amount', value }], notBefore: null, notAfter: null, staleSeconds: 0 },
    });
    const state = applyChanges(
      start(),
      [
        { kind: 'grant', id: 'much', revision: 2, value: grant('execute', 1_000) },
        { kind: 'grant', id: 'little', revision: 2, value: grant('lookup', 50) },
      ],
      2,
    );
    const call = calls.find(({ tool, claims }) => tool === 'pay' && claims.role === 'r1' && claims.agent === 'a1');
    const { checks } = explain(state, { ...(call as Call), arguments: { amount: 120 } });
    const grantsAt = (name: string) => checks.find((check) => check.name === name)?.grants;

    expect(grantsAt('is-granted')).toEqual({ left: ['grant:r1-pay', 'grant:little', 'grant:much'], dropped: [] });
    expect(grantsAt('is-task-covered')).toEqual({
      left: ['grant:r1-pay', 'grant:little'],
      dropped: [
        { reason: 'no_grant', rule: 'grant:much', detail: 'the grant asks for execute and the token is for lookup' },
      ],
    });
    expect(grantsAt('is-within-constraints')?.left).toEqual([]);
    expect(grantsAt('is-within-constraints')?.dropped.map(({ detail }) => detail)).toEqual([
      'amount 120 is more than 100',
      'amount 120 is more than 50',
    ]);
    expect(grantsAt('is-severed')).toBeUndefined();
  });
});
