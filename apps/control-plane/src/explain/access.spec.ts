import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';

const accessQuery = `query ($agent: ID!) { effectiveAccess(agent: $agent) { revision rows {
  server environment tool name classes role task outcome reason rule detail grants { rule conditions obligations approval } } } }`;
const whoCanQuery = `query ($input: WhoCanInput!) { whoCan(input: $input) { revision agents { agent tool role outcome task rule upTo conditions obligations } } }`;

interface Row {
  readonly tool: string;
  readonly role: string | null;
  readonly task: string | null;
  readonly outcome: string;
  readonly reason: string | null;
  readonly grants: readonly { conditions: readonly string[]; obligations: readonly string[]; approval: string }[];
}

describe('who may do what', () => {
  const api = testApi();
  const make = (mutation: string) => api.admin.get<Record<string, never>>(`mutation { ${mutation} }`);
  const access = async (agent: string) =>
    (await api.admin.get<{ effectiveAccess: { revision: number; rows: Row[] } }>(accessQuery, { agent }))
      .effectiveAccess;
  const whoCan = async (input: object) =>
    (await api.admin.get<{ whoCan: { revision: number; agents: object[] } }>(whoCanQuery, { input })).whoCan;
  const refused = async (query: string, variables: object) => {
    const { code, errors } = await api.admin.ask(query, variables);
    return [code, errors[0]?.message];
  };

  beforeAll(async () => {
    for (const id of ['prod', 'staging'])
      await make(`createEnvironment(input: { id: "${id}", name: "${id}" }) { revision }`);
    await make('createRole(input: { id: "support", name: "Support" }) { revision }');
    for (const [id, environment] of [
      ['desk', 'prod'],
      ['lab', 'staging'],
    ]) {
      const resource = `http://localhost/${id}/mcp`;
      await make(
        `createServer(input: { id: "${id}", name: "${id}", environment: "${environment}", resource: "${resource}" }) { revision }`,
      );
      await make(`registerTool(input: { server: "${id}", name: "refund", classes: ["payments"] }) { revision }`);
    }
    for (const id of ['bot', 'keyless']) {
      await make(`createAgent(input: { id: "${id}", name: "${id}" }) { revision }`);
      await make(`assignRole(input: { agent: "${id}", role: "support", environment: "prod" }) { revision }`);
    }
    await make('issueCredential(input: { agent: "bot" }) { revision }');
    await make(
      'createGrant(input: { role: "support", environment: "prod", toolId: "desk/refund", task: update, constraints: [{ kind: "max", path: "amount", value: 100.01 }, { kind: "max", path: "count", value: 3 }] }) { revision }',
    );
  });

  it('the access of an agent is a row for each tool, role and task, with conditions in words or why not', async () => {
    const { revision, rows } = await access('bot');
    expect(revision).toBe(await api.revision());
    expect(rows.map(({ tool, role, task, outcome, reason }) => [tool, role, task, outcome, reason])).toEqual([
      ['desk/refund', 'support', 'lookup', 'deny', 'no_grant'],
      ['desk/refund', 'support', 'update', 'allow', null],
      ['desk/refund', 'support', 'execute', 'allow', null],
      ['lab/refund', null, null, 'deny', 'no_assignment'],
    ]);
    expect(rows[1]?.grants.map(({ conditions }) => conditions)).toEqual([['amount at most 100.01', 'count at most 3']]);
  });

  it('without a live credential it is none, and says so', async () => {
    const { rows } = await access('keyless');
    expect(new Set(rows.map(({ outcome, reason }) => `${outcome} ${reason}`))).toEqual(
      new Set(['deny credential_revoked', 'deny no_assignment']),
    );
  });

  it('who can is told from the limits, by the name of the tool or by its id', async () => {
    const over = (value: number) => whoCan({ tool: 'refund', environment: 'prod', path: 'amount', over: value });
    const { revision, agents } = await over(100.005);
    expect(revision).toBe(await api.revision());
    expect(agents).toEqual([
      expect.objectContaining({
        ...{ agent: 'bot', tool: 'desk/refund', role: 'support', task: 'update', upTo: 100.01 },
        conditions: ['count at most 3'],
        ...{ outcome: 'allow', obligations: [] },
      }),
    ]);
    expect((await over(100.02)).agents).toEqual([]);
    expect((await whoCan({ tool: 'desk/refund', environment: 'prod' })).agents).toHaveLength(1);
    expect((await whoCan({ tool: 'refund', environment: 'staging' })).agents).toEqual([]);
  });

  it('of a grant that asks for something it is told in words, and is hold where a person always has to approve', async () => {
    const staging = { role: 'support', environment: 'staging', toolId: 'lab/refund', task: 'execute' };
    const approval = { kind: 'approval', group: 'finance' };
    const quota = { kind: 'quota', per: 'agent', window: 'hour', calls: 3 };
    const unless = [{ kind: 'max', path: 'amount', value: 100 }];
    const grantWith = async (obligations: readonly object[]) => {
      const made = await api.admin.get<{ createGrant: { grant: { id: string } } }>(
        'mutation ($input: CreateGrantInput!) { createGrant(input: $input) { grant { id } } }',
        { input: { ...staging, obligations } },
      );
      return made.createGrant.grant.id;
    };
    await make('assignRole(input: { agent: "bot", role: "support", environment: "staging" }) { revision }');
    const lab = async () =>
      (await access('bot')).rows.find(({ tool, task }) => tool === 'lab/refund' && task === 'execute');

    const always = await grantWith([approval, quota]);
    expect(await lab()).toMatchObject({
      ...{ outcome: 'hold', reason: 'approval_required' },
      grants: [{ obligations: ['approval of finance', 'at most 3 calls an hour per agent'], approval: 'always' }],
    });
    await make(`revokeGrant(id: "${always}") { revision }`);
    const sometimes = await grantWith([{ ...approval, unless }]);
    expect(await lab()).toMatchObject({ outcome: 'allow', grants: [{ approval: 'sometimes' }] });
    const asked = { tool: 'refund', environment: 'staging', path: 'amount' };
    expect((await whoCan({ ...asked, over: 50 })).agents).toEqual([
      expect.objectContaining({ outcome: 'allow', upTo: 100 }),
      expect.objectContaining({ outcome: 'hold', upTo: null }),
    ]);
    expect((await whoCan({ ...asked, over: 100 })).agents).toEqual([
      expect.objectContaining({ outcome: 'hold', obligations: ['approval of finance unless amount at most 100'] }),
    ]);
    await make(`revokeGrant(id: "${sometimes}") { revision }`);
  });

  it('a change is seen by the next question', async () => {
    await make('suspendAgent(id: "bot") { revision }');
    expect((await whoCan({ tool: 'refund', environment: 'prod' })).agents).toEqual([]);
    expect((await access('bot')).rows[1]).toMatchObject({ outcome: 'deny', reason: 'agent_suspended' });
    await make('resumeAgent(id: "bot") { revision }');
    expect((await whoCan({ tool: 'refund', environment: 'prod' })).agents).toHaveLength(1);
  });

  it('refuses what does not exist or cannot be meant', async () => {
    expect(await refused(accessQuery, { agent: 'nobody' })).toEqual(['not_found', 'there is no agent nobody']);
    const asked = (input: object) => refused(whoCanQuery, { input: { tool: 'refund', environment: 'prod', ...input } });
    expect(await asked({ environment: 'moon' })).toEqual(['not_found', 'there is no tool refund in moon']);
    expect(await asked({ tool: 'lab/refund' })).toEqual(['not_found', 'there is no tool lab/refund in prod']);
    expect(await asked({ over: 3 })).toEqual(['input_invalid', 'path: name the parameter that is over this number']);
    expect((await asked({ path: 'a b' }))[0]).toBe('input_invalid');
    for (const [query, variables] of [
      [accessQuery, { agent: 'bot' }],
      [whoCanQuery, { input: { tool: 'refund', environment: 'prod' } }],
    ] as const)
      expect((await api.visitor().ask(query, variables)).code).toBe('unauthenticated');
  });
});
