import { callFor, loadCases, worldChanges } from '@portcullis/testkit';
import { describe, expect, test } from 'vitest';
import {
  applyChanges,
  decide,
  decisionEvent,
  emptyState,
  isListed,
  lastLook,
  stillAllowed,
  type Call,
  type Decision,
  type State,
} from './index.js';

const refund = loadCases().find(({ file }) => file === 'constraints/within.yaml');
if (!refund) throw new Error('the case of a refund within the limit is missing');
const state = applyChanges(emptyState('support-desk'), worldChanges(refund), 100, { snapshot: true });
const call = callFor(refund);
const read: Call = { ...call, tool: 'read_ticket' };

const stop = (target: string) => ({
  kind: 'kill-switch',
  id: 'k',
  revision: 101,
  value: { scope: 'agent', target, status: 'engaged', engagedAt: 0 },
});
const stopped = (target: string): State => applyChanges(state, [stop(target)], 101);

describe('listing', () => {
  test('P-G4 a constraint does not hide a tool', () => {
    const over = { ...call, arguments: { amount: 1_000 } };

    expect(decide(state, over).reason).toBe('constraint');
    expect(isListed(state, over)).toBe(true);
  });

  test('P-G4 what steps 1 to 5 deny is not listed', () => {
    expect(isListed(state, call)).toBe(true);
    expect(isListed(state, { ...call, posture: 'severed' })).toBe(false);
    expect(isListed(stopped('cs-prod'), call)).toBe(false);
    expect(isListed(state, { ...call, claims: { ...call.claims, exp: 0 } })).toBe(false);
    expect(isListed(state, { ...call, tool: 'nothing' })).toBe(false);
    expect(isListed(state, { ...call, claims: { ...call.claims, task: 'lookup' } })).toBe(false);
    expect(isListed(state, { ...call, posture: 'stale', staleSeconds: 1 })).toBe(false);
  });
});

describe('the last look', () => {
  test('P-A5 sees stops and posture', () => {
    expect(lastLook(state, call)).toBeUndefined();
    expect(lastLook(stopped('cs-prod'), call)).toMatchObject({
      outcome: 'deny',
      reason: 'kill_switch',
      rule: 'kill-switch:k',
      revision: 101,
    });
    expect(lastLook(state, { ...call, posture: 'severed' })).toMatchObject({ reason: 'posture_severed' });
    expect(lastLook(state, { ...call, posture: 'stale', staleSeconds: 0 })).toMatchObject({
      reason: 'posture_stale',
      detail: 'the lease has run out and no grant of this call allows that',
    });
    expect(lastLook(stopped('research'), call)).toBeUndefined();
  });

  test('P-A3 a stale guard goes on only within the allowance of a grant', () => {
    const value = {
      role: 'support',
      environment: 'prod',
      tool: { class: 'read' },
      task: 'lookup',
      constraints: [],
      notBefore: null,
      notAfter: null,
      staleSeconds: 20,
    };
    const allowing = applyChanges(state, [{ kind: 'grant', id: 'g', revision: 101, value }], 101);

    expect(lastLook(allowing, { ...read, posture: 'stale', staleSeconds: 20 })).toBeUndefined();
    expect(lastLook(allowing, { ...read, posture: 'stale', staleSeconds: 21 })).toMatchObject({
      reason: 'posture_stale',
    });
    expect(lastLook(allowing, { ...call, posture: 'stale', staleSeconds: 1 })).toMatchObject({
      reason: 'posture_stale',
    });
  });

  test('P-A5 a call in flight loses its right to whatever the whole list denies', () => {
    expect(stillAllowed(state, call)).toBe(true);
    expect(stillAllowed(state, { ...call, now: call.claims.exp * 1000 })).toBe(false);
    expect(
      stillAllowed(
        applyChanges(state, [{ kind: 'grant', id: 'support-refund', revision: 101, value: null }], 101),
        call,
      ),
    ).toBe(false);
    expect(stillAllowed(stopped('cs-prod'), call)).toBe(false);
    expect(stillAllowed(stopped('research'), call)).toBe(true);
  });
});

