import type { AccessTokenClaims, FeedValue, Task } from '@portcullis/contracts';
import fc from 'fast-check';
import type { Call, Change } from '../index.js';

export const slice = 'desk';
export const environments = ['prod', 'staging'] as const;

type ById<Value> = Readonly<Record<string, Value>>;

/** Everything that exists, as it is written to the change log: what both readings of it begin with. */
export interface OracleWorld {
  readonly server: FeedValue<'server'>;
  readonly tools: ById<FeedValue<'tool'>>;
  readonly agents: ById<FeedValue<'agent-status'>>;
  /** By agent: the revision of its cut-off. */
  readonly cutOffs: ById<number>;
  readonly credentials: ById<FeedValue<'credential'>>;
  readonly assignments: ById<FeedValue<'assignment'>>;
  readonly conversations: ById<FeedValue<'conversation'>>;
  readonly revokedTokens: ById<FeedValue<'token-revocation'>>;
  readonly stops: ById<FeedValue<'kill-switch'>>;
  readonly grants: ById<FeedValue<'grant'>>;
}

const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const task = oneOf<Task>('lookup', 'update', 'execute');
/** Mostly one, now and then another. */
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 19, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: oneOf(...others) });
const agent = mostly('a1', 'a2', 'a3');
const role = mostly('r1', 'r2');
const environment = mostly('prod', 'staging');
const upTo = <Value>(ids: readonly string[], value: fc.Arbitrary<Value>, least = 0) =>
  fc
    .subarray([...ids], { minLength: least })
    .chain((held) =>
      fc.tuple(...held.map((id) => value.map((one) => [id, one] as const))).map(Object.fromEntries<Value>),
    );
const all = <Value>(ids: readonly string[], value: fc.Arbitrary<Value>) => upTo(ids, value, ids.length);

const instant = mostly<number | null>(null, 1_000, 1_500, 2_000);
/** Four places after the point and no more, because that is what Cedar's decimals hold. */
const number = oneOf(0, 5, 20, 100, 100.01, 100.005, 250, -3, 99.9999);
const text = oneOf('EUR', 'USD', 'T-1', 'T-22', 'a1', 'alice', 'C-7', '');
const literal = fc.oneof(number, text, fc.boolean());
const paths = ['amount', 'currency', 'note', 'customer.id'] as const;
const path = oneOf(...paths);

/** The kinds that Cedar can express; the naive interpreter compares the rest (protocol G5). */
export const constraint = fc.oneof(
  fc.record({ kind: fc.constant('min'), path: oneOf('amount', 'note'), value: number }),
  fc.record({ kind: fc.constant('max'), path: oneOf('amount', 'note'), value: number }),
  fc.record({ kind: fc.constant('one-of'), path, values: fc.uniqueArray(literal, { minLength: 1, maxLength: 4 }) }),
  fc.record({ kind: fc.constant('equal'), path, value: literal }),
  fc.record({
    kind: fc.constant('equal-claim'),
    path,
    claim: oneOf('user', 'agent', 'role', 'environment', 'conversation.customerId', 'conversation.none'),
  }),
  fc.record({ kind: fc.constant('prefix'), path: oneOf('note', 'currency'), prefix: oneOf('T-', 'EU', 'T-1', 'a*') }),
  fc.record({
    kind: fc.constant('cidr'),
    path: fc.constant('ip'),
    networks: fc.uniqueArray(oneOf('10.0.0.0/8', '192.168.1.7', '2001:db8::/32'), { minLength: 1 }),
  }),
  fc.record({ kind: fc.constant('forbidden'), path }),
);
const unknown = fc.constant({ kind: 'moon-phase' });

const grant = fc.record({
  role,
  environment,
  tool: fc.oneof(
    oneOf('read', 'pay', 'raw').map((name) => ({ id: `${slice}/${name}` })),
    oneOf('read', 'payments', 'destructive').map((name) => ({ class: name })),
  ),
  task: mostly<Task>('lookup', 'update', 'execute'),
  constraints: fc.array(fc.oneof({ weight: 30, arbitrary: constraint }, { weight: 1, arbitrary: unknown }), {
    maxLength: 3,
  }),
  notBefore: mostly<number | null>(null, 1_000, 2_000),
  notAfter: mostly<number | null>(null, 1_000, 2_000),
  staleSeconds: oneOf(0, 30),
});

