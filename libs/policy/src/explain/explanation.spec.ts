import { describe, expect, test } from 'vitest';
import { applyChanges, explain, type Call } from '../index.js';
import { callOf, engines, numbered, slice, start, type Unnumbered } from '../random-world.fixture.js';

const given = (...changes: readonly Unnumbered[]) => applyChanges(start(), numbered(changes, 2), 2, { engines });
const grant = (id: string, more: object = {}): Unnumbered => ({
  kind: 'grant',
  id,
  value: {
    ...{ role: 'r1', environment: 'prod', tool: { id: `${slice}/pay` }, task: 'lookup', constraints: [] },
    ...{ obligations: [], notBefore: null, notAfter: null, staleSeconds: 0 },
    ...more,
  },
});
const paid = callOf('a1', 'r1', 'pay');
/** One line a check: how it went, the grants left, and what was dropped. */
const told = (state: ReturnType<typeof start>, call: Call) =>
  explain(state, call).checks.map(({ name, outcome, denial, grants }) => {
    const dropped = grants?.dropped.map(({ rule, reason }) => `-${String(rule)}:${reason}`) ?? [];
    const rest = grants ? [`[${[...grants.left, ...dropped].join(' ')}]`] : [];
    return [name, outcome, ...(denial ? [denial.reason] : []), ...rest].join(' ');
  });

const early = [
  'is-severed',
  'is-stopped',
  'is-understood',
  'is-agent-active',
  'is-credential-live',
  'is-untainted',
  'is-token-live',
  'is-token-in-force',
  'is-conversation-open',
  'is-tool-known',
  'is-definition-accepted',
  'is-assigned',
];
const ofGrants = ['is-grant-understood', 'is-for-conversation', 'is-task-covered', 'is-in-window', 'may-be-stale'];
const all = [
  ...early,
  'is-granted',
  ...ofGrants,
  'is-within-constraints',
  'is-not-forbidden',
  'is-within-quota',
  'is-not-held',
  'needs-no-approval',
];
const passed = (names: readonly string[], rest = '') => names.map((name) => `${name} passed${rest}`);
const notReached = (after: string) => all.slice(all.indexOf(after) + 1).map((name) => `${name} not-reached`);

describe('what is asked, in words', () => {
  test('each check has its step and its question', () => {
    expect(explain(start(), paid).checks.map(({ name, step, question }) => [name, step, question])).toEqual([
      ['is-severed', 1, 'Is the guard in touch with the control plane?'],
      ['is-stopped', 2, 'Is no kill switch engaged over this call?'],
      ['is-understood', 2, 'Does this version understand everything in force?'],
      ['is-agent-active', 3, 'Are the agent, and those it came by, known and active?'],
      ['is-credential-live', 3, 'Is the credential known, this agent’s, live and in time?'],
      ['is-untainted', 3, 'Is nothing tainted that the token was made from?'],
      ['is-token-live', 3, 'Is the token in time, and its key one that signs?'],
      ['is-token-in-force', 3, 'Is the token for this server, neither revoked nor cut off?'],
      ['is-conversation-open', 3, 'Is the conversation, if there is one, this agent’s, open and for this environment?'],
      ['is-tool-known', 4, 'Is the tool registered at this server?'],
      ['is-definition-accepted', 4, 'Is what the server says of the tool what was accepted?'],
      ['is-assigned', 5, 'Does the agent hold the role in this environment now?'],
      ['is-granted', 5, 'Does any grant name the tool for the role here?'],
      ['is-grant-understood', 5, 'Does this version understand all of the grant?'],
      ['is-for-conversation', 5, 'Is the grant for this conversation, if it is for one alone?'],
      ['is-task-covered', 5, 'Does the token’s task cover what the grant asks for?'],
      ['is-in-window', 5, 'Does the grant hold at this time?'],
      ['may-be-stale', 5, 'Does the grant allow the guard’s posture?'],
      ['is-within-constraints', 6, 'Do the arguments keep within the grant’s constraints?'],
      ['is-not-forbidden', 8, 'Does no policy forbid it?'],
      ['is-within-quota', 9, 'Is enough left of the grant’s quotas?'],
      ['is-not-held', 10, 'Does no policy hold it for a person?'],
      ['needs-no-approval', 10, 'Does the grant let it run without asking a person?'],
    ]);
  });
});

