import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyChanges, decide, unlock, type Call, type Change, type State, type UnlockChange } from '../index.js';
import { callOf, calls, engines, interval, numbered, oneOf, slice, start } from '../random-world.fixture.js';

/** What somebody who follows the changes would have done: the objects written, the call made as it says, the amount made to fit. */
function following(state: State, call: Call, changes: readonly UnlockChange[]) {
  const revision = state.revision + 1;
  const then = applyChanges(
    state,
    changes.flatMap(({ feed }) => feed.map((edit) => ({ ...edit, revision }))),
    revision,
    { engines },
  );
  const made = changes.reduce<Call>(
    (before, { call: { claims, ...rest } }) => ({ ...before, ...rest, claims: { ...before.claims, ...claims } }),
    call,
  );
  const limits = changes.flatMap(({ mustSatisfy }) => mustSatisfy).map((text) => JSON.parse(text) as { value: number });
  const amount = Math.min(...limits.map(({ value }) => value));
  return { state: then, call: limits.length === 0 ? made : { ...made, arguments: { amount } } };
}

function outcomeAfter(state: State, call: Call, changes: readonly UnlockChange[]) {
  const after = following(state, call, changes);
  return decide(after.state, after.call).outcome;
}

/** Ten of each amount are left, and one call: in the first minute, the first hour, or any window that begins before its time. */
const usedUp = (before: number) => (_bucket: string, quota: { calls?: number | undefined }, from: number) =>
  from >= before ? Infinity : quota.calls === undefined ? 100_000 : 1;

const anyCall = fc
  .record({
    call: oneOf(calls),
    tool: oneOf(['read', 'pay', 'raw', 'brew', 'no such tool']),
    posture: oneOf(['fresh', 'fresh', 'stale', 'severed'] as const),
    rev: oneOf([0, 3]),
    exp: oneOf([0, 10, 10]),
    aud: oneOf(['http://desk', 'http://desk', 'http://elsewhere']),
    act: oneOf([undefined, undefined, { sub: 'a1', act: { sub: 'a2' } }]),
    conversation: oneOf([undefined, 'v1', 'v2']),
    definition: oneOf(['h1', 'h2', undefined]),
    left: oneOf([undefined, usedUp(1), usedUp(3_600_000), () => 0]),
  })
  .map(({ call, tool, posture, rev, exp, aud, act, conversation, definition, left }) => {
    const forUser = act?.sub === call.claims.agent ? { act, user: 'alice', sub: 'alice' } : {};
    const claims = { ...call.claims, rev, exp, aud, conversation, ...forUser } as Call['claims'];
    return { ...call, tool, definition, posture, staleSeconds: posture === 'stale' ? 10 : 0, claims, left };
  });

const oneWay = [
  /is retired/,
  /cannot be foreseen/,
  /No tool can have this name/,
  /not registered/,
  /No key signs/,
  /does not announce/,
];
const given = (...changes: readonly Omit<Change, 'revision'>[]) =>
  applyChanges(start(), numbered(changes, 2), 2, { engines });
const texts = (state: State, call: Call) => unlock(state, call).changes.map(({ text }) => text);

