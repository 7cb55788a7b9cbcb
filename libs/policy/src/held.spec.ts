import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heldBy, isCallerClear } from './held.js';
import { applyChanges, decide, emptyState, isListed, type Call } from './index.js';
import { callOf, calls, engines, interval, numbered, oneOf, open, slice, start } from './random-world.fixture.js';

const moments = [NaN, -1, 0, 999, 1_000, 1_999, 2_000, 4_999, 5_000, 9_999, 10_000, 19_999, 20_000, 1e13];
const ends = oneOf([500, 2_000, 20_000]);
const keySet = fc.record({ notBefore: oneOf([0, 1_000]), notAfter: ends }).map((life) => new Map([['k1', life]]));

/** The same token again, at another time, with other keys, at another server. */
const asked = fc.record({
  call: oneOf(calls),
  now: oneOf(moments),
  key: oneOf([undefined, 'k1', 'k2']),
  keys: fc.option(keySet, { nil: undefined }),
  server: oneOf([slice, slice, slice, 'other']),
  posture: oneOf(['fresh', 'fresh', 'stale', 'severed'] as const),
});

const again = ({ call, ...over }: { readonly call: Call } & Partial<Call>): Call => ({ ...call, ...over });

test('whatever was asked before with a token, and whenever, a call is decided as if it were the first', () => {
  fc.assert(
    fc.property(interval, fc.array(asked, { minLength: 2, maxLength: 12 }), (changes, series) => {
      const state = applyChanges(start(), numbered(changes, 2), 2);
      for (const one of series) {
        const call = again(one);
        const first = { ...call, claims: structuredClone(call.claims) };
        expect(decide(state, call)).toEqual(decide(state, first));
        expect(isListed(state, call)).toBe(isListed(state, first));
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a token is decided by the state at hand, though another was asked in between', () => {
  fc.assert(
    fc.property(interval, oneOf(calls), (changes, call) => {
      const before = start();
      const after = applyChanges(before, numbered(changes, 2), 2);
      const wanted = [before, after].map((state) => decide(state, { ...call, claims: structuredClone(call.claims) }));
      for (let turn = 0; turn < 2; turn += 1)
        expect([before, after].map((state) => decide(state, call))).toEqual(wanted);
    }),
    { numRuns: 300 },
  );
});

const ofGrants = interval.map((changes) => changes.filter(({ kind }) => kind === 'grant' || kind === 'policy'));

test('a token is decided by every state of a series as if it were the first, whether only grants changed or more', () => {
  const intervals = fc.array(fc.oneof({ weight: 3, arbitrary: ofGrants }, interval), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(intervals, fc.array(oneOf(calls), { minLength: 1, maxLength: 3 }), (series, asked) => {
      let state = start();
      const states = [state];
      series.forEach((changes, index) => {
        state = applyChanges(state, numbered(changes, 2 + index), 2 + index, { engines });
        states.push(state);
      });
      for (const one of [...states, ...states.toReversed()])
        for (const call of asked)
          expect(decide(one, call)).toEqual(decide(one, { ...call, claims: structuredClone(call.claims) }));
    }),
    { numRuns: 500 },
  );
});

const token = { exp: 30, conversation: 'v1' };
const given = callOf(
  'a1',
  'r1',
  'read',
  { key: 'k1', keys: new Map([['k1', { notBefore: 1_000, notAfter: 9_000 }]]) },
  token,
);
const credential = { agent: 'a1', status: 'active', notBefore: 1_100, expiresAt: 7_000 };
const assignment = { agent: 'a1', role: 'r1', environment: 'prod', notBefore: 1_200, notAfter: 6_000 };
const record = {
  ...{ agent: 'a1', user: 'alice', tasks: ['lookup'], attributes: {}, digests: [], status: 'open' },
  ...{ expiresAt: 8_000, credential: 'c2' },
};

const grantValue = () => open.find(({ kind, id }) => kind === 'grant' && id === 'r1-read')?.value as object;

/** The change under which it is what ends first, or begins last, and the milliseconds between which the call is allowed. */
const spans = [
  ['token_expired', [], { exp: 4 }, 1_000, 4_000],
  ['token_invalid', [], {}, 1_000, 9_000],
  ['token_invalid', [{ kind: 'conversation', id: 'v1', value: record }], {}, 1_000, 8_000],
  ['credential_revoked', [{ kind: 'credential', id: 'c1', value: credential }], {}, 1_100, 7_000],
  ['no_assignment', [{ kind: 'assignment', id: 's1', value: assignment }], {}, 1_200, 6_000],
] as const;

test.each(spans)('what says %s says so to the millisecond, with a token that was let pass before', (...span) => {
  const [reason, changes, claims, from, until] = span;
  const state = applyChanges(start(), numbered(changes, 2), 2);
  const call = { ...given, claims: { ...given.claims, ...claims } };
  const at = (now: number) => decide(state, { ...call, now });
  expect(at(1_500).outcome).toBe('allow');
  expect([at(from), at(until - 1)]).toMatchObject([{ outcome: 'allow' }, { outcome: 'allow' }]);
  expect(at(from - 1)).toMatchObject({ outcome: 'deny' });
  expect(at(until)).toMatchObject({ outcome: 'deny', reason });
});

test('a role that is held twice is held as long as either holds', () => {
  const other = { ...assignment, notBefore: 0, notAfter: 3_000 };
  const changes = [
    { kind: 'assignment', id: 's1', value: assignment },
    { kind: 'assignment', id: 's3', value: other },
  ];
  const state = applyChanges(start(), numbered(changes, 2), 2);
  const outcomes = [1_500, 3_000, 5_999, 1_100, 6_000].map((now) => decide(state, { ...given, now }).outcome);
  expect(outcomes).toEqual(['allow', 'allow', 'allow', 'allow', 'deny']);
});

test('a role that is over is not held on by another that is not', () => {
  const changes = [
    { kind: 'assignment', id: 's1', value: { ...assignment, notAfter: 3_000 } },
    { kind: 'assignment', id: 's3', value: { ...assignment, role: 'r2', notAfter: 9_000 } },
    { kind: 'assignment', id: 's4', value: { ...assignment, environment: 'staging', notAfter: 9_000 } },
  ];
  const state = applyChanges(start(), numbered(changes, 2), 2);
  const at = (now: number) => decide(state, { ...given, now });
  expect(at(2_999).outcome).toBe('allow');
  expect(at(3_000)).toMatchObject({ outcome: 'deny', reason: 'no_assignment', rule: 'assignment:s1' });
});

test('a stop on a tool or its class stops a token that was let pass before, and no other tool', () => {
  for (const stop of [
    { scope: 'tool', target: 'desk/pay' },
    { scope: 'tool-class', target: 'payments' },
  ]) {
    const engaged = { kind: 'kill-switch', id: 'k', value: { ...stop, status: 'engaged', engagedAt: 0 } };
    const state = applyChanges(start(), numbered([engaged], 2), 2);
    expect(decide(state, given).outcome).toBe('allow');
    expect(decide(state, { ...given, tool: 'pay' })).toMatchObject({ reason: 'kill_switch', rule: 'kill-switch:k' });
    expect(decide(state, { ...given, posture: 'severed', tool: 'pay' }).reason).toBe('posture_severed');
    expect(decide(state, given).outcome).toBe('allow');
  }
});

test('a call to another server is asked everything', () => {
  const value = { scope: 'server', target: 'other', status: 'engaged', engagedAt: 0 };
  const state = applyChanges(start(), numbered([{ kind: 'kill-switch', id: 'k', value }], 2), 2);
  expect(decide(state, given).outcome).toBe('allow');
  expect(decide(state, { ...given, server: 'other' }).reason).toBe('kill_switch');
  expect(decide(state, given).outcome).toBe('allow');
});

test('a token that was let pass is asked about again when it comes by another key, or other keys sign', () => {
  const state = start();
  const keys = new Map([['k1', { notBefore: 0, notAfter: 1_000 }]]);
  const reason = (over: Partial<Call> = {}) => decide(state, { ...given, ...over }).reason;
  expect([reason(), reason({ key: 'k2' }), reason()]).toEqual([null, 'token_invalid', null]);
  expect([reason({ keys }), reason(), reason({ keys: undefined })]).toEqual(['token_invalid', null, null]);
});

test('no question about a caller is left from the moment on at which the last of them falls silent', () => {
  const state = start();
  const held = heldBy(state, given);
  expect([held.clearFrom, held.clearUntil]).toEqual([1, 9]);
  const moments = [999, 1_000, 8_999, 9_000, NaN];
  const clear = moments.map((now) => isCallerClear(state, { ...given, now }, held));
  expect(clear).toEqual([false, true, true, false, false]);
  expect(isCallerClear(state, { ...given, server: 'other' }, held)).toBe(false);
});

test('a constraint may read the conversation of the call and no other', () => {
  const state = applyChanges(start(), numbered([{ kind: 'conversation', id: 'v2', value: record }], 2), 2);
  const { conversations, directories, tools } = heldBy(state, given).records;
  expect(conversations.get('v1')).toMatchObject({ attributes: {} });
  expect([conversations.get('v2'), conversations.get('')]).toEqual([undefined, undefined]);
  expect([directories, tools]).toEqual([state.directories, state.tools]);
});

describe('what was found out about a caller holds on where nothing but grants has changed', () => {
  const grant = { kind: 'grant', id: 'r1-read' };
  const widening = { ...grantValue(), conversation: { id: 'v1', agent: 'a1' }, notAfter: 9_000 };

  test('and the grants are those of the state that is asked, there and back', () => {
    const before = start();
    const without = applyChanges(before, numbered([{ ...grant, value: null }], 2), 2);
    const widened = applyChanges(without, numbered([{ kind: 'grant', id: 'w', value: widening }], 3), 3);
    const held = heldBy(before, given);
    const rules = [before, without, widened, without, before].map((state) => decide(state, given).rule);
    expect(rules).toEqual(['grant:r1-read', null, 'grant:w', null, 'grant:r1-read']);
    expect(heldBy(before, given)).toBe(held);
  });

  test('and nothing holds on where anything else has', () => {
    const before = start();
    const held = heldBy(before, given);
    const after = applyChanges(before, numbered([{ kind: 'agent-status', id: 'a2', value: null }], 2), 2);
    expect(heldBy(after, given)).not.toBe(held);
  });
});

describe('what a state holds about a token is looked up once', () => {
  const again = (): Call => ({ ...given, claims: { ...given.claims } });

  test('for as long as the state is asked, though other servers are asked in between', () => {
    const [state, other] = [start(), emptyState('other')];
    const held = heldBy(state, given);
    heldBy(other, given);
    expect(heldBy(state, given)).toBe(held);
    expect(heldBy(state, again())).not.toBe(held);
    expect(heldBy(start(), given)).not.toBe(held);
  });

  test('of 20,000 tokens, and not for ever of more', () => {
    const state = start();
    const first = again();
    const held = heldBy(state, first);
    for (let more = 1; more < 20_000; more += 1) heldBy(state, again());
    expect(heldBy(state, first)).toBe(held);
    heldBy(state, again());
    expect(heldBy(state, first)).not.toBe(held);
  });

  test('in the states of 64 servers, and not for ever of more', () => {
    const state = start();
    let servers = 0;
    const others = (count: number) => {
      for (const last = servers + count; servers < last; servers += 1) heldBy(emptyState(`server-${servers}`), given);
    };
    const first = heldBy(state, given);
    while (servers < 100 && heldBy(state, given) === first) others(1);
    const held = heldBy(state, given);
    others(62);
    expect(heldBy(state, given)).toBe(held);
    others(1);
    expect(heldBy(state, given)).not.toBe(held);
  });
});