describe('edges no case file can write down', () => {
  test('a call for another server is denied whatever the state holds', () => {
    expect(decide(state, { ...call, server: 'other' })).toMatchObject({ outcome: 'deny', reason: 'tool_unknown' });
  });

  test('a posture nobody has named is severed', () => {
    expect(decide(state, { ...call, posture: 'cheerful' as Call['posture'] }).reason).toBe('posture_severed');
  });

  test('P-A6 without a control time that is a number everything timed is over', () => {
    expect(decide(state, { ...call, now: Number.NaN }).reason).toBe('token_expired');
  });

  test('a parameter that the arguments only inherit is missing', () => {
    const inherited: unknown = Object.create({ amount: 5 });

    expect(decide(state, { ...call, arguments: inherited })).toMatchObject({
      reason: 'constraint',
      detail: 'amount is missing',
    });
  });

  test('a task nobody has named covers nothing', () => {
    const claims = { ...read.claims, task: 'conquer' as Call['claims']['task'] };
    expect(decide(state, { ...read, claims }).reason).toBe('no_grant');
  });
});

describe('P-D4 the keys that sign tokens', () => {
  const life = { notBefore: call.now - 10, notAfter: call.now + 10 };
  const decided = (key: string | undefined, keys: Call['keys'], now = call.now) => {
    const { reason, rule } = decide(state, { ...call, key, keys, now });
    return [reason, rule];
  };

  test('a call is allowed whose token a key of now signed, from its beginning to before its end', () => {
    const keys = new Map([['k1', life]]);

    expect(decided('k1', keys)).toEqual([null, expect.any(String)]);
    expect(decided('k1', keys, life.notBefore)[0]).toBeNull();
    expect(decided('k1', keys, life.notBefore - 1)).toEqual(['token_invalid', 'signing-key:k1']);
    expect(decided('k1', keys, life.notAfter)).toEqual(['token_invalid', 'signing-key:k1']);
  });

  test('a call is denied whose token another key signed, or one that nobody names', () => {
    const keys = new Map([['k1', life]]);

    expect(decided('k2', keys)).toEqual(['token_invalid', 'signing-key:k2']);
    expect(decided(undefined, keys)[0]).toBe('token_invalid');
    expect(decided('k1', new Map())[0]).toBe('token_invalid');
    expect(stillAllowed(state, { ...call, key: 'k2', keys })).toBe(false);
    expect(isListed(state, { ...call, key: 'k2', keys })).toBe(false);
  });

  test('they are not asked about where the host holds none', () => {
    expect(decided(undefined, undefined)[0]).toBeNull();
  });
});

describe('the audit event of a decision', () => {
  const record = { id: 'd-1', at: 7, argumentsHash: 'h' };

  test('names agent, tool, rule, cause and revision', () => {
    const decision = decide(state, { ...call, arguments: { amount: 240 } });

    expect(decisionEvent(call, decision, record)).toEqual({
      type: 'decision',
      id: 'd-1',
      at: 7,
      revision: 100,
      agent: 'cs-prod',
      instance: 'cs-prod-1',
      credential: 'cs-prod-secret',
      role: 'support',
      task: 'execute',
      tool: 'refund',
      outcome: 'deny',
      reason: 'constraint',
      rule: 'grant:support-refund',
      detail: 'amount 240 is more than 100',
      observed: null,
      argumentsHash: 'h',
    });
  });

  test('cuts a tool name that no tool can have', () => {
    const long = { ...call, tool: 'x'.repeat(100_000) };

    const event = decisionEvent(long, decide(state, long), record);

    expect(event.tool).toHaveLength(129);
    expect(JSON.stringify(event).length).toBeLessThan(1_000);

    const longest = { ...call, tool: 'x'.repeat(128) };
    expect(decisionEvent(longest, decide(state, longest), record).tool).toBe(longest.tool);
  });

  test('says how much of the call is kept where its grant does, of several the most, and else nothing', () => {
    const kept = (...obligations: Decision['obligations']) =>
      decisionEvent(call, { ...decide(state, call), obligations }, record).audit;
    const digest = { kind: 'audit', level: 'digest' } as const;
    const full = { kind: 'audit', level: 'full' } as const;
    const size = { kind: 'size', maxBytes: 500 } as const;
    expect([kept(), kept(size), kept(size, digest), kept(full)]).toEqual([undefined, undefined, 'digest', 'full']);
    expect([kept(digest, full), kept(full, digest)]).toEqual(['full', 'full']);
    expect(decisionEvent(call, decide(state, call), record)).not.toHaveProperty('audit');
  });
});
