import { describe, expect, test } from 'vitest';
import { applyChanges, decide, emptyState, type Call, type Change, type State } from './index.js';

const change = (kind: string, id: string, value: unknown, revision = 1): Change => ({ kind, id, revision, value });
const grant = (more: object = {}) => ({
  role: 'support',
  environment: 'prod',
  tool: { id: 'desk/read' },
  task: 'lookup',
  constraints: [],
  notBefore: null,
  notAfter: null,
  staleSeconds: 0,
  ...more,
});
const world: readonly Change[] = [
  change('server', 'desk', { name: 'Desk', environment: 'prod', resource: 'http://desk' }),
  change('tool', 'desk/read', { server: 'desk', name: 'read', classes: ['read'] }),
  change('agent-status', 'cs', { status: 'active' }),
  change('credential', 'key', { agent: 'cs', status: 'active', expiresAt: null }),
  change('assignment', 'as', { agent: 'cs', role: 'support', environment: 'prod' }),
  change('grant', 'g', grant()),
];
const call: Call = {
  claims: {
    iss: '',
    aud: 'http://desk',
    sub: 'cs',
    client_id: 'cs',
    iat: 0,
    exp: 10,
    jti: '',
    agent: 'cs',
    credential: 'key',
    instance: 'cs-1',
    role: 'support',
    environment: 'prod',
    task: 'lookup',
    rev: 5 as Call['claims']['rev'],
  },
  server: 'desk',
  tool: 'read',
  arguments: {},
  posture: 'fresh',
  staleSeconds: 0,
  now: 1,
};
const given = (): State => applyChanges(emptyState('desk'), world, 5, { snapshot: true });
const reason = (state: State) => decide(state, call).reason;