export const world: fc.Arbitrary<OracleWorld> = fc.record({
  server: environment.map((id) => ({ name: 'Desk', environment: id, resource: 'http://desk' })),
  tools: fc.constant({
    [`${slice}/read`]: { server: slice, name: 'read', classes: ['read'] },
    [`${slice}/pay`]: { server: slice, name: 'pay', classes: ['read', 'payments'] },
    [`${slice}/raw`]: { server: slice, name: 'raw', classes: [] },
  }),
  agents: all(
    ['a1', 'a2', 'a3'],
    fc.record({ status: mostly<FeedValue<'agent-status'>['status']>('active', 'suspended', 'retired') }),
  ),
  cutOffs: upTo(['a1', 'a2'], mostly(2, 5)),
  credentials: all(
    ['c1', 'c2', 'c3'],
    fc.record({
      agent,
      status: mostly<FeedValue<'credential'>['status']>('active', 'retiring', 'revoked', 'tainted', 'prepared'),
      expiresAt: instant,
      notBefore: mostly<number | null>(null, 1_000, 2_000),
    }),
  ),
  assignments: all(
    ['s1', 's2', 's3', 's4'],
    fc.record({
      agent,
      role,
      environment,
      notBefore: mostly<number | null>(null, 1_000, 2_000),
      notAfter: mostly<number | null>(null, 1_000, 2_000),
    }),
  ),
  conversations: upTo(
    ['v1', 'v2'],
    fc.record({
      agent,
      user: oneOf(null, 'alice'),
      tasks: fc.constant<Task[]>(['lookup']),
      attributes: oneOf<Record<string, string | number>>({ customerId: 'C-7' }, { customerId: 5 }, {}),
      digests: fc.constant([]),
      status: mostly<'open' | 'closed'>('open', 'closed'),
      expiresAt: oneOf(1_500, 20_000),
      credential: oneOf(null, 'c1', 'c2', 'c3'),
    }),
  ),
  revokedTokens: upTo(['j1'], fc.record({ agent, expiresAt: fc.constant(10_000) })),
  stops: upTo(
    ['k1', 'k2'],
    fc.record({
      scope: oneOf('environment', 'tool-class', 'server', 'tool', 'agent', 'role', 'user', 'conversation'),
      target: oneOf(
        'prod',
        'payments',
        'destructive',
        slice,
        `${slice}/pay`,
        'a1',
        'a2',
        'r1',
        'alice',
        'a1 alice',
        'v1',
      ),
      status: oneOf<'engaged' | 'released'>('engaged', 'released', 'released'),
      engagedAt: fc.constant(0),
    }),
  ),
  grants: upTo(['g1', 'g2', 'g3', 'g4', 'g5', 'g6'], grant, 3),
});

const claims = fc.record({
  agent,
  credential: mostly('c1', 'c2', 'c3'),
  role,
  environment,
  task,
  rev: mostly(4, 1, 9),
  aud: mostly<string>('http://desk', 'http://other'),
  exp: mostly<number>(10, 1),
  jti: mostly<string>('j0', 'j1'),
  user: oneOf('alice', 'bo', undefined),
  conversation: mostly(undefined, 'v1', 'v1', 'v2', 'v3'),
  via: mostly<string[] | undefined>(undefined, ['c2'], ['c3', 'c2']),
});
const args = fc.record(
  {
    amount: fc.oneof<fc.MaybeWeightedArbitrary<unknown>[]>(
      { weight: 4, arbitrary: number },
      { weight: 1, arbitrary: fc.oneof(text, fc.constant(null)) },
    ),
    currency: fc.oneof<fc.MaybeWeightedArbitrary<unknown>[]>(
      { weight: 4, arbitrary: text },
      { weight: 1, arbitrary: fc.oneof(number, fc.constant(null)) },
    ),
    note: literal,
    ip: oneOf<string | number>('10.1.2.3', '192.168.1.7', '192.168.1.8', '2001:db8::1', 'no address', 5),
    customer: fc.record({ id: oneOf<string | number | null>('C-7', 5, 'C-8', null) }, { requiredKeys: [] }),
  },
  { requiredKeys: ['amount'] },
);

type Said = typeof claims extends fc.Arbitrary<infer One> ? One : never;

/** A user's token by exchange: the agent acts for its subject, perhaps handed on by another agent. */
type Exchange = 'none' | 'for the user' | 'handed on' | 'for somebody else';
const exchange = mostly<Exchange>('none', 'for the user', 'handed on', 'for somebody else');

function claimsOf(said: Said, how: Exchange): AccessTokenClaims {
  const own = { sub: said.agent, client_id: said.agent };
  const acting = { sub: said.agent, ...(how === 'handed on' ? { act: { sub: 'a2' } } : {}) };
  const subject = how === 'for somebody else' ? 'mallory' : (said.user ?? 'nobody');
  const exchanged = how === 'none' ? own : { ...own, sub: subject, act: acting };
  return { iss: '', iat: 0, instance: 'i', ...said, ...exchanged } as unknown as AccessTokenClaims;
}

export const call: fc.Arbitrary<Call> = fc
  .record({
    said: claims,
    how: exchange,
    tool: oneOf('read', 'pay', 'pay', 'raw', 'unknown'),
    arguments: args,
    posture: oneOf<Call['posture']>('fresh', 'fresh', 'fresh', 'fresh', 'fresh', 'fresh', 'stale', 'severed'),
    staleSeconds: oneOf(10, 40),
    now: oneOf(900, 1_000, 1_499, 1_500, 1_999, 2_000),
  })
  .map(({ said, how, posture, staleSeconds, ...rest }) => ({
    ...rest,
    claims: claimsOf(said, how),
    server: slice,
    posture,
    staleSeconds: posture === 'fresh' ? 0 : staleSeconds,
  }));

/** The world as a guard receives it. */
export function changesOf(held: OracleWorld): readonly Change[] {
  const of = (kind: string, byId: ById<unknown>): Change[] =>
    Object.entries(byId).map(([id, value]) => ({ kind, id, revision: 1, value }));
  return [
    { kind: 'server', id: slice, revision: 1, value: held.server },
    ...of('tool', held.tools),
    ...of('agent-status', held.agents),
    ...Object.entries(held.cutOffs).map(([id, revision]) => ({ kind: 'cut-off', id, revision, value: { agent: id } })),
    ...of('credential', held.credentials),
    ...of('assignment', held.assignments),
    ...of('conversation', held.conversations),
    ...of('token-revocation', held.revokedTokens),
    ...of('kill-switch', held.stops),
    ...of('grant', held.grants),
  ];
}
