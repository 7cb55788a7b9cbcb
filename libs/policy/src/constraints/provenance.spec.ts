import { conversationDigests, sha256Text } from '@portcullis/contracts/signed';
import { describe, expect, test } from 'vitest';
import { isForConversation } from '../checks/is-for-conversation.js';
import type { Engines } from '../engines.js';
import { grantsFor } from '../grants-for.js';
import { applyChanges, decide, explain, isListed, unlock, type Call, type Change, type State } from '../index.js';
import { keysOf } from '../keys-of.fixture.js';
import { callOf, numbered, slice, start, type Unnumbered } from '../random-world.fixture.js';
import { compileConstraint } from './compile-constraint.js';

const engines: Engines = { hash: { sha256: sha256Text } };
const account = { kind: 'provenance', path: 'payee', as: 'account', request: true };
const grant = (rest: object = {}) => ({
  ...{ role: 'r1', environment: 'prod', tool: { id: `${slice}/pay` }, task: 'lookup', constraints: [account] },
  ...{ notBefore: null, notAfter: null, staleSeconds: 0, ...rest },
});
const conversation = (values: readonly string[]) => ({
  ...{
    agent: 'a1',
    user: null,
    tasks: ['lookup'],
    attributes: {},
    status: 'open',
    expiresAt: 20_000,
    credential: null,
  },
  digests: conversationDigests('v1', values),
});

function given(...changes: readonly Unnumbered[]): State {
  return applyChanges(start(), numbered(changes, 2), 2, { engines });
}
const paying = (payee: unknown, within?: string): Call =>
  callOf('a1', 'r1', 'pay', { arguments: { payee } }, { conversation: within });
const rule = { kind: 'grant', id: 'r1-pay', value: grant() };
const asked = { kind: 'conversation', id: 'v1', value: conversation(['DE89 3704']) };

describe('provenance', () => {
  test('without a hash its grant is void, and so is one with an approval that needs it', () => {
    const without = (value: object) => applyChanges(start(), numbered([{ ...rule, value }, asked], 2), 2);
    const { outcome, reason } = decide(without(grant()), paying('DE89 3704', 'v1'));
    expect([outcome, reason]).toEqual(['deny', 'guard_outdated']);
    const approval = grant({ constraints: [], obligations: [{ kind: 'approval', group: 'g', unless: [account] }] });
    expect(decide(without(approval), paying('DE89 3704', 'v1')).reason).toBe('guard_outdated');
    expect(decide(given(rule, asked), paying('DE89 3704', 'v1')).outcome).toBe('allow');
  });

  test('nothing is learnt from history: what was allowed in one conversation passes in no other, however often', () => {
    const again = {
      kind: 'conversation',
      id: 'v2',
      value: { ...conversation([]), digests: conversationDigests('v2', ['GB33']) },
    };
    const state = given(rule, asked, again);
    for (let times = 0; times < 100; times += 1) expect(decide(state, paying('DE89 3704', 'v1')).outcome).toBe('allow');
    expect(decide(state, paying('DE89 3704', 'v2'))).toMatchObject({ outcome: 'deny', reason: 'constraint' });
    expect(decide(state, paying('GB33', 'v2')).outcome).toBe('allow');
  });

  test('a grant that is held is asked about last: after quotas, and nothing of it hides the tool', () => {
    const quota = { kind: 'quota', per: 'agent', window: 'day', calls: 1 };
    const state = given({ ...rule, value: grant({ obligations: [quota] }) });
    expect(decide(state, { ...paying('DE89'), left: () => 0 })).toMatchObject({ outcome: 'deny', reason: 'quota' });
    expect(decide(state, { ...paying('DE89'), left: () => 1 })).toMatchObject({
      outcome: 'hold',
      reason: 'approval_required',
    });
    expect(isListed(state, paying('DE89'))).toBe(true);
    expect(explain(state, paying('DE89')).checks.find(({ outcome }) => outcome === 'denied')).toMatchObject({
      name: 'needs-no-approval',
      denial: { outcome: 'hold', detail: 'payee has no record that says where it comes from' },
    });
  });

  test('a value that no longer stands in the record after a change is refused by the next decision', () => {
    const before = given(rule, asked);
    const emptied: Change = { kind: 'conversation', id: 'v1', revision: 3, value: conversation([]) };
    const after = applyChanges(before, [emptied], 3, { engines });
    expect([before, after].map((state) => decide(state, paying('DE893704', 'v1')).outcome)).toEqual(['allow', 'deny']);
  });

  test('every value of a list of 1,000 is looked up, and one more is refused unread', () => {
    const each = { ...account, path: 'payees.*' };
    const state = given({ ...rule, value: grant({ constraints: [each] }) }, asked);
    const many = (count: number) =>
      decide(
        state,
        callOf(
          'a1',
          'r1',
          'pay',
          { arguments: { payees: Array.from({ length: count }, () => 'DE89 3704') } },
          { conversation: 'v1' },
        ),
      );
    expect(many(1000).outcome).toBe('allow');
    expect(many(1001).detail).toMatch(/more items than are read/);
  });

  test('alone, a constraint refuses what no record can prove', () => {
    const check = compileConstraint(account, engines);
    const records = { conversations: new Map(), directories: new Map(), tools: new Map() };
    expect(check?.(paying('DE89'), records)).toBe('payee has no record that says where it comes from');
    expect(compileConstraint(account, engines, 'held')?.(paying('DE89'), records)).toBeUndefined();
  });
});