describe('applying changes', () => {
  test('a guard that has heard nothing denies', () => {
    expect(decide(emptyState('desk'), call)).toMatchObject({ outcome: 'deny', revision: 0 });
  });

  test('the server of the slice is at hand with its resource and environment, and others are not taken for it', () => {
    expect(given().server).toMatchObject({ id: 'desk', resource: 'http://desk', environment: 'prod' });

    const other = change('server', 'other', { name: 'Other', environment: 'staging', resource: 'http://other' }, 6);
    expect(applyChanges(given(), [other], 6).server).toEqual(given().server);
    expect(applyChanges(given(), [change('server', 'desk', null, 6)], 6).server).toBeUndefined();
  });

  test('P-F5 a decision cites the revision of the state, and an empty interval raises it', () => {
    expect(decide(given(), call)).toMatchObject({ outcome: 'allow', revision: 5 });
    expect(decide(applyChanges(given(), [], 8), call)).toMatchObject({ outcome: 'allow', revision: 8 });
  });

  test('a snapshot replaces everything, kill switches included', () => {
    const stop = change('kill-switch', 'k', { scope: 'agent', target: 'cs', status: 'engaged', engagedAt: 0 }, 6);
    const stopped = applyChanges(given(), [stop], 6);
    expect(reason(stopped)).toBe('kill_switch');

    expect(reason(applyChanges(stopped, world, 7, { snapshot: true }))).toBeNull();
    expect(reason(applyChanges(stopped, [], 7, { snapshot: true }))).toBe('agent_suspended');
  });

  test('P-B1 an older value does not undo a newer one, whatever arrives when', () => {
    const suspended = change('agent-status', 'cs', { status: 'suspended' }, 7);
    const active = change('agent-status', 'cs', { status: 'active' }, 6);

    expect(reason(applyChanges(applyChanges(given(), [suspended], 7), [active], 7))).toBe('agent_suspended');
    expect(reason(applyChanges(given(), [suspended, active], 7))).toBe('agent_suspended');
    expect(reason(applyChanges(given(), [active, suspended], 7))).toBe('agent_suspended');
  });

  test('an object that left may enter again with the revision it always had', () => {
    const left = applyChanges(given(), [change('grant', 'g', null, 1)], 6);
    expect(reason(left)).toBe('no_grant');

    expect(reason(applyChanges(left, [change('grant', 'g', grant(), 1)], 7))).toBeNull();
  });

  test('of an object that is named twice its highest revision counts, whichever comes first', () => {
    const [left, older] = [change('grant', 'g', null, 7), change('grant', 'g', grant({ task: 'lookup' }), 6)];
    expect(reason(applyChanges(given(), [left, older], 7))).toBe('no_grant');
    expect(reason(applyChanges(given(), [older, left], 7))).toBe('no_grant');
  });

  test('a grant that moves to another tool no longer gives the first', () => {
    const moved = applyChanges(given(), [change('grant', 'g', grant({ tool: { id: 'desk/other' } }), 6)], 6);
    expect(reason(moved)).toBe('no_grant');

    expect(reason(applyChanges(moved, [change('grant', 'g', grant({ tool: { class: 'read' } }), 7)], 7))).toBeNull();
  });

  test('an agent that holds a role by two assignments loses it with the second', () => {
    const again = change('assignment', 'as-2', { agent: 'cs', role: 'support', environment: 'prod' }, 6);
    const held = applyChanges(given(), [again], 6);
    const once = applyChanges(held, [change('assignment', 'as', null, 7)], 7);
    expect(reason(once)).toBeNull();

    expect(reason(applyChanges(once, [change('assignment', 'as-2', null, 8)], 8))).toBe('no_assignment');
  });

  test('P-D7 a grant whose rest cannot be read is void, and one whose place cannot be read is none', () => {
    expect(reason(applyChanges(given(), [change('grant', 'g', grant({ task: 'conquer' }), 6)], 6))).toBe(
      'guard_outdated',
    );
    expect(reason(applyChanges(given(), [change('grant', 'g', grant({ tool: { family: 'x' } }), 6)], 6))).toBe(
      'no_grant',
    );
    expect(reason(applyChanges(given(), [change('grant', 'g', 'everything', 6)], 6))).toBe('no_grant');
  });

  test('a value that cannot be read counts as absent for everything that gives', () => {
    for (const [kind, id, wanted] of [
      ['server', 'desk', 'wrong_audience'],
      ['tool', 'desk/read', 'tool_unknown'],
      ['agent-status', 'cs', 'agent_suspended'],
      ['credential', 'key', 'credential_revoked'],
      ['assignment', 'as', 'no_assignment'],
    ] as const)
      for (const value of [undefined, 7, 'x', [], {}, { status: 1 }])
        expect(reason(applyChanges(given(), [change(kind, id, value, 6)], 6)), `${kind} ${JSON.stringify(value)}`).toBe(
          wanted,
        );
  });

  test('P-F5 a cut-off cuts even when its value cannot be read, and never moves back', () => {
    const cut = applyChanges(given(), [change('cut-off', 'cs', undefined, 6)], 6);
    expect(decide(cut, call)).toMatchObject({ reason: 'token_invalid', rule: 'cut-off:cs' });

    expect(reason(applyChanges(cut, [change('cut-off', 'cs', { agent: 'cs' }, 3)], 7))).toBe('token_invalid');
  });

  test('P-D7 an unreadable kill switch denies every call until a readable value of it arrives', () => {
    const unreadable = applyChanges(given(), [change('kill-switch', 'k', undefined, 6)], 6);
    expect(decide(unreadable, call)).toMatchObject({ reason: 'guard_outdated', rule: 'kill-switch:k' });

    const released = change('kill-switch', 'k', { scope: 'agent', target: 'cs', status: 'released', engagedAt: 0 }, 7);
    expect(reason(applyChanges(unreadable, [released], 7))).toBeNull();
  });

  test('a tool whose id and value disagree is unknown', () => {
    const renamed = change('tool', 'desk/read', { server: 'desk', name: 'write', classes: ['read'] }, 6);
    expect(reason(applyChanges(given(), [renamed], 6))).toBe('tool_unknown');
  });
});
