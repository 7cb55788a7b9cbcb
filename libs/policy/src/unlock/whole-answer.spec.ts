import { expect, test } from 'vitest';
import { applyChanges, emptyState, unlock, type Call, type State, type UnlockChange } from '../index.js';
import { slice, start, engines } from '../random-world.fixture.js';
import {
  given,
  asked,
  plain,
  none,
  grant,
  credential,
  assignment,
  record,
  stop,
  one,
  token,
  created,
  opened,
  issued,
  released,
} from './answers.fixture.js';

const situations: readonly (readonly [string, State, Call, string | readonly UnlockChange[]])[] = [
  [
    'a lease that has run out',
    given(),
    asked({}, { posture: 'severed', staleSeconds: 99 }),
    [
      one('reach-control-plane', 'The guard has to reach the control plane again', {
        call: { posture: 'fresh', staleSeconds: 0 },
      }),
    ],
  ],
  [
    'a lease that has run out and a grant that allows none',
    given(plain),
    asked({}, { posture: 'stale', staleSeconds: 5 }),
    [
      one('reach-control-plane', 'The guard has to reach the control plane again', {
        call: { posture: 'fresh', staleSeconds: 0 },
      }),
    ],
  ],
  [
    'everything stopped',
    given(['kill-switch', 'k', stop('everything', '')]),
    asked(),
    [released('everything', '', 'everything')],
  ],
  ['a stop on a role', given(['kill-switch', 'k', stop('role', 'r1')]), asked(), [released('role', 'r1', 'role r1')]],
  [
    'a stop that cannot be read',
    given(['kill-switch', 'k', { scope: 5 }]),
    asked(),
    'What cannot be read cannot be foreseen: a kill switch this guard cannot read; update the guard, then ask again.',
  ],
  [
    'a suspended agent',
    given(['agent-status', 'a1', { status: 'suspended' }]),
    asked(),
    [
      one('resume-agent', 'Resume agent a1', {
        values: { agent: 'a1' },
        feed: [{ kind: 'agent-status', id: 'a1', value: { status: 'active' } }],
      }),
    ],
  ],
  [
    'a retired agent',
    given(['agent-status', 'a1', { status: 'retired' }]),
    asked(),
    'Agent a1 is retired, which is one way: create another agent in its place.',
  ],
  [
    'an agent nobody knows, with a role here',
    given(['agent-status', 'a1', null]),
    asked(),
    [
      one('create-agent', 'Create agent a1', {
        values: { agent: 'a1' },
        feed: [
          { kind: 'agent', id: 'a1', value: { name: 'a1' } },
          { kind: 'agent-status', id: 'a1', value: { status: 'active' } },
        ],
      }),
    ],
  ],
  [
    'an agent nobody knows, without a role',
    given(['agent-status', 'a1', null], ['assignment', 's1', null]),
    asked(),
    [
      one('assign-role', 'Assign role r1 in prod to a1', {
        values: { agent: 'a1', role: 'r1', environment: 'prod' },
        feed: [{ kind: 'assignment', id: 'new-assignment-1', value: { agent: 'a1', role: 'r1', environment: 'prod' } }],
      }),
      one('create-agent', 'Create agent a1', {
        values: { agent: 'a1' },
        feed: [
          { kind: 'agent', id: 'a1', value: { name: 'a1' } },
          { kind: 'agent-status', id: 'a1', value: { status: 'active' } },
        ],
      }),
    ],
  ],
  [
    'an agent behind it that is retired',
    given(['agent-status', 'a2', { status: 'retired' }]),
    asked({ act: { sub: 'a1', act: { sub: 'a2' } } }),
    [token('Ask for a new token that does not come from a2')],
  ],
  [
    'an agent behind it that is suspended',
    given(['agent-status', 'a2', { status: 'suspended' }]),
    asked({ act: { sub: 'a1', act: { sub: 'a2' } } }),
    [token('Ask for a new token')],
  ],
  [
    'a revoked credential',
    given(['credential', 'c1', credential('revoked')]),
    asked(),
    [
      issued,
      token(
        'Ask for a new token with the new credential',
        { credential: 'new-credential-1', rev: 3 },
        { credential: 'new-credential-1' },
      ),
    ],
  ],
  [
    'a revoked credential, and two others',
    given(
      ['credential', 'c1', credential('revoked')],
      ['credential', 'c8', credential('retiring')],
      ['credential', 'c7', credential('active')],
    ),
    asked(),
    [token('Ask for a new token with credential c7', { credential: 'c7' }, { credential: 'c7' })],
  ],
  [
    'a revoked credential, and others that are over, to come or of another',
    given(
      ['credential', 'c1', credential('revoked')],
      ['credential', 'c3', credential('active', { expiresAt: 1_500 })],
      ['credential', 'c4', credential('active', { notBefore: 1_501 })],
      ['credential', 'c5', credential('active', { agent: 'a2' })],
    ),
    asked(),
    [
      issued,
      token(
        'Ask for a new token with the new credential',
        { credential: 'new-credential-1', rev: 3 },
        { credential: 'new-credential-1' },
      ),
    ],
  ],
  [
    'a credential that begins later',
    given(['credential', 'c1', credential('active', { notBefore: 9_000 })]),
    asked(),
    [one('wait', 'Wait until 1970-01-01 00:00:09 UTC', { values: { until: 9000 }, call: { now: 9000 } })],
  ],
  [
    'a credential that begins when it is over',
    given(['credential', 'c1', credential('active', { notBefore: 9_000, expiresAt: 9_000 })]),
    asked(),
    [
      issued,
      token(
        'Ask for a new token with the new credential',
        { credential: 'new-credential-1', rev: 3 },
        { credential: 'new-credential-1' },
      ),
    ],
  ],
  [
    'a tainted credential behind it',
    given(['credential', 'c2', credential('tainted', { agent: 'a2' })]),
    asked({ via: ['c2'] }),
    [token('Ask for a new token that is not made from credential c2')],
  ],
  [
    'a tainted opener of its conversation',
    given(['credential', 'c2', credential('tainted', { agent: 'a2' })]),
    asked({ conversation: 'v1' }),
    [
      opened('lookup', { user: 'alice', tasks: ['lookup'] }),
      token(
        'Ask for a new token for the new conversation and task lookup',
        { conversation: 'new-conversation-1', task: 'lookup', rev: 3 },
        { task: 'lookup' },
      ),
    ],
  ],
  ['a token that has expired', given(), asked({ exp: 1 }), [token('Ask for a new token')]],
  [
    'a token for another server',
    given(),
    asked({ aud: 'http://elsewhere' }),
    [token('Ask for a new token for http://desk')],
  ],
  [
    'a token that no key signed, of a user',
    given(),
    asked(
      { act: { sub: 'a1' }, user: 'alice', sub: 'alice' },
      {
        key: 'k0',
        keys: new Map([
          ['k0', { notBefore: 0, notAfter: 1_500 }],
          ['k1', { notBefore: 1_500, notAfter: 2_000 }],
        ]),
      },
    ),
    [token('Ask for a new token', { sub: 'alice', act: { sub: 'a1' } }, {}, 'k1')],
  ],
  [
    'no key that signs',
    given(),
    asked({}, { key: 'k0', keys: new Map([['k0', { notBefore: 0, notAfter: 1_500 }]]) }),
    'No key signs tokens at this time, so there is no token to ask for.',
  ],
  [
    'a server that is not registered',
    applyChanges(start(), [{ kind: 'server', id: slice, revision: 2, value: null }], 2),
    asked(),
    'This server is not registered: register it first.',
  ],
  [
    'a conversation that is closed',
    given(['conversation', 'v1', record({ status: 'closed', digests: ['d'] })]),
    asked({ conversation: 'v1' }),
    [
      opened('lookup', { user: 'alice', tasks: ['lookup'], attributes: { customerId: '7' }, digests: ['d'] }),
      token(
        'Ask for a new token for the new conversation and task lookup',
        { conversation: 'new-conversation-1', task: 'lookup', rev: 3 },
        { task: 'lookup' },
      ),
    ],
  ],
  [
    'a conversation nobody knows',
    given(),
    asked({ conversation: 'v7', user: 'bob' }),
    [
      opened('lookup', { user: 'bob', tasks: ['lookup'] }),
      token(
        'Ask for a new token for the new conversation and task lookup',
        { conversation: 'new-conversation-1', task: 'lookup', rev: 3 },
        { task: 'lookup' },
      ),
    ],
  ],
  [
    'a conversation of another agent',
    given(['conversation', 'v1', record({ agent: 'a2', user: 'eve', tasks: ['execute'] })]),
    asked({ conversation: 'v1' }),
    [
      opened('lookup', { user: null, tasks: ['lookup'] }),
      token(
        'Ask for a new token for the new conversation and task lookup',
        { conversation: 'new-conversation-1', task: 'lookup', rev: 3 },
        { task: 'lookup' },
      ),
    ],
  ],
  [
    'a tool that is not registered',
    given(),
    asked({}, {}, 'brew'),
    [
      one('register-tool', 'Register tool brew at desk', {
        values: { server: 'desk', tool: 'brew' },
        feed: [{ kind: 'tool', id: 'desk/brew', value: { server: 'desk', name: 'brew', classes: [] } }],
      }),
      created('brew', 'lookup', 2),
    ],
  ],
  [
    'a name no tool can have',
    given(),
    asked({}, {}, 'no such tool'),
    'No tool can have this name: use the one the server announces.',
  ],
  [
    'a call to another server',
    given(),
    asked({}, { server: 'other' }),
    'This is the guard of desk: ask the one of other.',
  ],
  [
    'a role it does not hold',
    given(['assignment', 's1', null]),
    asked(),
    [
      one('assign-role', 'Assign role r1 in prod to a1', {
        values: { agent: 'a1', role: 'r1', environment: 'prod' },
        feed: [{ kind: 'assignment', id: 'new-assignment-1', value: { agent: 'a1', role: 'r1', environment: 'prod' } }],
      }),
    ],
  ],
  [
    'a role it will hold, by two assignments',
    given(
      ['assignment', 's1', assignment({ notBefore: 9_000 })],
      ['assignment', 's3', assignment({ notBefore: 8_000, notAfter: 9_000 })],
    ),
    asked(),
    [one('wait', 'Wait until 1970-01-01 00:00:08 UTC', { values: { until: 8000 }, call: { now: 8000 } })],
  ],
  [
    'a role it held',
    given(['assignment', 's1', assignment({ notAfter: 1_500 })]),
    asked(),
    [
      one('assign-role', 'Assign role r1 in prod to a1', {
        values: { agent: 'a1', role: 'r1', environment: 'prod' },
        feed: [{ kind: 'assignment', id: 'new-assignment-1', value: { agent: 'a1', role: 'r1', environment: 'prod' } }],
      }),
    ],
  ],
  [
    'an assignment that is over when it begins',
    given(['assignment', 's1', assignment({ notBefore: 9_000, notAfter: 9_000 })]),
    asked(),
    [
      one('assign-role', 'Assign role r1 in prod to a1', {
        values: { agent: 'a1', role: 'r1', environment: 'prod' },
        feed: [{ kind: 'assignment', id: 'new-assignment-1', value: { agent: 'a1', role: 'r1', environment: 'prod' } }],
      }),
    ],
  ],
  ['no grant', given(none), asked({ task: 'update' }), [created('read', 'update')]],
  [
    'a task nobody has named, and no grant',
    given(none),
    asked({ task: 'conquer' as 'lookup' }),
    [
      created('read', 'lookup'),
      token('Ask for a new token for task lookup', { task: 'lookup', rev: 3 }, { task: 'lookup' }),
    ],
  ],
  [
    'a grant for a larger task',
    given(['grant', 'r1-read', grant({ task: 'execute' })]),
    asked(),
    [token('Ask for a new token for task execute', { task: 'execute' }, { task: 'execute' })],
  ],
  [
    'a grant for a larger task than the conversation has',
    given(['grant', 'r1-read', grant({ task: 'update' })]),
    asked({ conversation: 'v1' }),
    [
      opened('update', { user: 'alice', tasks: ['lookup', 'update'] }),
      token(
        'Ask for a new token for the new conversation and task update',
        { conversation: 'new-conversation-1', task: 'update', rev: 3 },
        { task: 'update' },
      ),
    ],
  ],
  [
    'a grant to come',
    given(['grant', 'r1-read', grant({ notBefore: 9_000 })]),
    asked(),
    [one('wait', 'Wait until 1970-01-01 00:00:09 UTC', { values: { until: 9000 }, call: { now: 9000 } })],
  ],
  [
    'a grant that is over',
    given(['grant', 'r1-read', grant({ notAfter: 1_500 })]),
    asked(),
    [created('read', 'lookup')],
  ],
  [
    'a grant that cannot be understood',
    given(['grant', 'r1-read', grant({ constraints: [{ kind: 'moon-phase' }] })]),
    asked(),
    [created('read', 'lookup')],
  ],
  [
    'a grant that is broken once, beside one that is broken twice',
    given(
      ['grant', 'r1-read', grant({ task: 'execute', notBefore: 9_000 })],
      ['grant', 'z', grant({ task: 'update' })],
    ),
    asked(),
    [token('Ask for a new token for task update', { task: 'update' }, { task: 'update' })],
  ],
  [
    'two limits of a grant with an end',
    given([
      'grant',
      'r1-pay',
      grant(
        {
          notAfter: 9_000,
          constraints: [
            { kind: 'max', path: 'amount', value: 50 },
            { kind: 'one-of', path: 'currency', values: ['EUR'] },
          ],
        },
        'pay',
      ),
    ]),
    asked({}, {}, 'pay'),
    [
      one(
        'change-arguments',
        'Change the arguments: {"kind":"max","path":"amount","value":50}; {"kind":"one-of","path":"currency","values":["EUR"]}',
        {
          values: { grant: 'r1-pay' },
          mustSatisfy: [
            '{"kind":"max","path":"amount","value":50}',
            '{"kind":"one-of","path":"currency","values":["EUR"]}',
          ],
        },
      ),
    ],
  ],
  [
    'lists of values that have none in common',
    given([
      'grant',
      'r1-pay',
      grant(
        {
          constraints: [
            { kind: 'one-of', path: 'currency', values: ['EUR'] },
            { kind: 'equal', path: 'currency', value: 'USD' },
          ],
        },
        'pay',
      ),
    ]),
    asked({}, {}, 'pay'),
    [created('pay', 'lookup')],
  ],
  [
    'a policy under a name of its own',
    given([
      'policy',
      'p',
      {
        name: 'Quiet',
        version: 1,
        text: 'forbid (principal, action, resource);',
        environment: null,
        places: [{ tools: null, classes: null, server: null, environment: null }],
        parameters: [],
      },
    ]),
    asked(),
    [
      one('retire-policy', 'Retire policy Quiet (p), or publish it with a text that does not speak of this call', {
        values: { policy: 'p' },
        feed: [{ kind: 'policy', id: 'p', value: null }],
      }),
    ],
  ],
  [
    'a policy that cannot be read',
    given(['policy', 'p', 5]),
    asked(),
    'What cannot be read cannot be foreseen: a policy this guard cannot read; update the guard, then ask again.',
  ],
  [
    'an approval',
    given(['grant', 'r1-read', grant({ obligations: [{ kind: 'approval', group: 'finance', unless: [] }] })]),
    asked(),
    [created('read', 'lookup')],
  ],
  ['an empty state', emptyState(slice), asked(), 'This server is not registered: register it first.'],
];
test.each(situations)('against %s', (_title, state, call, answer) => {
  const { isPossible, changes, why } = unlock(state, call, { engines });

  expect(why ?? changes).toEqual(answer);
  expect(isPossible).toBe(typeof answer !== 'string');
});
