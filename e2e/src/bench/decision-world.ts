import { accessTokenSchema, type AccessTokenClaims } from '@portcullis/contracts';
import { asSent } from './as-sent.js';
import { applyChanges, emptyState, type Call, type Change, type State } from '@portcullis/policy';

const tools = 50;
const server = 'desk';
const environment = 'prod';
const rolesOf = (grants: number) => Math.round(grants / tools);
const toolOf = (index: number) => `tool-${index % tools}`;

/** Three kinds of limits in turn, as an installation would have them: an amount, a list, what the conversation is about. */
const limits = [
  { kind: 'max', path: 'amount', value: 100 },
  { kind: 'one-of', path: 'table', values: ['tickets', 'orders', 'notes', 'customers'] },
  { kind: 'equal-claim', path: 'customer', claim: 'conversation.customerId' },
] as const;

/** The same grants and calls for the library and for what it is compared with. */
export interface DecisionWorld {
  readonly state: State;
  readonly calls: readonly Call[];
  /** role -> environment -> tool -> the closure that a person would write by hand. */
  readonly byHand: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, HandWritten>>>;
  /** The change log's text of one grant, with another limit. */
  changedGrant(index: number, limit: number): Change;
  /** A change to an agent that is in none of the calls. */
  readonly strangerSuspended: Change;
}

export interface HandWritten {
  readonly rule: string;
  readonly isMet: (args: Readonly<Record<string, unknown>>, customer: string) => boolean;
}

const byHand: readonly HandWritten['isMet'][] = [
  (args) => typeof args['amount'] === 'number' && args['amount'] <= 100,
  (args) =>
    args['table'] === 'tickets' ||
    args['table'] === 'orders' ||
    args['table'] === 'notes' ||
    args['table'] === 'customers',
  (args, customer) => args['customer'] === customer,
];

export function decisionWorld(grants: number, seed = 7): DecisionWorld {
  const random = numbers(seed);
  const roles = rolesOf(grants);
  const changes = [...place(roles), ...grantChanges(grants)].map(asSent);
  const state = applyChanges(emptyState(server), changes, 1, { snapshot: true });
  return {
    state,
    byHand: handWritten(grants),
    calls: Array.from({ length: 4096 }, () => callOf(Math.floor(random() * roles), random)),
    strangerSuspended: asSent({ kind: 'agent-status', id: 'stranger', revision: 2, value: { status: 'suspended' } }),
    changedGrant: (index, limit) => asSent({ ...grantChange(index, limit), revision: 2 }),
  };
}

function place(roles: number): readonly Change[] {
  const one = (kind: string, id: string, value: unknown) => ({ kind, id, revision: 1, value });
  return [
    one('server', server, { name: 'Desk', environment, resource: 'http://desk' }),
    ...Array.from({ length: tools }, (_, index) =>
      one('tool', `${server}/${toolOf(index)}`, { server, name: toolOf(index), classes: ['read'] }),
    ),
    ...Array.from({ length: roles }, (_, role) => [
      one('agent-status', `agent-${role}`, { status: 'active' }),
      one('credential', `key-${role}`, { agent: `agent-${role}`, status: 'active', expiresAt: null }),
      one('assignment', `held-${role}`, { agent: `agent-${role}`, role: `role-${role}`, environment }),
      one('conversation', `talk-${role}`, conversation(role)),
    ]).flat(),
    one('kill-switch', 'k1', { scope: 'tool', target: `${server}/nobody`, status: 'engaged', engagedAt: 0 }),
  ];
}

function conversation(role: number) {
  const open = { tasks: ['lookup'], digests: [], status: 'open', expiresAt: 1e13, credential: null, user: null };
  return { ...open, agent: `agent-${role}`, attributes: { customerId: `C-${role}` } };
}

function grantChanges(grants: number): readonly Change[] {
  return Array.from({ length: rolesOf(grants) * tools }, (_, index) => grantChange(index, 100));
}

function grantChange(index: number, limit: number): Change {
  const constraint = limits[index % limits.length];
  const value = {
    ...{ role: `role-${Math.floor(index / tools)}`, environment, tool: { id: `${server}/${toolOf(index)}` } },
    ...{ task: 'lookup', notBefore: null, notAfter: null, staleSeconds: 0 },
    constraints: [constraint?.kind === 'max' ? { ...constraint, value: limit } : constraint],
  };
  return { kind: 'grant', id: `g-${index}`, revision: 1, value };
}

function handWritten(grants: number): DecisionWorld['byHand'] {
  const roles = Array.from({ length: rolesOf(grants) }, (_, role) => {
    const entries = Array.from({ length: tools }, (_, tool) => {
      const index = role * tools + tool;
      const isMet = byHand[index % byHand.length] ?? (() => false);
      return [toolOf(tool), { rule: `grant:g-${index}`, isMet }] as const;
    });
    return [`role-${role}`, new Map([[environment, new Map(entries)]])] as const;
  });
  return new Map(roles);
}

/** Four of five calls keep the limit, one of eleven asks for a tool that was never granted. */
function callOf(role: number, random: () => number): Call {
  const isMet = random() < 0.8;
  const tool = random() < 0.09 ? 'tool-unknown' : toolOf(Math.floor(random() * tools));
  const args = isMet
    ? { amount: Math.floor(random() * 100), table: 'orders', customer: `C-${role}` }
    : { amount: 101, table: 'salaries', customer: 'C-x' };
  return {
    claims: claimsOf(role),
    ...{ server, tool, arguments: args, posture: 'fresh', staleSeconds: 0, now: 1_500 },
  };
}

/** As a guard has them out of a verified token: read by the one schema, so all alike in form. */
function claimsOf(role: number): AccessTokenClaims {
  const agent = `agent-${role}`;
  return accessTokenSchema.parse({
    ...{ iss: 'http://control', aud: 'http://desk', sub: agent, client_id: agent, agent, credential: `key-${role}` },
    ...{ instance: 'one', iat: 0, exp: 10, jti: `token-${role}`, role: `role-${role}`, environment, task: 'lookup' },
    ...{ conversation: `talk-${role}`, rev: 1 },
  });
}

/** The same numbers in every run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
