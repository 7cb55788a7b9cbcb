import { describe, expect, test } from 'vitest';
import { applyChanges, decide, type Call, type Change, type State } from '../index.js';
import { keysOf } from '../keys-of.fixture.js';
import { callOf, engines, open, slice, start } from '../random-world.fixture.js';

const call = callOf('a1', 'r1', 'read');
const inRecord = callOf('a1', 'r1', 'read', {}, { conversation: 'v1' });
const applied = (state: State, ...changes: readonly Change[]) =>
  applyChanges(state, changes, Math.max(...changes.map(({ revision }) => revision)), { engines });
const valueOf = (kind: string, id: string) => open.find((one) => one.kind === kind && one.id === id)?.value as object;
const stop = (target: string, status = 'engaged') => ({ scope: 'agent', target, status, engagedAt: 0 });
const grant = (more: object) => ({ ...valueOf('grant', 'r1-read'), ...more });
const only = (id: string) => ({ id, agent: 'a1' });
const places = [{ tools: null, classes: null, server: null, environment: null }];
const policy = (text: string) => ({ name: 'p', version: 1, text, environment: null, places, parameters: [] });
const listed = (value: string) => ({ environment: 'prod', name: 'd', holds: 'email', entries: [value] });

type Late = readonly [kind: string, id: string, newer: unknown, older: unknown, asked?: Call];

/** Of each kind a newer value that denies the call, and the older one that would give it back. */
const late: readonly Late[] = [
  ['server', slice, { ...valueOf('server', slice), environment: 'staging' }, valueOf('server', slice)],
  ['tool', `${slice}/read`, { server: slice, name: 'other', classes: [] }, null],
  ['agent-status', 'a1', { status: 'suspended' }, { status: 'active' }],
  ['credential', 'c1', { agent: 'a2', status: 'active', expiresAt: null }, valueOf('credential', 'c1')],
  ['assignment', 's1', { agent: 'a1', role: 'r2', environment: 'prod' }, valueOf('assignment', 's1')],
  [
    'conversation',
    'v1',
    { ...valueOf('conversation', 'v1'), status: 'closed' },
    valueOf('conversation', 'v1'),
    inRecord,
  ],
  ['grant', 'r1-read', grant({ task: 'execute' }), grant({})],
  ['kill-switch', 'k', stop('a1'), stop('a1', 'released')],
  ['kill-switch', 'k', { scope: 5 }, stop('a1', 'released')],
  [
    'policy',
    'p',
    policy('forbid (principal, action, resource);'),
    policy('forbid (principal, action, resource) when { false };'),
  ],
  ['policy', 'p', 5, policy('forbid (principal, action, resource) when { false };')],
];

describe('a change that comes late', () => {
  test.each(late.map((one) => [`${one[0]} ${one[1]}`, one] as const))('does not undo a newer one: %s', (_what, one) => {
    const [kind, id, newer, older, asked = call] = one;
    expect(decide(start(), asked).outcome).toBe('allow');
    const state = applied(start(), { kind, id, revision: 9, value: newer });
    expect(decide(state, asked).outcome).toBe('deny');
    if (older !== null)
      expect(decide(applied(state, { kind, id, revision: 8, value: older }), asked).outcome).toBe('deny');
    expect(decide(applied(state, { kind, id, revision: 9, value: valueOf(kind, id) ?? null }), asked).outcome).toBe(
      'allow',
    );
  });

  test('does not move a cut-off back, and one of the same revision changes nothing', () => {
    const cut = (state: State, revision: number) => applied(state, { kind: 'cut-off', id: 'a1', revision, value: {} });
    const both = (revision: number) => [cut(cut(start(), 4), revision), cut(cut(start(), revision), 4)];
    expect(both(2).map((state) => decide(state, call).reason)).toEqual(['token_invalid', 'token_invalid']);
    expect(decide(cut(start(), 0), callOf('a1', 'r1', 'read', {}, { rev: -1 as never })).reason).toBe('token_invalid');
  });

  test('does not take a directory back to what it held', () => {
    const constraints = [{ kind: 'provenance', path: 'amount', holds: 'email', request: false, directories: ['d'] }];
    const state = applied(
      start(),
      { kind: 'grant', id: 'r1-read', revision: 2, value: grant({ constraints }) },
      { kind: 'directory', id: 'd', revision: 9, value: listed('new') },
      { kind: 'directory', id: 'd', revision: 8, value: listed('old') },
    );
    expect(state.directories.get('d')?.entries).toEqual(new Set(['new']));
  });
});

