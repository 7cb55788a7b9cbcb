import type { AccessTokenClaims, Task } from '@portcullis/contracts';
import fc from 'fast-check';
import { loadEngines } from './engines/index.js';
import { applyChanges, emptyState, type Call, type Change, type State } from './index.js';

export const slice = 'desk';
/** What a guard has loaded. */
export const engines = await loadEngines();
export const agents = ['a1', 'a2'] as const;
export const roles = ['r1', 'r2'] as const;
const environments = ['prod', 'staging'] as const;
export const tools = ['read', 'pay', 'raw'] as const;
const tasks: readonly Task[] = ['lookup', 'update', 'execute'];

export const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values);
const toolForm = fc.oneof(
  oneOf(tools).map((name) => ({ id: `${slice}/${name}` })),
  oneOf(['read', 'payments', 'destructive']).map((name) => ({ class: name })),
);
const constraint = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(50, 100).map((value) => ({ kind: 'max', path: 'amount', value })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'moon-phase' }) },
);
const quota = fc.record({
  kind: fc.constant('quota'),
  per: oneOf(['agent', 'user', 'conversation']),
  window: oneOf(['minute', 'hour', 'day']),
  amount: oneOf([50, 60, 500]).map((max) => ({ path: 'amount', max })),
});
const obligation = fc.oneof(
  { weight: 8, arbitrary: quota },
  { weight: 1, arbitrary: fc.constant({ kind: 'sing', loudly: true }) },
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
    value: fc.record(
      {
        server: fc.constant(slice),
        name: oneOf(tools),
        classes: fc.subarray(['read', 'payments']),
        definitions: fc.subarray(['h1', 'h2']).map((hashes) => hashes.map((hash) => ({ hash, inputSchema: {} }))),
      },
      { requiredKeys: ['server', 'name', 'classes'] },
    ),
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
      obligations: fc.array(obligation, { maxLength: 2 }),
      notBefore: oneOf([null, 1_000, 20_000]),
      notAfter: oneOf([null, 2_000, 20_000]),
      staleSeconds: oneOf([0, 30]),
    }),
  },
  policy: {
    ids: ['p1', 'p2'],
    value: fc.record({
      name: fc.constant('P'),
      version: fc.constant(1),
      text: oneOf([
        'forbid (principal == Agent::"a2", action, resource);',
        'forbid (principal, action == Action::"desk/pay", resource) when { context.arguments.amount.greaterThan(decimal("40.0")) };',
        '@hold("g") forbid (principal, action, resource) when { context.role == "r1" };',
        'forbid (principal, action, resource) when { context.user == "alice" };',
        'permit (principal, action, resource);',
      ]),
      environment: oneOf([null, ...environments]),
      places: oneOf([
        [{ tools: null, classes: null, server: null, environment: null }],
        [{ tools: [`${slice}/pay`], classes: ['read'], server: null, environment: null }],
      ]),
      parameters: fc.constant([{ tool: `${slice}/pay`, path: ['amount'], type: 'decimal' }]),
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

export type Unnumbered = Omit<Change, 'revision'>;

const present: fc.Arbitrary<Unnumbered> = oneOf(Object.keys(values)).chain((kind) => {
  const { ids, value } = values[kind] ?? { ids: [''], value: fc.constant(null) };
  return fc.record({ kind: fc.constant(kind), id: oneOf(ids), value });
});
const change: fc.Arbitrary<Unnumbered> = fc.oneof(
  { weight: 8, arbitrary: present },
  { weight: 2, arbitrary: present.map((held) => ({ ...held, value: null })) },
  { weight: 1, arbitrary: fc.tuple(present, fc.jsonValue()).map(([held, value]) => ({ ...held, value })) },
);
export const keyOf = ({ kind, id }: Unnumbered): string => `${kind}:${id}`;
export const interval = fc.uniqueArray(change, { selector: keyOf, maxLength: 12 });
export const history = fc.array(interval, { minLength: 1, maxLength: 6 });

/** A world in which much is allowed, so that random changes to it make a difference either way. */
export const open: readonly Change[] = [
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

export const numbered = (changes: readonly Unnumbered[], revision: number): readonly Change[] =>
  changes.map((entry) => ({ ...entry, revision }));

export const start = (): State => applyChanges(emptyState(slice), open, 1, { snapshot: true });
export const startWith = (...changes: readonly Unnumbered[]): State => applyChanges(start(), numbered(changes, 2), 2);

/** A grant that gives role r1 paying, without an end and without a limit, but for what is said otherwise. */
export function grantOf(id: string, over: object = {}): Unnumbered {
  const value = { role: 'r1', environment: 'prod', tool: { id: `${slice}/pay` }, task: 'lookup', constraints: [] };
  return { kind: 'grant', id, value: { ...value, notBefore: null, notAfter: null, staleSeconds: 0, ...over } };
}

export function callOf(
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
    definition: 'h1',
    arguments: { amount: 60 },
    posture: 'fresh',
    staleSeconds: 0,
    now: 1_500,
    ...rest,
  };
}

export const calls: readonly Call[] = agents.flatMap((agent) =>
  roles.flatMap((role) =>
    tools.flatMap((tool) => [
      callOf(agent, role, tool),
      callOf(agent, role, tool, { posture: 'stale', staleSeconds: 10 }),
      callOf(agent, role, tool, { arguments: { amount: 120 } }),
      callOf(agent, role, tool, {}, { task: 'execute', environment: 'staging' }),
      callOf(agent, role, tool, { now: 2_500 }, { conversation: 'v1' }),
      callOf(agent, role, tool, {}, { jti: 'j1', via: ['c2'] }),
      callOf(agent, role, tool, { definition: undefined }),
    ]),
  ),
);