describe('unlocking', () => {
  test('following all that it says and asking again yields an allowance; where nothing can, it says why', () => {
    fc.assert(
      fc.property(interval, anyCall, (changes, call) => {
        const state = applyChanges(start(), numbered(changes, 2), 2, { engines });
        const { isPossible, changes: wanted, why } = unlock(state, call, { engines });
        if (isPossible) expect(outcomeAfter(state, call, wanted)).toBe('allow');
        else {
          expect(wanted).toEqual([]);
          expect(oneWay.some((reason) => reason.test(why))).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('nothing of it is in vain: without any one of the changes the call stays denied', () => {
    fc.assert(
      fc.property(interval, anyCall, (changes, call) => {
        const state = applyChanges(start(), numbered(changes, 2), 2, { engines });
        const wanted = unlock(state, call, { engines }).changes;
        for (const one of wanted)
          expect(
            outcomeAfter(
              state,
              call,
              wanted.filter((other) => other !== one),
            ),
          ).not.toBe('allow');
      }),
      { numRuns: 500 },
    );
  });

  test('an allowed call needs no change', () => {
    expect(unlock(start(), callOf('a1', 'r1', 'read'))).toEqual({ isPossible: true, changes: [], why: null });
  });

  test('names the agent to resume, the role, the grant, the task and the limit', () => {
    const suspended = given({ kind: 'agent-status', id: 'a1', value: { status: 'suspended' } });
    expect(texts(suspended, callOf('a1', 'r1', 'read'))).toEqual(['Resume agent a1']);
    expect(texts(start(), callOf('a2', 'r1', 'read'))).toEqual(['Assign role r1 in prod to a2']);
    const ungranted = given({ kind: 'grant', id: 'r1-raw', value: null });
    expect(texts(ungranted, callOf('a1', 'r1', 'raw', {}, { task: 'update' }))).toEqual([
      'Grant desk/raw to role r1 in prod for task update, without constraints',
    ]);
    const [limit] = unlock(start(), callOf('a1', 'r1', 'pay', { arguments: { amount: 120 } }), {
      words: (constraint) => `the ${(constraint as { path: string }).path} in words`,
    }).changes;
    expect(limit).toMatchObject({ kind: 'change-arguments', text: 'Change the arguments: the amount in words' });
  });

  test('a kill switch takes two people, and every one that covers the call has to be released', () => {
    const stop = (scope: string, target: string) => ({ scope, target, status: 'engaged', engagedAt: 0 });
    const state = given(
      { kind: 'kill-switch', id: 'k1', value: stop('agent', 'a1') },
      { kind: 'kill-switch', id: 'k2', value: stop('tool', `${slice}/read`) },
      { kind: 'kill-switch', id: 'k3', value: stop('agent', 'a2') },
    );
    const { changes } = unlock(state, callOf('a1', 'r1', 'read'));
    expect(changes.map(({ values, people }) => [values['engagement'], people])).toEqual([
      ['k2', 2],
      ['k1', 2],
    ]);
  });

  test('a changed definition is accepted beside those that are, as far as there is room', () => {
    const pinned = (...hashes: string[]) => {
      const definitions = hashes.map((hash) => ({ hash, inputSchema: { title: hash } }));
      return given({
        kind: 'tool',
        id: `${slice}/read`,
        value: { server: slice, name: 'read', classes: [], definitions },
      });
    };
    const call = callOf('a1', 'r1', 'read', { definition: 'other' });
    const [accept] = unlock(pinned('h1'), call).changes;
    expect(accept).toMatchObject({
      kind: 'accept-definition',
      text: 'Accept what the server says of read now',
      values: { tool: 'desk/read', definition: 'other' },
      feed: [{ value: { definitions: [{ hash: 'h1', inputSchema: { title: 'h1' } }, { hash: 'other' }] } }],
    });
    expect(unlock(pinned('1', '2', '3', '4', '5', '6', '7', '8'), call).why).toMatch(/8 definitions .* withdraw one/);
    expect(unlock(pinned('h1'), { ...call, definition: undefined }).why).toMatch(/does not announce read/);
  });

  test('what is retired stays so, and says what to do instead', () => {
    const retired = given({ kind: 'agent-status', id: 'a1', value: { status: 'retired' } });
    expect(unlock(retired, callOf('a1', 'r1', 'read'))).toEqual({
      isPossible: false,
      changes: [],
      why: 'Agent a1 is retired, which is one way: create another agent in its place.',
    });
  });

  test('a tainted credential is replaced, by one the agent has or by a new one', () => {
    const tainted = { kind: 'credential', id: 'c1', value: { agent: 'a1', status: 'tainted', expiresAt: null } };
    const other = { kind: 'credential', id: 'c9', value: { agent: 'a1', status: 'active', expiresAt: null } };
    expect(texts(given(tainted), callOf('a1', 'r1', 'read'))).toEqual([
      'Issue a new credential to a1',
      'Ask for a new token with the new credential',
    ]);
    expect(texts(given(tainted, other), callOf('a1', 'r1', 'read'))).toEqual([
      'Ask for a new token with credential c9',
    ]);
  });

  test('what begins later is waited for, by name of the instant', () => {
    const assignment = { agent: 'a1', role: 'r1', environment: 'prod', notBefore: 5_000, notAfter: null };
    const [wait] = unlock(
      given({ kind: 'assignment', id: 's1', value: assignment }),
      callOf('a1', 'r1', 'read'),
    ).changes;
    expect(wait).toMatchObject({ kind: 'wait', text: 'Wait until 1970-01-01 00:00:05 UTC', values: { until: 5_000 } });
  });

  test('of two limits only the one that is broken is named', () => {
    const constraints = [
      { kind: 'max', path: 'amount', value: 50 },
      { kind: 'max', path: 'amount', value: 100 },
    ];
    const value = { role: 'r1', environment: 'prod', tool: { id: `${slice}/pay` }, task: 'lookup', constraints };
    const rest = { notBefore: null, notAfter: null, staleSeconds: 0 };
    const state = given({ kind: 'grant', id: 'r1-pay', value: { ...value, ...rest } });
    expect(unlock(state, callOf('a1', 'r1', 'pay')).changes[0]?.mustSatisfy).toEqual([JSON.stringify(constraints[0])]);
  });

  test('a quota that is used up is waited for where that helps, else another grant is asked for', () => {
    const quota = (max: number, window = 'hour') => ({
      kind: 'quota',
      per: 'agent',
      window,
      amount: { path: 'amount', max },
    });
    const value = { role: 'r1', environment: 'prod', tool: { id: `${slice}/pay` }, task: 'lookup', constraints: [] };
    const rest = { notBefore: null, notAfter: null, staleSeconds: 0 };
    const limited = (...obligations: readonly object[]) =>
      given({ kind: 'grant', id: 'r1-pay', value: { ...value, ...rest, obligations } });
    const call = callOf('a1', 'r1', 'pay', { left: usedUp(1) });
    const anew = (instant: string) => `Wait until 1970-01-01 ${instant} UTC, when the quota begins anew`;
    const token = 'Ask for a new token';
    const another = 'Grant desk/pay to role r1 in prod for task lookup, without constraints';
    expect(texts(limited(quota(100)), call)).toEqual([anew('01:00:00'), token]);
    expect(texts(limited(quota(100), quota(100, 'minute')), call)).toEqual([anew('01:00:00'), token]);
    expect(texts(limited(quota(100), quota(59, 'minute')), call)).toEqual([another]);
    expect(texts(limited(quota(100)), { ...call, left: () => 0 })).toEqual([another]);
    expect(texts(limited(quota(100)), { ...call, left: undefined })).toEqual([]);
  });

  test('limits that leave no number are not asked to be met: another grant is', () => {
    const constraints = [
      { kind: 'min', path: 'amount', value: 90 },
      { kind: 'max', path: 'amount', value: 50 },
    ];
    const value = { role: 'r1', environment: 'prod', tool: { id: `${slice}/pay` }, task: 'lookup', constraints };
    const rest = { notBefore: null, notAfter: null, staleSeconds: 0 };
    const state = given({ kind: 'grant', id: 'r1-pay', value: { ...value, ...rest } });
    expect(texts(state, callOf('a1', 'r1', 'pay'))).toEqual([
      'Grant desk/pay to role r1 in prod for task lookup, without constraints',
    ]);
  });

  test('a conversation that does not allow the task is not stretched: another is opened', () => {
    const value = {
      ...{ role: 'r1', environment: 'prod', tool: { id: `${slice}/raw` }, task: 'execute', constraints: [] },
      ...{ notBefore: null, notAfter: null, staleSeconds: 0 },
    };
    const state = given({ kind: 'grant', id: 'r1-raw', value });
    expect(texts(state, callOf('a1', 'r1', 'raw', {}, { conversation: 'v1' }))).toEqual([
      'Open another conversation of a1 for task execute',
      'Ask for a new token for the new conversation and task execute',
    ]);
  });

  test('a policy that forbids, holds or fails is named, and the call is decided without it once it is retired', () => {
    const places = [{ tools: null, classes: null, server: null, environment: null }];
    const policy = (text: string) => ({ name: 'Quiet', version: 1, text, environment: null, places, parameters: [] });
    for (const text of [
      'forbid (principal, action, resource);',
      '@hold("finance") forbid (principal, action, resource);',
      'forbid (principal, action, resource) when { context.user == "nobody" };',
      'no Cedar',
    ]) {
      const state = given({ kind: 'policy', id: 'quiet', value: policy(text) });
      const [step] = unlock(state, callOf('a1', 'r1', 'read'), { engines }).changes;
      expect(step).toMatchObject({
        kind: 'retire-policy',
        values: { policy: 'quiet' },
        feed: [{ kind: 'policy', id: 'quiet', value: null }],
      });
      expect(outcomeAfter(state, callOf('a1', 'r1', 'read'), step ? [step] : [])).toBe('allow');
    }
  });
});
