import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyChanges,
  asEnforced,
  decide,
  decisionEvent,
  isListed,
  lastLook,
  stillAllowed,
  type Call,
} from './index.js';
import { isOnlyObserved } from './observed.js';
import {
  callOf,
  calls,
  grantOf,
  interval,
  numbered,
  oneOf,
  slice,
  start,
  startWith,
  type Unnumbered,
} from './random-world.fixture.js';

const observeUntil = 2_000;
const observed: Unnumbered = { kind: 'environment', id: 'prod', value: { mode: 'observe', observeUntil } };
const observing = (...changes: readonly Unnumbered[]) => startWith(observed, ...changes);
const ungranted = { kind: 'grant', id: 'r1-read', value: null };
const enforced = new Set([
  ...['posture_severed', 'posture_stale', 'kill_switch', 'agent_suspended', 'credential_revoked', 'token_invalid'],
  ...['token_expired', 'wrong_audience', 'tool_unknown', 'no_assignment', 'guard_outdated'],
]);

/** Much is denied by grants alone: some are taken away, and roles that nobody holds are not asked for. */
const taken = fc
  .subarray(['r1-read', 'r1-pay', 'r2-read', 'r2-pay'])
  .map((ids) => ids.map((id) => ({ kind: 'grant', id, value: null })));
const heldCalls = calls.filter(({ claims }) => claims.role.slice(1) === claims.agent.slice(1));

describe('an observed environment', () => {
  test('decides every call as it would otherwise, and lets run only what grants deny, in random worlds', () => {
    const seen = { same: 0, ran: 0, enforced: 0 };
    fc.assert(
      fc.property(interval, taken, oneOf(heldCalls), (changes, gone, call) => {
        const plain = applyChanges(start(), numbered([...gone, ...changes], 2), 2);
        const state = applyChanges(plain, numbered([observed], 2), 2);
        const [then, now] = [decide(plain, call), decide(state, call)];
        if (then.outcome === 'allow') {
          expect(now).toEqual(then);
          seen.same += 1;
        } else if (now.outcome === 'allow') {
          const { outcome, reason, rule, detail } = then;
          expect(now.observed).toEqual({ outcome, reason, rule, detail });
          expect(enforced.has(reason ?? '')).toBe(false);
          expect(state.tools.get(call.tool)?.classes).not.toContain('destructive');
          expect([call.posture, call.now < observeUntil]).toEqual(['fresh', true]);
          seen.ran += 1;
        } else {
          expect(now).toEqual(then);
          seen.enforced += 1;
        }
      }),
      { numRuns: 2_000 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(50);
  });

  test('keeps what the grant that said no promises about a result, and charges none of its quotas', () => {
    const obligations = [
      { kind: 'fields', drop: ['card'] },
      { kind: 'quota', per: 'agent', window: 'day', calls: 5 },
    ];
    const constraints = [{ kind: 'max', path: 'amount', value: 10 }];
    const state = observing(grantOf('r1-pay', { constraints, obligations }));
    const decision = decide(state, callOf('a1', 'r1', 'pay'));
    expect(decision).toMatchObject({ outcome: 'allow', observed: { reason: 'constraint' }, charges: [] });
    expect(decision.obligations).toMatchObject([{ kind: 'fields', drop: ['card'] }]);
  });

  test('lists what would run, and hides a destructive tool that no grant gives', () => {
    const state = observing(ungranted, { kind: 'grant', id: 'r1-raw', value: null });
    const { arguments: _none, ...asked } = callOf('a1', 'r1', 'read');
    expect(isListed(state, asked)).toBe(true);
    expect(isListed(state, { ...asked, now: observeUntil })).toBe(false);
    expect(isListed(state, { ...asked, tool: 'raw' })).toBe(false);
  });

  test('takes a call in flight its right when the observation ends, by time or by a change', () => {
    const call = callOf('a1', 'r1', 'read');
    const state = observing(ungranted);
    expect([stillAllowed(state, call), lastLook(state, call)]).toEqual([true, undefined]);
    expect(stillAllowed(state, { ...call, now: observeUntil })).toBe(false);
    const ended = applyChanges(state, numbered([{ ...observed, value: null }], 3), 3);
    expect(stillAllowed(ended, call)).toBe(false);
    expect(lastLook(state, { ...call, posture: 'stale', staleSeconds: 1 })).toMatchObject({ reason: 'posture_stale' });
  });

  test('is another one only if it is the server’s own, whatever else arrives, in any order', () => {
    const call: Call = callOf('a1', 'r1', 'read');
    const other = { ...observed, id: 'staging' };
    const enforcing = { ...observed, value: { mode: 'enforce', observeUntil: null } };
    const outcome = (...changes: readonly Unnumbered[]) =>
      decide(applyChanges(start(), numbered([ungranted, ...changes], 2), 2), call).outcome;
    expect(outcome(other)).toBe('deny');
    expect([
      outcome(observed, { ...enforcing, id: 'staging' }),
      outcome({ ...enforcing, id: 'staging' }, observed),
    ]).toEqual(['allow', 'allow']);
    expect(outcome(enforcing, other)).toBe('deny');
  });

  test('is not brought back by a late message', () => {
    const ended = applyChanges(
      start(),
      numbered([{ ...observed, value: { mode: 'enforce', observeUntil: null } }], 5),
      5,
    );
    const late = applyChanges(ended, numbered([observed, ungranted], 4), 5);
    expect(decide(late, callOf('a1', 'r1', 'read')).outcome).toBe('deny');
  });

  test('is recorded with what would have been decided', () => {
    const call = callOf('a1', 'r1', 'read');
    const record = { id: 'd-1', at: 1, argumentsHash: 'h' };
    const { outcome, rule, observed: would } = decisionEvent(call, decide(observing(ungranted), call), record);
    expect([outcome, rule]).toEqual(['allow', 'environment:prod']);
    expect(would).toEqual({
      outcome: 'deny',
      reason: 'no_grant',
      rule: null,
      detail: 'no grant gives read to role r1',
    });
    expect(decisionEvent(call, decide(start(), call), record).observed).toBeNull();
  });

  test('observes no call of a tool that nobody knows, nor at a server that nobody knows', () => {
    const denial = { reason: 'no_grant', rule: null, detail: '' } as const;
    const call = callOf('a1', 'r1', 'read');
    expect(isOnlyObserved(observing(), call, denial)).toBe(true);
    expect(isOnlyObserved(observing(), { ...call, tool: 'nothing' }, denial)).toBe(false);
    const nowhere = observing({ kind: 'server', id: slice, value: null });
    expect(isOnlyObserved(nowhere, call, denial)).toBe(false);
  });

  test('is decided as enforced by a state in which nothing is observed, and any other is that state already', () => {
    const call = callOf('a1', 'r1', 'read');
    expect(decide(observing(ungranted), call).outcome).toBe('allow');
    expect(decide(asEnforced(observing(ungranted)), call)).toMatchObject({ outcome: 'deny', reason: 'no_grant' });
    const enforcing = startWith(ungranted);
    expect(asEnforced(enforcing)).toBe(enforcing);
  });
});
