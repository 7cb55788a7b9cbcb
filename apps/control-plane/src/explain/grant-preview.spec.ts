import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';

const fields = `revision environment widens holders total differences { change agent tool role tasks
  before { outcome } after { outcome grants { rule conditions obligations } } }`;
const creating = `query ($input: CreateGrantInput!) { grantPreview(input: $input) { ${fields} } }`;
const revoking = `query ($id: ID!) { revocationPreview(id: $id) { ${fields} } }`;
const createGrant = 'mutation ($input: CreateGrantInput!) { createGrant(input: $input) { grant { id } } }';

interface Preview {
  readonly revision: number;
  readonly total: number;
  readonly holders: number;
  readonly differences: readonly { change: string; agent: string; tool: string; tasks: readonly string[] }[];
}

describe('what a grant would do, before it is saved', () => {
  const api = testApi();
  const make = (mutation: string) => api.admin.get<Record<string, never>>(`mutation { ${mutation} }`);
  const grant = { role: 'support', environment: 'prod', toolId: 'desk/refund', task: 'update' };
  const preview = async (input: object) =>
    (await api.admin.get<{ grantPreview: Preview }>(creating, { input: { ...grant, ...input } })).grantPreview;
  const said = ({ differences }: Preview) =>
    differences.map(({ change, agent, tool, tasks }) => `${change} ${agent} ${tool} ${tasks.join('+')}`);
  const world = async () => [
    await api.revision(),
    (await api.pool.query('select * from grants order by id')).rows,
    (await api.pool.query('select * from change_latest order by 1, 2')).rows,
  ];

  beforeAll(async () => {
    for (const id of ['prod', 'staging'])
      await make(`createEnvironment(input: { id: "${id}", name: "${id}" }) { revision }`);
    for (const id of ['support', 'idle']) await make(`createRole(input: { id: "${id}", name: "${id}" }) { revision }`);
    for (const [id, environment] of [
      ['desk', 'prod'],
      ['till', 'prod'],
      ['lab', 'staging'],
    ]) {
      const resource = `http://localhost/${id}/mcp`;
      await make(
        `createServer(input: { id: "${id}", name: "${id}", environment: "${environment}", resource: "${resource}" }) { revision }`,
      );
      await make(`registerTool(input: { server: "${id}", name: "refund", classes: ["payments"] }) { revision }`);
    }
    for (const id of ['bot', 'aide']) {
      await make(`createAgent(input: { id: "${id}", name: "${id}" }) { revision }`);
      await make(`issueCredential(input: { agent: "${id}" }) { revision }`);
      await make(`assignRole(input: { agent: "${id}", role: "support", environment: "prod" }) { revision }`);
    }
  });

  it('names the agents that it would newly allow, with conditions in words, and changes nothing', async () => {
    const before = await world();
    const answer = await preview({ constraints: [{ kind: 'max', path: 'amount', value: 100 }] });
    expect(answer).toMatchObject({
      revision: await api.revision(),
      environment: 'prod',
      widens: true,
      holders: 2,
      total: 2,
    });
    expect(said(answer)).toEqual([
      'newly-allowed aide desk/refund update+execute',
      'newly-allowed bot desk/refund update+execute',
    ]);
    expect(answer.differences[0]).toMatchObject({
      after: { outcome: 'allow', grants: [{ rule: 'grant:new-grant', conditions: ['amount at most 100'] }] },
    });
    expect(await world()).toEqual(before);
  });

  it('of a class names the tools at every server of the environment, and of no other', async () => {
    expect(said(await preview({ toolId: null, toolClass: 'payments', task: 'execute' }))).toEqual([
      'newly-allowed aide desk/refund execute',
      'newly-allowed bot desk/refund execute',
      'newly-allowed aide till/refund execute',
      'newly-allowed bot till/refund execute',
    ]);
  });

  it('says what would be held for approval, and that nobody holds the role yet', async () => {
    const held = await preview({ obligations: [{ kind: 'approval', group: 'finance' }] });
    expect(said(held)[0]).toBe('newly-held aide desk/refund update+execute');
    expect(await preview({ role: 'idle' })).toMatchObject({ widens: true, holders: 0, total: 0 });
  });

  it('says what revoking would take, and nothing where another grant gives the same', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      const made = await api.admin.get<{ createGrant: { grant: { id: string } } }>(createGrant, { input: grant });
      ids.push(made.createGrant.grant.id);
    }
    const taken = async (id: string | undefined) =>
      (await api.admin.get<{ revocationPreview: Preview }>(revoking, { id })).revocationPreview;
    expect(await taken(ids[0])).toMatchObject({ widens: false, holders: 2, total: 0 });
    await make(`revokeGrant(id: "${ids[0]}") { revision }`);
    expect(said(await taken(ids[1]))).toEqual([
      'newly-denied aide desk/refund update+execute',
      'newly-denied bot desk/refund update+execute',
    ]);
    await make(`revokeGrant(id: "${ids[1]}") { revision }`);
    expect((await api.admin.ask(revoking, { id: ids[1] })).code).toBe('not_found');
  });

  it('is refused as the grant itself would be, at its field', async () => {
    const refused = async (input: object) => {
      const answer = await api.admin.ask(creating, { input: { ...grant, ...input } });
      return [answer.code, answer.errors[0]?.message];
    };
    expect(await refused({ role: 'none' })).toEqual(['not_found', 'there is no role none']);
    expect(await refused({ environment: 'moon' })).toEqual(['not_found', 'there is no environment moon']);
    expect(await refused({ toolId: 'desk/none' })).toEqual(['not_found', 'there is no tool desk/none']);
    expect(await refused({ toolId: 'lab/refund' })).toEqual(['input_invalid', 'toolId: lab/refund is not in prod']);
    expect(await refused({ constraints: [{ kind: 'max', path: 'a' }] })).toEqual([
      'input_invalid',
      'constraints.0.value: write a number',
    ]);
    expect((await api.visitor().ask(creating, { input: grant })).code).toBe('unauthenticated');
  });
});
