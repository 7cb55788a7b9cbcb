import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';

const createGrant =
  'mutation ($input: CreateGrantInput!) { createGrant(input: $input) { revision grant { id constraintTexts toolId toolClass staleSeconds } } }';
const createServer = 'mutation ($input: CreateServerInput!) { createServer(input: $input) { revision } }';
const registerTool = 'mutation ($input: RegisterToolInput!) { registerTool(input: $input) { revision } }';
const assignRole = 'mutation ($input: AssignRoleInput!) { assignRole(input: $input) { revision assignment { id } } }';
const byId = (name: string) => `mutation ($id: ID!) { ${name}(id: $id) { revision } }`;

describe('servers, roles and grants', () => {
  const api = testApi();
  const grant = { role: 'support', environment: 'prod', toolId: 'desk/refund', task: 'execute' };
  beforeAll(async () => {
    for (const id of ['prod', 'staging'])
      await api.admin.get(
        'mutation ($input: CreateEnvironmentInput!) { createEnvironment(input: $input) { revision } }',
        { input: { id, name: id } },
      );
    await api.admin.get('mutation { createRole(input: { id: "support", name: "Support" }) { revision } }');
    await api.admin.get(createServer, {
      input: { id: 'desk', name: 'Desk', environment: 'prod', resource: 'https://desk.example.org/mcp' },
    });
    await api.admin.get(registerTool, { input: { server: 'desk', name: 'refund', classes: ['payments'] } });
    for (const id of ['bot', 'old'])
      await api.admin.get('mutation ($input: CreateAgentInput!) { createAgent(input: $input) { revision } }', {
        input: { id, name: id },
      });
    await api.admin.get('mutation { retireAgent(id: "old") { revision } }');
  });

  async function world(): Promise<unknown> {
    const read = async (query: string) => (await api.pool.query(query)).rows;
    const tables = ['environment', 'role', 'server', 'tool', 'grants', 'assignment', 'join_token', 'change_latest'];
    return [
      await api.revision(),
      ...(await Promise.all(tables.map((table) => read(`select * from ${table} order by 1, 2`)))),
    ];
  }
  const told = async (kind: string, id: string) => {
    const found = await api.pool.query<{ value: string | null; revision: string }>(
      'select value, revision from change_latest where kind = $1 and object_id = $2',
      [kind, id],
    );
    const [row] = found.rows;
    return (
      row && { value: row.value === null ? null : (JSON.parse(row.value) as unknown), revision: Number(row.revision) }
    );
  };

  it('tells guards the whole grant, and takes it back by a tombstone', async () => {
    const constraints = [{ kind: 'max', path: 'amount', value: 100 }];
    const made = await api.admin.get<{ createGrant: { revision: number; grant: { id: string } } }>(createGrant, {
      input: { ...grant, constraints },
    });
    const { id } = made.createGrant.grant;
    expect(made.createGrant.grant).toMatchObject({
      constraintTexts: ['amount at most 100'],
      toolId: 'desk/refund',
      toolClass: null,
      staleSeconds: 0,
    });
    expect(await told('grant', id)).toEqual({
      value: {
        role: 'support',
        environment: 'prod',
        tool: { id: 'desk/refund' },
        task: 'execute',
        constraints,
        obligations: [],
        notBefore: null,
        notAfter: null,
        staleSeconds: 0,
      },
      revision: made.createGrant.revision,
    });
    const { revokeGrant } = await api.admin.get<{ revokeGrant: { revision: number } }>(byId('revokeGrant'), { id });
    expect(await told('grant', id)).toEqual({ value: null, revision: revokeGrant.revision });
    const before = await world();
    expect((await api.admin.ask(byId('revokeGrant'), { id })).code).toBe('already_revoked');
    expect(await world()).toEqual(before);
  });

  it('gives a role back, once', async () => {
    const made = await api.admin.get<{ assignRole: { assignment: { id: string } } }>(assignRole, {
      input: { agent: 'bot', role: 'support', environment: 'prod' },
    });
    const { id } = made.assignRole.assignment;
    expect(
      (await api.admin.ask(assignRole, { input: { agent: 'bot', role: 'support', environment: 'prod' } })).code,
    ).toBe('already_exists');
    await api.admin.get(byId('removeAssignment'), { id });
    expect((await told('assignment', id))?.value).toBeNull();
    expect((await api.admin.ask(byId('removeAssignment'), { id })).code).toBe('already_revoked');
    expect(
      (await api.admin.get<{ agent: { assignments: unknown[] } }>('{ agent(id: "bot") { assignments { id } } }')).agent
        .assignments,
    ).toEqual([]);
  });

  it.each<[string, string, object, string, RegExp]>([
    [
      'a server that exists',
      createServer,
      { id: 'desk', name: 'x', environment: 'prod', resource: 'https://other.example.org/mcp' },
      'already_exists',
      /desk/,
    ],
    [
      'a second server at one address',
      createServer,
      { id: 'desk-2', name: 'x', environment: 'prod', resource: 'https://desk.example.org/mcp' },
      'already_exists',
      /desk.example.org/,
    ],
    [
      'a server in no environment',
      createServer,
      { id: 'desk-2', name: 'x', environment: 'moon', resource: 'https://o.example.org/mcp' },
      'not_found',
      /moon/,
    ],
    [
      'an address that is none',
      createServer,
      { id: 'desk-2', name: 'x', environment: 'prod', resource: 'desk' },
      'input_invalid',
      /resource/,
    ],
    [
      'an address with a fragment',
      createServer,
      { id: 'desk-2', name: 'x', environment: 'prod', resource: 'https://o.example.org/#a' },
      'input_invalid',
      /fragment/,
    ],
    ['a tool twice', registerTool, { server: 'desk', name: 'refund', classes: [] }, 'already_exists', /desk\/refund/],
    ['a tool of no server', registerTool, { server: 'none', name: 'refund', classes: [] }, 'not_found', /none/],
    [
      'a tool whose name is none',
      registerTool,
      { server: 'desk', name: 're fund', classes: [] },
      'input_invalid',
      /name/,
    ],
    ['a role for who is retired', assignRole, { agent: 'old', role: 'support', environment: 'prod' }, 'retired', /old/],
    ['a role that is none', assignRole, { agent: 'bot', role: 'none', environment: 'prod' }, 'not_found', /role/],
    [
      'a role in no environment',
      assignRole,
      { agent: 'bot', role: 'support', environment: 'moon' },
      'not_found',
      /moon/,
    ],
    ['a grant of a tool that is none', createGrant, { ...grant, toolId: 'desk/none' }, 'not_found', /tool/],
    ['a grant of a tool elsewhere', createGrant, { ...grant, environment: 'staging' }, 'input_invalid', /staging/],
    [
      'a grant of both a tool and a class',
      createGrant,
      { ...grant, toolClass: 'payments' },
      'input_invalid',
      /not both/,
    ],
    ['a grant of nothing', createGrant, { ...grant, toolId: null }, 'input_invalid', /one tool/],
    ['a stale allowance beyond a minute', createGrant, { ...grant, staleSeconds: 61 }, 'input_invalid', /60 seconds/],
    [
      'a window that ends before it begins',
      createGrant,
      { ...grant, notBefore: 2000, notAfter: 1000 },
      'input_invalid',
      /notAfter/,
    ],
    [
      'a constraint of no known kind',
      createGrant,
      { ...grant, constraints: [{ kind: 'maximum', path: 'amount', value: 1 }] },
      'input_invalid',
      /constraints/,
    ],
    [
      'a constraint with more to say',
      createGrant,
      { ...grant, constraints: [{ kind: 'max', path: 'amount', value: 1, unless: 'friday' }] },
      'input_invalid',
      /constraints/,
    ],
    ['a task that is none', createGrant, { ...grant, task: 'everything' }, 'input_invalid', /Task/],
    [
      'a join token for ever',
      'mutation ($input: CreateJoinTokenInput!) { createJoinToken(input: $input) { revision } }',
      { server: 'desk', expiresInSeconds: 9_999_999 },
      'input_invalid',
      /week/,
    ],
  ])('refuses %s, and leaves everything as it was', async (_what, mutation, input, code, said) => {
    const before = await world();
    const answer = await api.admin.ask(mutation, { input });
    expect(answer.code).toBe(code);
    expect(JSON.stringify(answer.errors)).toMatch(said);
    expect(await world()).toEqual(before);
  });
});
