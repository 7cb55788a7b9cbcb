import type { AccessTokenClaims } from '@portcullis/contracts';
import { applyChanges, type Call, type UnlockChange } from '../index.js';
import { callOf, engines, numbered, slice, start } from '../random-world.fixture.js';

export type Edit = readonly [kind: string, id: string, value: unknown];

export const given = (...edits: readonly Edit[]) =>
  applyChanges(
    start(),
    numbered(
      edits.map(([kind, id, value]) => ({ kind, id, value })),
      2,
    ),
    2,
    { engines },
  );
export const asked = (claims: Partial<AccessTokenClaims> = {}, rest: Partial<Call> = {}, tool = 'read') =>
  callOf('a1', 'r1', tool, rest, claims);
export const plain: Edit = ['grant', 'r1-read', grant({})];
export const none: Edit = ['grant', 'r1-read', null];
export function grant(more: object, name = 'read') {
  const rest = { constraints: [], notBefore: null, notAfter: null, staleSeconds: 0 };
  return { role: 'r1', environment: 'prod', tool: { id: `${slice}/${name}` }, task: 'lookup', ...rest, ...more };
}
export const credential = (status: string, more: object = {}) => ({ agent: 'a1', status, expiresAt: null, ...more });
export const assignment = (more: object) => ({ agent: 'a1', role: 'r1', environment: 'prod', ...more });
export const record = (more: object = {}) => ({
  ...{ agent: 'a1', user: 'alice', tasks: ['lookup'], attributes: { customerId: '7' }, digests: [], status: 'open' },
  ...{ expiresAt: 20_000, credential: null, ...more },
});
export const stop = (scope: string, target: string) => ({ scope, target, status: 'engaged', engagedAt: 0 });

export function one(kind: UnlockChange['kind'], text: string, rest: Partial<UnlockChange> = {}): UnlockChange {
  return { kind, text, people: 1, values: {}, feed: [], call: {}, mustSatisfy: [], ...rest };
}
export function token(
  text: string,
  claims: object = {},
  values: UnlockChange['values'] = {},
  key?: string,
): UnlockChange {
  const fresh = { client_id: 'a1', sub: 'a1', aud: 'http://desk', environment: 'prod', jti: 'new-token', iat: 1 };
  const call = { claims: { ...fresh, exp: 301, rev: 2, ...claims } as Partial<AccessTokenClaims>, key };
  return one('new-token', text, { values, call });
}

export function created(name: string, task: string, round = 1): UnlockChange {
  const [tool, where] = [`${slice}/${name}`, { role: 'r1', environment: 'prod' }];
  return one('create-grant', `Grant ${tool} to role r1 in prod for task ${task}, without constraints`, {
    values: { ...where, tool, task },
    feed: [{ kind: 'grant', id: `new-grant-${round}`, value: grant({ task }, name) }],
  });
}
export function opened(task: string, rest: object): UnlockChange {
  const value = { ...record(), attributes: {}, ...rest, expiresAt: 3_601_500 };
  return one('open-conversation', `Open another conversation of a1 for task ${task}`, {
    values: { agent: 'a1', task },
    feed: [{ kind: 'conversation', id: 'new-conversation-1', value }],
  });
}
export const issued = one('issue-credential', 'Issue a new credential to a1', {
  values: { agent: 'a1' },
  feed: [{ kind: 'credential', id: 'new-credential-1', value: credential('active') }],
});

export function released(scope: string, target: string, words: string): UnlockChange {
  return one('release-kill-switch', `Release kill switch k on ${words} (needs two people)`, {
    people: 2,
    values: { engagement: 'k', scope, target },
    feed: [{ kind: 'kill-switch', id: 'k', value: { scope, target, status: 'released', engagedAt: 0 } }],
  });
}
