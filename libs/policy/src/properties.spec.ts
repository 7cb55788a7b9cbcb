import type { AccessTokenClaims } from '@portcullis/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChanges, decide, emptyState, isListed, lastLook, stillAllowed, type Call, type State } from './index.js';
import {
  callOf,
  calls,
  history,
  interval,
  keyOf,
  numbered,
  oneOf,
  open,
  slice,
  start,
  type Unnumbered,
} from './random-world.fixture.js';

const answers = (state: State) => calls.map((call) => decide(state, call));

describe('applying changes', () => {
  test('the world the properties start from allows some calls and denies others', () => {
    const outcomes = answers(start()).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'allow').length).toBeGreaterThan(5);
    expect(outcomes.filter((outcome) => outcome === 'deny').length).toBeGreaterThan(5);
  });

  test('applying an interval twice is harmless', () => {
    fc.assert(
      fc.property(interval, (changes) => {
        const once = applyChanges(start(), numbered(changes, 2), 2);
        const twice = applyChanges(once, numbered(changes, 2), 2);
        expect(answers(twice)).toEqual(answers(once));
      }),
    );
  });

  test('the order of changes within an interval does not matter', () => {
    const shuffled = interval.chain((changes) =>
      fc.tuple(fc.constant(changes), fc.shuffledSubarray([...changes], { minLength: changes.length })),
    );
    fc.assert(
      fc.property(shuffled, ([changes, other]) => {
        const one = applyChanges(start(), numbered(changes, 2), 2);
        expect(answers(applyChanges(start(), numbered(other, 2), 2))).toEqual(answers(one));
      }),
    );
  });

  test('P-D1 the state after every interval is the state of a snapshot at that revision', () => {
    fc.assert(
      fc.property(history, (intervals) => {
        let state = start();
        const held = new Map(open.map((entry) => [keyOf(entry), entry]));
        intervals.forEach((changes, index) => {
          const revision = index + 2;
          state = applyChanges(state, numbered(changes, revision), revision);
          for (const entry of numbered(changes, revision)) {
            if (entry.value === null) held.delete(keyOf(entry));
            else held.set(keyOf(entry), entry);
          }
          const snapshot = applyChanges(emptyState(slice), [...held.values()], revision, { snapshot: true });
          expect(answers(state)).toEqual(answers(snapshot));
        });
      }),
    );
  });

  test('a state is never changed by what is applied to it', () => {
    fc.assert(
      fc.property(history, (intervals) => {
        const before = start();
        const answered = answers(before);
        intervals.reduce(
          (state, changes, index) => applyChanges(state, numbered(changes, index + 2), index + 2),
          before,
        );
        expect(answers(before)).toEqual(answered);
      }),
    );
  });
});

describe('deciding', () => {
  test('engaging a kill switch never turns a denial into an allowance', () => {
    const stop = fc.record({
      scope: oneOf([
        'everything',
        'environment',
        'tool-class',
        'server',
        'tool',
        'agent',
        'role',
        'user',
        'conversation',
        'galaxy',
      ]),
      target: oneOf(['', 'prod', 'payments', 'destructive', slice, `${slice}/pay`, 'a1', 'r1', 'alice']),
    });
    fc.assert(
      fc.property(interval, stop, (changes, { scope, target }) => {
        const before = applyChanges(start(), numbered(changes, 2), 2);
        const value = { scope, target, status: 'engaged', engagedAt: 0 };
        const after = applyChanges(before, [{ kind: 'kill-switch', id: 'k9', revision: 3, value }], 3);
        calls.forEach((call) => {
          if (decide(before, call).outcome !== 'allow') expect(decide(after, call).outcome).toBe('deny');
        });
      }),
    );
  });

  test('a conversation that leaves, a revoked token and a taint never turn a denial into an allowance', () => {
    const reductions: readonly Unnumbered[] = [
      { kind: 'conversation', id: 'v1', value: null },
      { kind: 'token-revocation', id: 'j1', value: { agent: 'a1', expiresAt: 10_000 } },
      { kind: 'credential', id: 'c2', value: { agent: 'a2', status: 'tainted', expiresAt: null } },
      { kind: 'assignment', id: 's1', value: null },
    ];
    fc.assert(
      fc.property(interval, oneOf(reductions), (changes, reduction) => {
        const before = applyChanges(start(), numbered(changes, 2), 2);
        const after = applyChanges(before, numbered([reduction], 3), 3);
        for (const call of calls)
          if (decide(before, call).outcome === 'deny') expect(decide(after, call).outcome).toBe('deny');
      }),
    );
  });

  test('an allowed call is listed, passes the last look and is still allowed', () => {
    fc.assert(
      fc.property(interval, (changes) => {
        const state = applyChanges(start(), numbered(changes, 2), 2);
        for (const call of calls) {
          const isAllowed = decide(state, call).outcome === 'allow';
          expect(stillAllowed(state, call)).toBe(isAllowed);
          if (!isAllowed) continue;
          expect(isListed(state, call)).toBe(true);
          expect(lastLook(state, call)).toBeUndefined();
        }
      }),
    );
  });

  test('it never throws on arguments, and gives a denial or a call within the limit', () => {
    const hostile = fc.oneof(
      fc.anything({
        withBigInt: true,
        withNullPrototype: true,
        withObjectString: true,
        withMap: true,
        withTypedArray: true,
      }),
      fc.record({ amount: fc.oneof(fc.double(), fc.anything()) }),
    );
    fc.assert(
      fc.property(hostile, (args) => {
        const decision = decide(start(), callOf('a1', 'r1', 'pay', { arguments: args }));
        if (decision.outcome === 'allow') expect((args as { amount: number }).amount).toBeLessThanOrEqual(100);
        else expect(decision.reason).toBe('constraint');
      }),
      { numRuns: 500 },
    );
  });

  test('it never throws on text and numbers of any kind in claims, tool, posture and time, and denies', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      oneOf(['__proto__', 'constructor', 'a1', 'r1', 'c1', 'toString']),
    );
    const state = start();
    const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0));
    fc.assert(
      fc.property(text, text, text, text, number, number, (agent, credential, role, tool, exp, rev) => {
        fc.pre(!(agent === 'a1' && credential === 'c1' && role === 'r1'));
        const claims = {
          agent,
          sub: agent,
          client_id: agent,
          credential,
          role,
          exp,
          rev,
        } as unknown as AccessTokenClaims;
        const call = callOf(
          'a1',
          'r1',
          tool,
          { posture: credential, now: exp, staleSeconds: rev } as unknown as Call,
          claims,
        );
        expect(decide(state, call).outcome).toBe('deny');
        expect(decide(state, { ...call, posture: 'fresh' }).outcome).toBe('deny');
      }),
      { numRuns: 500 },
    );
  });

  test('arguments nested ten thousand deep and arrays of a million are decided like any others', () => {
    let deep: unknown = 5;
    for (let depth = 0; depth < 10_000; depth += 1) deep = { amount: deep };
    const long = new Array(1_000_000).fill(5);
    const throwing = Object.defineProperty({}, 'amount', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    for (const args of [
      deep,
      long,
      { amount: long },
      throwing,
      JSON.parse('{"amount":1e400}'),
      JSON.parse('{"__proto__":{"amount":5}}'),
    ])
      expect(decide(start(), callOf('a1', 'r1', 'pay', { arguments: args }))).toMatchObject({
        outcome: 'deny',
        reason: 'constraint',
      });
  });
});
