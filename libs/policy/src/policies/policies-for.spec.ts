import type { PolicyPlace } from '@portcullis/contracts';
import { describe, expect, test } from 'vitest';
import { applyChanges, emptyState } from '../index.js';
import { callOf, engines, slice } from '../random-world.fixture.js';
import { given, type Edit } from '../unlock/answers.fixture.js';
import { policiesFor } from './policies-for.js';

const anywhere: PolicyPlace = { tools: null, classes: null, server: null, environment: null };
const policy = (id: string, places: readonly Partial<PolicyPlace>[], environment: string | null = null): Edit => [
  'policy',
  id,
  {
    ...{ name: id, version: 1, text: 'forbid (principal, action, resource);', environment },
    ...{ places: places.map((place) => ({ ...anywhere, ...place })), parameters: [] },
  },
];
/** The ids of the policies that are asked about a call of the tool: `read` is of class read, `pay` of payments and egress. */
const asked = (tool: string, ...edits: readonly Edit[]) => {
  const state = given(['tool', 'desk/pay', { server: slice, name: 'pay', classes: ['payments', 'egress'] }], ...edits);
  return policiesFor(state, callOf('a1', 'r1', tool)).map(({ id }) => id);
};

describe('the policies that are asked about a call', () => {
  test('are none where there are none, and none about a tool that is not registered', () => {
    expect(asked('read')).toEqual([]);
    expect(asked('read', policy('p', [{ tools: ['desk/pay'] }]))).toEqual([]);
    expect(asked('nothing', policy('p', [{}]))).toEqual([]);
  });

  test('come in the order of their ids, each once, wherever they are held', () => {
    const places = [{ tools: ['desk/pay'] }, { classes: ['payments'] }, { classes: ['egress'] }];
    expect(
      asked(
        'pay',
        policy('p4', [{}]),
        policy('p2', [{ tools: ['desk/pay'] }]),
        policy('p1', [{ classes: ['egress'] }]),
        policy('p3', places),
      ),
    ).toEqual(['p1', 'p2', 'p3', 'p4']);
  });

  test.each<[string, string, readonly Partial<PolicyPlace>[], boolean]>([
    ['is asked everywhere', 'read', [{}], true],
    ['is asked about its tool', 'read', [{ tools: ['desk/read'] }], true],
    ['is asked about no other tool', 'read', [{ tools: ['desk/pay'] }], false],
    ['is asked about its class', 'read', [{ classes: ['read'] }], true],
    ['is asked about no other class', 'read', [{ classes: ['payments'] }], false],
    ['is asked about one of the classes of the tool', 'pay', [{ classes: ['egress'] }], true],
    ['is asked about one of its classes', 'read', [{ classes: ['payments', 'read'] }], true],
    ['is asked about its tool beside a class', 'read', [{ tools: ['desk/read'], classes: ['payments'] }], true],
    ['is asked about its class beside a tool', 'read', [{ tools: ['desk/pay'], classes: ['read'] }], true],
    ['is asked in one of its places', 'read', [{ tools: ['desk/pay'] }, { tools: ['desk/read'] }], true],
    ['is asked on its server', 'read', [{ server: 'desk' }], true],
    ['is asked on no other server', 'read', [{ server: 'other' }], false],
    ['is asked in the environment of its place', 'read', [{ environment: 'prod' }], true],
    ['is asked in no other environment', 'read', [{ environment: 'staging' }], false],
    [
      'is asked about its tool on another server no more than about another tool here',
      'read',
      [{ tools: ['desk/read'], server: 'other' }, { tools: ['desk/pay'] }],
      false,
    ],
    [
      'is asked about its tool in another environment no more than about another class here',
      'read',
      [{ tools: ['desk/read'], environment: 'staging' }, { classes: ['payments'] }],
      false,
    ],
    [
      'is asked about its class on another server no more than about another tool or class here',
      'read',
      [
        { classes: ['read'], server: 'other' },
        { tools: ['desk/pay'], classes: ['payments'] },
      ],
      false,
    ],
  ])('one %s', (_what, tool, places, isAsked) => {
    expect(asked(tool, policy('p', places))).toEqual(isAsked ? ['p'] : []);
  });

  test.each<[string, string | null, boolean]>([
    ['of its own environment', 'prod', true],
    ['of every environment', null, true],
    ['of another environment', 'staging', false],
  ])('one %s', (_what, environment, isAsked) => {
    expect(asked('read', policy('p', [{}], environment))).toEqual(isAsked ? ['p'] : []);
  });

  test('are those of every environment alone while the server is not registered', () => {
    const edits = [
      ['tool', 'desk/read', { server: slice, name: 'read', classes: ['read'] }],
      policy('p1', [{}]),
      policy('p2', [{}], 'prod'),
      policy('p3', [{ environment: 'prod' }]),
    ] as const;
    const changes = edits.map(([kind, id, value]) => ({ kind, id, value, revision: 1 }));
    const state = applyChanges(emptyState(slice), changes, 1, { snapshot: true, engines });

    expect(policiesFor(state, callOf('a1', 'r1', 'read')).map(({ id }) => id)).toEqual(['p1']);
  });
});
