import type { AccessTokenClaims, Task } from '@portcullis/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyChanges,
  decide,
  emptyState,
  isListed,
  lastLook,
  stillAllowed,
  type Call,
  type Change,
  type State,
} from './index.js';

const slice = 'desk';
const agents = ['a1', 'a2'] as const;
const roles = ['r1', 'r2'] as const;
const environments = ['prod', 'staging'] as const;
const tools = ['read', 'pay', 'raw'] as const;
const tasks: readonly Task[] = ['lookup', 'update', 'execute'];

const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values);
const toolForm = fc.oneof(
  oneOf(tools).map((name) => ({ id: `${slice}/${name}` })),
  oneOf(['read', 'payments', 'destructive']).map((name) => ({ class: name })),
);
const constraint = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(50, 100).map((value) => ({ kind: 'max', path: 'amount', value })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'moon-phase' }) },
);
const values: Readonly<Record<string, { readonly ids: readonly string[]; readonly value: fc.Arbitrary<unknown> }>> = {
  server: {
    ids: [slice, 'other'],
    value: fc.record({
      name: fc.constant('Desk'),
      environment: oneOf(environments),
      resource: fc.constant('http://desk'),
    }),
  },
  tool: {
    ids: tools.map((name) => `${slice}/${name}`),
    value: fc.record({ server: fc.constant(slice), name: oneOf(tools), classes: fc.subarray(['read', 'payments']) }),
  },
  agent: { ids: agents, value: fc.record({ name: fc.string() }) },
  'agent-status': {
    ids: agents,
    value: fc.record({ status: oneOf(['active', 'active', 'active', 'suspended', 'retired', 'odd']) }),
  },
  'cut-off': { ids: agents, value: fc.record({ agent: oneOf(agents) }) },
  credential: {
    ids: ['c1', 'c2'],
    value: fc.record({
      agent: oneOf(agents),
      status: oneOf(['active', 'active', 'retiring', 'revoked', 'tainted']),
      expiresAt: oneOf([null, 5_000]),
    }),
  },
  assignment: {
    ids: ['s1', 's2', 's3'],
    value: fc.record(
      {
        agent: oneOf(agents),
        role: oneOf(roles),
        environment: oneOf(environments),
        notBefore: oneOf([null, 1_000, 20_000]),
        notAfter: oneOf([null, 2_000, 20_000]),
      },
      { requiredKeys: ['agent', 'role', 'environment'] },
    ),
  },
  conversation: {
    ids: ['v1', 'v2'],
    value: fc.record({
      agent: oneOf(agents),
      user: oneOf([null, 'alice']),
      tasks: fc.constant(['lookup']),
      attributes: fc.constant({}),
      digests: fc.constant([]),
      status: oneOf(['open', 'open', 'closed']),
      expiresAt: oneOf([2_000, 20_000]),
      credential: oneOf([null, 'c1', 'c2']),
    }),
  },
  'token-revocation': { ids: ['j1', 'j2'], value: fc.record({ agent: oneOf(agents), expiresAt: fc.constant(10_000) }) },
  grant: {
    ids: ['g1', 'g2', 'g3', 'g4'],
    value: fc.record({
      role: oneOf(roles),
      environment: oneOf(environments),
      tool: toolForm,
      task: oneOf(tasks),
      constraints: fc.array(constraint, { maxLength: 2 }),
      notBefore: oneOf([null, 1_000, 20_000]),
      notAfter: oneOf([null, 2_000, 20_000]),
      staleSeconds: oneOf([0, 30]),
    }),
  },
  'kill-switch': {
    ids: ['k1', 'k2'],
    value: fc.record({
      scope: oneOf(['agent', 'tool', 'role', 'galaxy']),
      target: oneOf(['a1', `${slice}/pay`, 'r1', 'nobody']),
      status: oneOf(['released', 'released', 'engaged']),
      engagedAt: fc.constant(0),
    }),
  },
  embargo: { ids: ['e1'], value: fc.constant({}) },
};

type Unnumbered = Omit<Change, 'revision'>;

const present: fc.Arbitrary<Unnumbered> = oneOf(Object.keys(values)).chain((kind) => {
  const { ids, value } = values[kind] ?? { ids: [''], value: fc.constant(null) };
  return fc.record({ kind: fc.constant(kind), id: oneOf(ids), value });
});
const change: fc.Arbitrary<Unnumbered> = fc.oneof(
  { weight: 8, arbitrary: present },
  { weight: 2, arbitrary: present.map((held) => ({ ...held, value: null })) },
  { weight: 1, arbitrary: fc.tuple(present, fc.jsonValue()).map(([held, value]) => ({ ...held, value })) },
);
const keyOf = ({ kind, id }: Unnumbered): string => `${kind}:${id}`;
const interval = fc.uniqueArray(change, { selector: keyOf, maxLength: 12 });
const history = fc.array(interval, { minLength: 1, maxLength: 6 });

