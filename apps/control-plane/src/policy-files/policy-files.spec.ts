import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';

const planQuery = `query ($input: PolicyEditsInput!) { planPolicy(input: $input) { revision changes counts { change count }
  differences { change agent tool role tasks before { outcome grants { conditions } } after { outcome grants { conditions } } } } }`;
const applyMutation = 'mutation ($input: ApplyPolicyInput!) { applyPolicy(input: $input) { changes revision } }';
const snapshotQuery = `{ policySnapshot { revision environments { id name } roles { id name } servers
  tools { id server name classes } grants { id role environment toolId toolClass task constraints obligations notBefore notAfter staleSeconds } } }`;

interface Plan {
  readonly revision: number;
  readonly changes: number;
  readonly counts: readonly { change: string; count: number }[];
  readonly differences: readonly { change: string; agent: string; tool: string; tasks: string[] }[];
}
interface Edit {
  readonly kind: string;
  readonly id: string;
  readonly value?: unknown;
}

describe('the policy as files', () => {
  const api = testApi({ PORTCULLIS_KILL_LOCK_TIMEOUT_MS: '5000' });
  const make = (mutation: string) => api.admin.get(`mutation { ${mutation} { revision } }`);
  const plan = async (...edits: readonly Edit[]) =>
    (await api.admin.get<{ planPolicy: Plan }>(planQuery, { input: { edits } })).planPolicy;
  const apply = async (...edits: readonly Edit[]) =>
    (
      await api.admin.get<{ applyPolicy: { changes: number; revision: number } }>(applyMutation, {
        input: { edits, basedOn: await api.revision() },
      })
    ).applyPolicy;
  const snapshot = async () =>
    (await api.admin.get<{ policySnapshot: { grants: { id: string }[]; revision: number } }>(snapshotQuery))
      .policySnapshot;
  const grant = (id: string, more: object = {}): Edit => ({
    kind: 'grant',
    id,
    value: { role: 'support', environment: 'prod', toolId: 'desk/refund', task: 'lookup', ...more },
  });
  async function world(): Promise<unknown> {
    const read = async (query: string) => (await api.pool.query(query)).rows;
    return [
      await api.revision(),
      await read('select * from grants order by id'),
      await read('select * from tool order by id'),
      await read('select id, name from environment union all select id, name from role order by 1, 2'),
      await read('select * from change_latest order by 1, 2'),
    ];
  }
  const max = (value: number) => ({ kind: 'max', path: 'amount', value });

  beforeAll(async () => {
    await make('createEnvironment(input: { id: "prod", name: "Prod" })');
    await make('createRole(input: { id: "support", name: "Support" })');
    await make(
      'createServer(input: { id: "desk", name: "Desk", environment: "prod", resource: "http://localhost/mcp" })',
    );
    await make('registerTool(input: { server: "desk", name: "refund", classes: ["payments"] })');
    await make('createAgent(input: { id: "bot", name: "Bot" })');
    await make('issueCredential(input: { agent: "bot" })');
    await make('assignRole(input: { agent: "bot", role: "support", environment: "prod" })');
  });

  it('a plan says what would change and who could do what, and changes nothing', async () => {
    const before = await world();
    const planned = await plan(grant('refunds', { constraints: [max(100)] }));
    expect(planned).toMatchObject({
      ...{ revision: await api.revision(), changes: 1, counts: [{ change: 'newly-allowed', count: 1 }] },
      differences: [
        {
          ...{ change: 'newly-allowed', agent: 'bot', tool: 'desk/refund', tasks: ['lookup', 'update', 'execute'] },
          after: { outcome: 'allow', grants: [{ conditions: ['amount at most 100'] }] },
        },
      ],
    });
    expect(await world()).toEqual(before);
  });

  it('applying makes all of it under one revision, and planning the same again finds nothing to do', async () => {
    const before = await api.revision();
    const edits = [
      { kind: 'environment', id: 'lab', value: { name: 'Lab' } },
      { kind: 'role', id: 'night', value: { name: 'Night shift' } },
      { kind: 'tool', id: 'desk/list', value: { classes: ['read'] } },
      grant('refunds', { constraints: [max(100)] }),
      grant('lists', { role: 'night', toolId: 'desk/list', notAfter: 9e12, staleSeconds: 30 }),
    ];
    expect(await apply(...edits)).toEqual({ changes: 3, revision: before + 1 });
    expect(await plan(...edits)).toMatchObject({ changes: 0, counts: [], differences: [] });
    expect(await apply(...edits)).toEqual({ changes: 0, revision: before + 1 });
    expect(await snapshot()).toMatchObject({
      revision: before + 1,
      environments: [{ id: 'lab', name: 'Lab' }, { id: 'prod' }],
      roles: [{ id: 'night', name: 'Night shift' }, { id: 'support' }],
      servers: ['desk'],
      tools: [{ id: 'desk/list', classes: ['read'] }, { id: 'desk/refund' }],
      grants: [
        { id: 'lists', role: 'night', notAfter: 9e12, staleSeconds: 30 },
        { id: 'refunds', constraints: [max(100)] },
      ],
    });
  });

  it('a changed grant keeps its name, a removed one is revoked for good, a tool keeps what else is known of it', async () => {
    const changed = grant('refunds', { constraints: [max(50)] });
    expect((await plan(changed)).counts).toEqual([{ change: 'changed', count: 1 }]);
    await api.pool.query(
      `insert into tool_definition (server_id, name, hash, definition, first_guard_id, last_guard_id, accepted_at, accepted_by)
       values ('desk', 'list', 'h', '{"name":"list","inputSchema":{"type":"object"}}', 'g', 'g', now(), 'spec')`,
    );
    await api.pool.query(`update tool set pinned_at = now() where id = 'desk/list'`);
    const definitions = [{ hash: 'h', inputSchema: { type: 'object' } }];
    const before = await api.revision();
    const label = { kind: 'tool', id: 'desk/list', value: { classes: ['read', 'egress'] } };
    const { revision } = await apply(changed, label, { kind: 'grant', id: 'lists' });
    expect(revision).toBe(before + 1);
    const told = await api.pool.query<{ object_id: string; value: string | null }>(
      `select object_id, value from change_history where revision = $1 order by object_id`,
      [revision],
    );
    expect(told.rows.map(({ object_id: id, value }) => [id, JSON.parse(value ?? 'null') as unknown])).toEqual([
      ['desk/list', { server: 'desk', name: 'list', classes: ['read', 'egress'], definitions }],
      ['lists', null],
      ['refunds', expect.objectContaining({ constraints: [max(50)] })],
    ]);
    const again = await api.admin.ask(planQuery, { input: { edits: [grant('lists')] } });
    expect([again.code, again.errors[0]?.extensions.details]).toEqual(['already_revoked', { grant: 'lists', edit: 0 }]);
  });

  it('is refused when what the plan rests on has moved since, and nothing is half written', async () => {
    const basedOn = await api.revision();
    await make('suspendAgent(id: "bot")');
    const before = await world();
    const edits = [{ kind: 'role', id: 'support', value: { name: 'Changed' } }, grant('refunds', { task: 'execute' })];
    const answer = await api.admin.ask(applyMutation, { input: { edits, basedOn } });
    expect([answer.code, answer.errors[0]?.message]).toEqual([
      'conflict',
      `the plan was made at revision ${basedOn}, and agent-status bot has changed at revision ${basedOn + 1}; plan again`,
    ]);
    expect((await api.admin.ask(applyMutation, { input: { edits, basedOn: basedOn + 99 } })).code).toBe('conflict');
    expect(await world()).toEqual(before);
    await make('resumeAgent(id: "bot")');
  });

  it('goes on when only what no plan rests on has moved', async () => {
    const basedOn = await api.revision();
    await make('renameAgent(input: { id: "bot", name: "Bot 2" })');
    const edits = [grant('refunds', { constraints: [max(40)] })];
    expect((await api.admin.ask(applyMutation, { input: { edits, basedOn } })).code).toBeUndefined();
  });

  const many = (count: number) => Array.from({ length: count }, (_, n) => grant(`g-${n}`));
  it.each([
    ['an unknown field of a grant', [grant('x', { rolle: 'support' })], 'input_invalid', 'edits.0.value.rolle'],
    [
      'a constraint that is not one',
      [grant('x', { constraints: [{ kind: 'moon' }] })],
      'input_invalid',
      'edits.0.value.constraints.0.kind',
    ],
    ['a class and a tool at once', [grant('x', { toolClass: 'read' })], 'input_invalid', 'edits.0.value.toolId'],
    ['an id that is none', [grant('No such')], 'input_invalid', 'edits.0.id'],
    ['one object twice', [grant('x'), grant('x')], 'input_invalid', 'edits.1.id'],
    ['to remove an environment', [{ kind: 'environment', id: 'lab', value: null }], 'input_invalid', 'edits.0.value'],
    [
      'a tool without a server’s name',
      [{ kind: 'tool', id: 'refund', value: { classes: [] } }],
      'input_invalid',
      'edits.0.id',
    ],
    ['more than 500 changes', many(501), 'input_invalid', 'edits'],
    ['a role that is not there', [grant('ok'), grant('x', { role: 'king' })], 'not_found', 1],
    ['a tool that is not there', [grant('x', { toolId: 'desk/brew' })], 'not_found', 0],
    ['a server that is not there', [{ kind: 'tool', id: 'moon/x', value: { classes: [] } }], 'not_found', 0],
    ['to revoke what is not there', [{ kind: 'grant', id: 'never' }], 'not_found', 0],
  ])('refuses %s, says where, and leaves everything as it was', async (_what, edits, code, place) => {
    const before = await world();
    for (const [query, more] of [
      [planQuery, {}],
      [applyMutation, { basedOn: await api.revision() }],
    ] as const) {
      const answer = await api.admin.ask(query, { input: { edits, ...more } });
      const { fields, edit } = answer.errors[0]?.extensions.details as { fields?: { path: string }[]; edit?: number };
      expect([answer.code, fields?.[0]?.path ?? edit]).toEqual([code, place]);
    }
    expect(await world()).toEqual(before);
  });

  it('takes no tool out of a class that a kill switch stops', async () => {
    await api.admin.get('mutation ($input: EngageKillSwitchInput!) { engageKillSwitch(input: $input) { revision } }', {
      input: { id: randomUUID(), scope: 'tool_class', target: 'payments' },
    });
    const before = await world();
    const edits = [{ kind: 'tool', id: 'desk/refund', value: { classes: ['read'] } }];
    const basedOn = await api.revision();
    expect((await api.admin.ask(applyMutation, { input: { edits, basedOn } })).code).toBe('release_needs_two_people');
    expect(await world()).toEqual(before);
    expect((await apply({ kind: 'tool', id: 'desk/refund', value: { classes: ['payments', 'egress'] } })).changes).toBe(
      1,
    );
  });

  it('needs the permissions that each object needs', async () => {
    const before = await world();
    const ask = async (query: string, edits: readonly Edit[]) => {
      const input = query === applyMutation ? { edits, basedOn: await api.revision() } : { edits };
      return (await api.admin.ask(query, { input })).code;
    };
    const role = { kind: 'environment', id: 'lab', value: { name: 'Other' } };
    await api.pool.query(`delete from person_permission where permission = 'servers:write'`);
    expect(await ask(applyMutation, [role])).toBe('forbidden');
    await api.pool.query(`delete from person_permission where permission = 'grants:write'`);
    expect([await ask(applyMutation, [grant('x')]), await ask(planQuery, [grant('x')])]).toEqual([
      'forbidden',
      undefined,
    ]);
    expect((await api.visitor().ask(snapshotQuery)).code).toBe('unauthenticated');
    expect(await world()).toEqual(before);
  });
});