describe('a thing that is taken away', () => {
  test.each([
    ['cut-off', 'a1', {}],
    ['token-revocation', 'j9', { agent: 'a1', expiresAt: 10_000 }],
    ['embargo', 'e', {}],
    ['kill-switch', 'k', { scope: 5 }],
  ])('denies no more: %s', (kind, id, value) => {
    const asked = callOf('a1', 'r1', 'read', {}, { jti: 'j9', rev: 3 as never });
    const state = applied(start(), { kind, id, revision: 9, value });
    expect(decide(state, asked).outcome).toBe('deny');
    expect(decide(applied(state, { kind, id, revision: 10, value: null }), asked).outcome).toBe('allow');
  });
});

describe('a grant that is written anew', () => {
  const tool = { id: `${slice}/read` };
  test.each([
    ['to another role', { tool }, { tool, role: 'r2' }],
    ['in another environment', { tool }, { tool, environment: 'staging' }],
    ['for one conversation', { tool }, { tool, conversation: only('v2'), notAfter: 9_000 }],
    [
      'for another conversation',
      { tool, conversation: only('v1'), notAfter: 9_000 },
      { tool, conversation: only('v2'), notAfter: 9_000 },
    ],
    ['for another tool', { tool }, { tool: { id: `${slice}/raw` } }],
    ['for a class', { tool }, { tool: { class: 'payments' } }],
    ['for a tool instead of a class', { tool: { class: 'read' } }, { tool: { id: `${slice}/raw` } }],
    ['for another class', { tool: { class: 'read' } }, { tool: { class: 'payments' } }],
  ])('%s no longer stands where it stood', (_how, before, after) => {
    const asked = 'conversation' in before ? inRecord : call;
    const alone = applied(start(), { kind: 'grant', id: 'r1-read', revision: 2, value: null });
    const first = applied(alone, { kind: 'grant', id: 'g', revision: 3, value: grant(before) });
    expect(decide(first, asked)).toMatchObject({ outcome: 'allow', rule: 'grant:g' });
    const moved = applied(first, { kind: 'grant', id: 'g', revision: 4, value: grant(after) });
    expect(decide(moved, asked).reason).toBe('no_grant');
    expect(decide(applied(first, { kind: 'grant', id: 'g', revision: 4, value: null }), asked).reason).toBe('no_grant');
  });

  test('of a conversation leaves nothing behind when it goes, and what is beside it stays', () => {
    const wide = (id: string, more: object): Change => ({
      kind: 'grant',
      id,
      revision: 3,
      value: grant({ conversation: only('v1'), notAfter: 9_000, ...more }),
    });
    const both = applied(start(), wide('x', {}), wide('y', { tool: { class: 'payments' } }));
    const one = applied(both, { kind: 'grant', id: 'x', revision: 4, value: null });
    expect(keysOf(one.widened)).toHaveLength(1);
    expect(decide(one, callOf('a1', 'r1', 'pay', {}, { conversation: 'v1', task: 'lookup' })).outcome).toBe('allow');
    const none = applied(one, { kind: 'grant', id: 'y', revision: 5, value: null });
    expect(keysOf(none.widened)).toEqual([]);
  });
});

describe('of several that say no', () => {
  test('the first stop by id is named, and the first unreadable object', () => {
    const stops = ['k3', 'k1', 'k2'].map((id) => ({ kind: 'kill-switch', id, revision: 2, value: stop('a1') }));
    expect(decide(applied(start(), ...stops), call).rule).toBe('kill-switch:k1');
    const all = ['k3', 'k1', 'k2'].map((id) => ({
      kind: 'kill-switch',
      id,
      revision: 2,
      value: { ...stop(''), scope: 'everything' },
    }));
    expect(decide(applied(start(), ...all), call).rule).toBe('kill-switch:k1');
    const odd = ['e3', 'e1', 'e2'].map((id) => ({ kind: 'embargo', id, revision: 2, value: {} }));
    expect(decide(applied(start(), ...odd), call).rule).toBe('embargo:e1');
    expect(decide(applied(start(), ...odd.toReversed()), call).rule).toBe('embargo:e1');
  });

  test('the first assignment by id that does not hold now is named', () => {
    const over = ['s3', 's1', 's2'].map((id) => ({
      ...{ kind: 'assignment', id, revision: 2 },
      value: { agent: 'a1', role: 'r1', environment: 'prod', notAfter: 1 },
    }));
    expect(decide(applied(start(), ...over), call)).toMatchObject({ reason: 'no_assignment', rule: 'assignment:s1' });
  });
});