/** A world in which much is allowed, so that random changes to it make a difference either way. */
const open: readonly Change[] = [
  { kind: 'server', id: slice, value: { name: 'Desk', environment: 'prod', resource: 'http://desk' } },
  ...tools.map((name) => ({
    kind: 'tool',
    id: `${slice}/${name}`,
    value: { server: slice, name, classes: name === 'read' ? ['read'] : name === 'pay' ? ['payments'] : [] },
  })),
  ...agents.map((id) => ({ kind: 'agent-status', id, value: { status: 'active' } })),
  { kind: 'credential', id: 'c1', value: { agent: 'a1', status: 'active', expiresAt: null } },
  { kind: 'credential', id: 'c2', value: { agent: 'a2', status: 'active', expiresAt: null } },
  { kind: 'assignment', id: 's1', value: { agent: 'a1', role: 'r1', environment: 'prod' } },
  { kind: 'assignment', id: 's2', value: { agent: 'a2', role: 'r2', environment: 'prod' } },
  {
    kind: 'conversation',
    id: 'v1',
    value: {
      ...{ agent: 'a1', user: 'alice', tasks: ['lookup'], attributes: {}, digests: [], status: 'open' },
      ...{ expiresAt: 20_000, credential: 'c2' },
    },
  },
  ...[...roles].flatMap((role) =>
    tools.map((name) => ({
      kind: 'grant',
      id: `${role}-${name}`,
      value: {
        role,
        environment: 'prod',
        tool: { id: `${slice}/${name}` },
        task: 'lookup',
        constraints: name === 'pay' ? [{ kind: 'max', path: 'amount', value: 100 }] : [],
        notBefore: null,
        notAfter: null,
        staleSeconds: name === 'read' ? 30 : 0,
      },
    })),
  ),
].map((entry) => ({ ...entry, revision: 1 }));

const numbered = (changes: readonly Unnumbered[], revision: number): readonly Change[] =>
  changes.map((entry) => ({ ...entry, revision }));

const start = (): State => applyChanges(emptyState(slice), open, 1, { snapshot: true });

function callOf(
  agent: string,
  role: string,
  tool: string,
  rest: Partial<Call> = {},
  claims: Partial<AccessTokenClaims> = {},
): Call {
  const token = {
    iss: '',
    aud: 'http://desk',
    sub: agent,
    client_id: agent,
    iat: 0,
    exp: 10,
    jti: '',
    agent,
    credential: agent === 'a1' ? 'c1' : 'c2',
    instance: 'i',
    role,
    environment: 'prod',
    task: 'lookup',
    rev: 3,
    ...claims,
  };
  return {
    claims: token as AccessTokenClaims,
    server: slice,
    tool,
    arguments: { amount: 60 },
    posture: 'fresh',
    staleSeconds: 0,
    now: 1_500,
    ...rest,
  };
}

const calls: readonly Call[] = agents.flatMap((agent) =>
  roles.flatMap((role) =>
    tools.flatMap((tool) => [
      callOf(agent, role, tool),
      callOf(agent, role, tool, { posture: 'stale', staleSeconds: 10 }),
      callOf(agent, role, tool, { arguments: { amount: 120 } }),
      callOf(agent, role, tool, {}, { task: 'execute', environment: 'staging' }),
      callOf(agent, role, tool, { now: 2_500 }, { conversation: 'v1' }),
      callOf(agent, role, tool, {}, { jti: 'j1', via: ['c2'] }),
    ]),
  ),
);
const answers = (state: State) => calls.map((call) => decide(state, call));

describe('applying changes', () => {
  test('the world the properties start from allows some calls and denies others', () => {
    const outcomes = answers(start()).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'allow').length).toBeGreaterThan(5);
    expect(outcomes.filter((outcome) => outcome === 'deny').length).toBeGreaterThan(5);
  });

  test('applying an interval twice is harmless', () => {
    fc.assert(
      fc.property(interval, (changes) => {
        const once = applyChanges(start(), numbered(changes, 2), 2);
        const twice = applyChanges(once, numbered(changes, 2), 2);
        expect(answers(twice)).toEqual(answers(once));
      }),
    );
  });

  test('the order of changes within an interval does not matter', () => {
    const shuffled = interval.chain((changes) =>
      fc.tuple(fc.constant(changes), fc.shuffledSubarray([...changes], { minLength: changes.length })),
    );
    fc.assert(
      fc.property(shuffled, ([changes, other]) => {
        const one = applyChanges(start(), numbered(changes, 2), 2);
        expect(answers(applyChanges(start(), numbered(other, 2), 2))).toEqual(answers(one));
      }),
    );
  });

  test('P-D1 the state after every interval is the state of a snapshot at that revision', () => {
    fc.assert(
      fc.property(history, (intervals) => {
        let state = start();
        const held = new Map(open.map((entry) => [keyOf(entry), entry]));
        intervals.forEach((changes, index) => {
          const revision = index + 2;
          state = applyChanges(state, numbered(changes, revision), revision);
          for (const entry of numbered(changes, revision)) {
            if (entry.value === null) held.delete(keyOf(entry));
            else held.set(keyOf(entry), entry);
          }
          const snapshot = applyChanges(emptyState(slice), [...held.values()], revision, { snapshot: true });
          expect(answers(state)).toEqual(answers(snapshot));
        });
      }),
    );
  });

  test('a state is never changed by what is applied to it', () => {
    fc.assert(
      fc.property(history, (intervals) => {
        const before = start();
        const answered = answers(before);
        intervals.reduce(
          (state, changes, index) => applyChanges(state, numbered(changes, index + 2), index + 2),
          before,
        );
        expect(answers(before)).toEqual(answered);
      }),
    );
  });
});