describe('what would unlock it', () => {
  const texts = (state: State, call: Call) => unlock(state, call, { engines }).changes.map(({ kind }) => kind);

  test('is another value where the user named one, and else another grant', () => {
    expect(texts(given(rule, asked), paying('GB33', 'v1'))).toEqual(['change-arguments']);
    const nothing = { ...asked, value: conversation([]) };
    expect(texts(given(rule, nothing), paying('GB33', 'v1'))).toEqual(['create-grant']);
    expect(texts(given(rule), paying('GB33'))).toEqual(['create-grant']);
  });

  test('is another value where a directory holds one', () => {
    const listed = { ...account, request: false, directories: ['payees', 'none'] };
    const directory = (entries: readonly string[]) => ({
      ...{ kind: 'directory', id: 'payees' },
      value: { environment: 'prod', name: 'Payees', holds: 'account', entries },
    });
    const ruled = { ...rule, value: grant({ constraints: [listed] }) };
    expect(texts(given(ruled, directory(['some-digest'])), paying('GB33', 'v1'))).toEqual(['change-arguments']);
    expect(texts(given(ruled, directory([])), paying('GB33', 'v1'))).toEqual(['create-grant']);
  });
});

describe('a grant of one conversation', () => {
  const widening = (id: string) =>
    grant({ constraints: [], notAfter: 9_000, tool: { class: 'destructive' }, conversation: { id, agent: 'a1' } });
  const put = (id: string, of: string) => ({ kind: 'grant', id, value: widening(of) });

  test('lies apart, so that thousands of other conversations are not looked at, and leaves nothing when it goes', () => {
    const without = given({ kind: 'grant', id: 'r1-raw', value: null }, asked);
    const others = Array.from({ length: 3_000 }, (_, n) => put(`w${n}`, `other-${n}`));
    const state = applyChanges(without, numbered([...others, put('mine', 'v1')], 3), 3, { engines });
    const call = callOf('a1', 'r1', 'raw', {}, { conversation: 'v1' });
    expect(grantsFor(state, call).map(({ id }) => id)).toEqual(['mine']);
    expect(grantsFor(state, callOf('a1', 'r1', 'raw'))).toEqual([]);
    expect(decide(state, call)).toMatchObject({ outcome: 'allow', rule: 'grant:mine' });
    const gone = [...others, put('mine', 'v1')].map((one) => ({ ...one, value: null }));
    const after = applyChanges(state, numbered(gone, 4), 4, { engines });
    expect([after.widened.size, after.grants.size, decide(after, call).reason]).toEqual([
      0,
      without.grants.size,
      'no_grant',
    ]);
  });

  test('moves with its conversation and role when it is written anew', () => {
    const state = given(put('w', 'v1'), asked);
    const moved = applyChanges(state, numbered([put('w', 'v2')], 3), 3, { engines });
    expect(keysOf(moved.widened)).toEqual(['v2 r1']);
  });

  test('passes for that conversation and for no other, wherever it lies', () => {
    const state = given(put('w', 'v1'), asked);
    const held = state.grants.get('w');
    const tool = state.tools.get('raw');
    if (!held || !tool) throw new Error('the world is another');
    const passes = (within?: string) =>
      isForConversation.passes(held, callOf('a1', 'r1', 'raw', {}, { conversation: within }), tool, state);
    expect([passes('v1'), passes('v2'), passes()]).toEqual([true, false, false]);
    expect(isForConversation.denial(held, callOf('a1', 'r1', 'raw'), tool, state)).toMatchObject({
      reason: 'no_grant',
      rule: 'grant:w',
      detail: 'the grant is for conversation v1 alone',
    });
  });
});