describe('the way of a call through the checks', () => {
  test('that is allowed passes them all', () => {
    const left = ' [grant:r1-pay]';
    expect(told(start(), paid)).toEqual([
      ...passed(early),
      ...passed(['is-granted', ...ofGrants, 'is-within-constraints'], left),
      'is-not-forbidden passed',
      ...passed(['is-within-quota', 'is-not-held', 'needs-no-approval'], left),
    ]);
  });

  test('of a suspended agent ends before any grant is asked', () => {
    const suspended = given({ kind: 'agent-status', id: 'a1', value: { status: 'suspended' } });
    expect(told(suspended, paid)).toEqual([
      ...passed(early.slice(0, 3)),
      'is-agent-active denied agent_suspended',
      ...notReached('is-agent-active'),
    ]);
  });

  test('of a tool nobody knows ends there, and no grant is dropped for it', () => {
    expect(told(start(), callOf('a1', 'r1', 'brew'))).toEqual([
      ...passed(early.slice(0, 9)),
      'is-tool-known denied tool_unknown',
      ...notReached('is-tool-known'),
    ]);
  });

  test('that no grant names ends at the question for one', () => {
    const state = given({ kind: 'grant', id: 'r1-pay', value: null });
    expect(told(state, paid)).toEqual([...passed(early), 'is-granted denied no_grant []', ...notReached('is-granted')]);
  });

  test('loses a grant here and a grant there, and is denied by what is said of the first that was left', () => {
    const state = given(
      grant('a-later', { notBefore: 5_000 }),
      grant('b-wide', { task: 'execute' }),
      grant('c-little', { constraints: [{ kind: 'max', path: 'amount', value: 20 }] }),
      grant('r1-pay', { constraints: [{ kind: 'max', path: 'amount', value: 50 }] }),
    );
    const some = explain(state, paid);
    expect(told(state, paid)).toEqual([
      ...passed(early),
      ...passed(['is-granted', 'is-grant-understood', 'is-for-conversation']).map(
        (line) => `${line} [grant:a-later grant:b-wide grant:c-little grant:r1-pay]`,
      ),
      'is-task-covered passed [grant:a-later grant:c-little grant:r1-pay -grant:b-wide:no_grant]',
      'is-in-window passed [grant:c-little grant:r1-pay -grant:a-later:grant_window]',
      'may-be-stale passed [grant:c-little grant:r1-pay]',
      'is-within-constraints denied constraint [-grant:c-little:constraint -grant:r1-pay:constraint]',
      ...notReached('is-within-constraints'),
    ]);
    expect(some.checks.find(({ outcome }) => outcome === 'denied')?.denial).toEqual({
      reason: 'constraint',
      rule: 'grant:c-little',
      detail: 'amount 60 is more than 20',
    });
    expect(some.obligations).toEqual([]);
  });

  test('that a policy forbids is denied after its grants were asked', () => {
    const policy = {
      ...{ name: 'P', version: 1, environment: null, parameters: [] },
      text: 'forbid (principal == Agent::"a1", action, resource);',
      places: [{ tools: null, classes: null, server: null, environment: null }],
    };
    const state = given({ kind: 'policy', id: 'p1', value: policy });
    expect(told(state, paid).slice(18)).toEqual([
      'is-within-constraints passed [grant:r1-pay]',
      'is-not-forbidden denied policy',
      ...notReached('is-not-forbidden'),
    ]);
  });

  test('that a person has to approve is held by the last question', () => {
    const state = given(grant('r1-pay', { obligations: [{ kind: 'approval', group: 'finance', unless: [] }] }));
    expect(told(state, paid).at(-1)).toBe(
      'needs-no-approval denied approval_required [-grant:r1-pay:approval_required]',
    );
    expect(told(state, paid)[21]).toBe('is-not-held passed [grant:r1-pay]');
    expect(explain(state, paid).obligations).toEqual([]);
  });
});

describe('what is done about a call', () => {
  const quota = { kind: 'quota', per: 'agent', window: 'day', amount: { path: 'amount', max: 500 } };
  const size = { kind: 'size', maxBytes: 10_000 };
  const approval = { kind: 'approval', group: 'finance', unless: [{ kind: 'max', path: 'amount', value: 100 }] };

  test('that is allowed is what its grant promises, without an approval that it does not need', () => {
    const state = given(grant('r1-pay', { obligations: [size, approval, quota] }));
    expect(explain(state, paid)).toMatchObject({
      decision: { outcome: 'allow', rule: 'grant:r1-pay' },
      obligations: [size, quota],
    });
  });

  test('is that of the grant that gives it and of no other', () => {
    const state = given(
      grant('a-first', { obligations: [size], constraints: [{ kind: 'max', path: 'amount', value: 5 }] }),
      grant('r1-pay', { obligations: [quota] }),
    );
    expect(explain(state, paid).obligations).toEqual([quota]);
  });

  test('that is denied is nothing', () => {
    const limit = { constraints: [{ kind: 'max', path: 'amount', value: 5 }] };
    const state = given(grant('r1-pay', { obligations: [size], ...limit }));
    expect(explain(state, paid).obligations).toEqual([]);
  });

  test('that is let through because its environment is observed is nothing', () => {
    const observed = { kind: 'environment', id: 'prod', value: { mode: 'observe', observeUntil: 9_000 } };
    const limit = { constraints: [{ kind: 'max', path: 'amount', value: 5 }] };
    const state = given(observed, grant('r1-pay', { obligations: [size], ...limit }));
    const { decision, obligations } = explain(state, paid);
    expect(decision.outcome).toBe('allow');
    expect(obligations).toEqual([]);
  });
});