describe('deciding', () => {
  test('engaging a kill switch never turns a denial into an allowance', () => {
    const stop = fc.record({
      scope: oneOf([
        'everything',
        'environment',
        'tool-class',
        'server',
        'tool',
        'agent',
        'role',
        'user',
        'conversation',
        'galaxy',
      ]),
      target: oneOf(['', 'prod', 'payments', 'destructive', slice, `${slice}/pay`, 'a1', 'r1', 'alice']),
    });
    fc.assert(
      fc.property(interval, stop, (changes, { scope, target }) => {
        const before = applyChanges(start(), numbered(changes, 2), 2);
        const value = { scope, target, status: 'engaged', engagedAt: 0 };
        const after = applyChanges(before, [{ kind: 'kill-switch', id: 'k9', revision: 3, value }], 3);
        calls.forEach((call) => {
          if (decide(before, call).outcome !== 'allow') expect(decide(after, call).outcome).toBe('deny');
        });
      }),
    );
  });

  test('a conversation that leaves, a revoked token and a taint never turn a denial into an allowance', () => {
    const reductions: readonly Unnumbered[] = [
      { kind: 'conversation', id: 'v1', value: null },
      { kind: 'token-revocation', id: 'j1', value: { agent: 'a1', expiresAt: 10_000 } },
      { kind: 'credential', id: 'c2', value: { agent: 'a2', status: 'tainted', expiresAt: null } },
      { kind: 'assignment', id: 's1', value: null },
    ];
    fc.assert(
      fc.property(interval, oneOf(reductions), (changes, reduction) => {
        const before = applyChanges(start(), numbered(changes, 2), 2);
        const after = applyChanges(before, numbered([reduction], 3), 3);
        for (const call of calls)
          if (decide(before, call).outcome === 'deny') expect(decide(after, call).outcome).toBe('deny');
      }),
    );
  });

  test('an allowed call is listed, passes the last look and is still allowed', () => {
    fc.assert(
      fc.property(interval, (changes) => {
        const state = applyChanges(start(), numbered(changes, 2), 2);
        for (const call of calls) {
          const isAllowed = decide(state, call).outcome === 'allow';
          expect(stillAllowed(state, call)).toBe(isAllowed);
          if (!isAllowed) continue;
          expect(isListed(state, call)).toBe(true);
          expect(lastLook(state, call)).toBeUndefined();
        }
      }),
    );
  });

  test('it never throws on arguments, and gives a denial or a call within the limit', () => {
    const hostile = fc.oneof(
      fc.anything({
        withBigInt: true,
        withNullPrototype: true,
        withObjectString: true,
        withMap: true,
        withTypedArray: true,
      }),
      fc.record({ amount: fc.oneof(fc.double(), fc.anything()) }),
    );
    fc.assert(
      fc.property(hostile, (args) => {
        const decision = decide(start(), callOf('a1', 'r1', 'pay', { arguments: args }));
        if (decision.outcome === 'allow') expect((args as { amount: number }).amount).toBeLessThanOrEqual(100);
        else expect(decision.reason).toBe('constraint');
      }),
      { numRuns: 500 },
    );
  });

  test('it never throws on text and numbers of any kind in claims, tool, posture and time, and denies', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      oneOf(['__proto__', 'constructor', 'a1', 'r1', 'c1', 'toString']),
    );
    const state = start();
    const number = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0));
    fc.assert(
      fc.property(text, text, text, text, number, number, (agent, credential, role, tool, exp, rev) => {
        fc.pre(!(agent === 'a1' && credential === 'c1' && role === 'r1'));
        const claims = {
          agent,
          sub: agent,
          client_id: agent,
          credential,
          role,
          exp,
          rev,
        } as unknown as AccessTokenClaims;
        const call = callOf(
          'a1',
          'r1',
          tool,
          { posture: credential, now: exp, staleSeconds: rev } as unknown as Call,
          claims,
        );
        expect(decide(state, call).outcome).toBe('deny');
        expect(decide(state, { ...call, posture: 'fresh' }).outcome).toBe('deny');
      }),
      { numRuns: 500 },
    );
  });

  test('arguments nested ten thousand deep and arrays of a million are decided like any others', () => {
    let deep: unknown = 5;
    for (let depth = 0; depth < 10_000; depth += 1) deep = { amount: deep };
    const long = new Array(1_000_000).fill(5);
    const throwing = Object.defineProperty({}, 'amount', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    for (const args of [
      deep,
      long,
      { amount: long },
      throwing,
      JSON.parse('{"amount":1e400}'),
      JSON.parse('{"__proto__":{"amount":5}}'),
    ])
      expect(decide(start(), callOf('a1', 'r1', 'pay', { arguments: args }))).toMatchObject({
        outcome: 'deny',
        reason: 'constraint',
      });
  });
});
