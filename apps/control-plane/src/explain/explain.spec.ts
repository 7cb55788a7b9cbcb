import { bucketText, windowStart } from '@portcullis/contracts';
import { applyChanges, decide, emptyState, freshCall } from '@portcullis/policy';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import type { TestFollower } from '../testing/test-guard.js';
import { testLink } from '../testing/test-link.js';

const explainQuery = `query ($input: ExplainCallInput!) { explainCall(input: $input) {
  outcome reason rule detail observed { outcome reason } revision environment role task credential user obligations
  checks { name outcome denial { reason rule detail } grants { left dropped { rule detail } } }
  unlock { isPossible why changes { kind text people values mustSatisfy } } } }`;

const unshared = { handed: 0, returned: 0 };

interface Explained {
  readonly outcome: string;
  readonly reason: string | null;
  readonly rule: string | null;
  readonly detail: string | null;
  readonly revision: number;
  readonly role: string;
  readonly credential: string | null;
  readonly obligations: readonly string[];
  readonly checks: readonly { name: string; outcome: string; grants: { left: string[] } | null }[];
  readonly unlock: {
    readonly isPossible: boolean;
    readonly why: string | null;
    readonly changes: readonly { kind: string; text: string; people: number; values: object }[];
  };
}

describe('explaining a call', () => {
  const api = testApi();
  const link = testLink(api);
  const followers = new Map<string, TestFollower>();
  const make = (mutation: string) => api.admin.get<Record<string, never>>(`mutation { ${mutation} }`);
  const explained = async (input: object) =>
    (await api.admin.get<{ explainCall: Explained }>(explainQuery, { input })).explainCall;
  const refused = async (input: object) => {
    const { code, errors } = await api.admin.ask(explainQuery, { input });
    return [code, errors[0]?.message];
  };
  const texts = async (input: object) => (await explained(input)).unlock.changes.map(({ text }) => text);

  beforeAll(async () => {
    for (const id of ['prod', 'staging'])
      await make(`createEnvironment(input: { id: "${id}", name: "${id}" }) { revision }`);
    for (const id of ['support', 'finance'])
      await make(`createRole(input: { id: "${id}", name: "${id}" }) { revision }`);
    for (const [id, environment] of [
      ['desk', 'prod'],
      ['lab', 'staging'],
    ]) {
      const resource = `http://localhost/${id}/mcp`;
      await make(
        `createServer(input: { id: "${id}", name: "${id}", environment: "${environment}", resource: "${resource}" }) { revision }`,
      );
      for (const [name, classes] of [
        ['list', '["read"]'],
        ['refund', '["payments"]'],
      ])
        await make(`registerTool(input: { server: "${id}", name: "${name}", classes: ${classes} }) { revision }`);
    }
    for (const id of ['bot', 'aide', 'idle']) {
      await make(`createAgent(input: { id: "${id}", name: "${id}" }) { revision }`);
      await make(`issueCredential(input: { agent: "${id}" }) { revision }`);
    }
    for (const [agent, role] of [
      ['bot', 'support'],
      ['aide', 'support'],
      ['aide', 'finance'],
    ])
      await make(`assignRole(input: { agent: "${agent}", role: "${role}", environment: "prod" }) { revision }`);
    const grants = [
      'role: "support", environment: "prod", toolClass: "read", task: lookup',
      'role: "support", environment: "prod", toolId: "desk/refund", task: update, constraints: [{ kind: "max", path: "amount", value: 100.01 }]',
      'role: "finance", environment: "prod", toolId: "desk/refund", task: execute',
    ];
    for (const grant of grants) await make(`createGrant(input: { ${grant} }) { revision }`);
    for (const server of ['desk', 'lab']) followers.set(server, (await link.guard(server)).follow());
  });
  afterAll(() => followers.forEach((follower) => follower.stop()));

  /** What a guard of the server holds, taken from its own feed. */
  async function guardState(server: string) {
    const follower = followers.get(server);
    const head = await api.revision();
    await follower?.at(head);
    const entries = [...(follower?.held.values() ?? [])].map(([kind, id, revision, text]) => {
      return { kind, id, revision, value: text === null ? null : (JSON.parse(text) as unknown) };
    });
    return applyChanges(emptyState(server), entries, head, { snapshot: true });
  }

  async function expectAsGuards(): Promise<void> {
    const asked = fc.record({
      agent: fc.constantFrom('bot', 'aide', 'idle'),
      server: fc.constantFrom('desk', 'lab'),
      tool: fc.constantFrom('list', 'refund', 'brew'),
      role: fc.constantFrom('support', 'finance'),
      task: fc.constantFrom('lookup', 'update', 'execute'),
      arguments: fc.constantFrom({}, { amount: 100 }, { amount: 100.01 }, { amount: 100.02 }, { amount: '1' }),
    });
    const states = new Map([...followers.keys()].map((server) => [server, guardState(server)]));
    for (const input of fc.sample(asked, 40)) {
      const answer = await explained(input);
      const state = await states.get(input.server);
      if (!state) throw new Error('no such guard');
      const credential = answer.credential ?? '';
      const call = freshCall(state, { ...input, task: input.task as 'lookup', credential, now: Date.now() });
      const { outcome, reason, rule, detail, revision, observed } = decide(state, call);
      expect(answer).toMatchObject({ outcome, reason, rule, detail, revision });
      expect(answer.checks.filter((check) => check.outcome === 'denied')).toHaveLength(
        outcome === 'allow' && !observed ? 0 : 1,
      );
    }
  }

  it('gives for random calls what a guard decides by its own feed, at the same revision', async () => {
    await expectAsGuards();
    await make('suspendAgent(id: "bot") { revision }');
    await expectAsGuards();
    await make('resumeAgent(id: "bot") { revision }');
    const { createGrant } = await api.admin.get<{ createGrant: { grant: { id: string } } }>(
      'mutation { createGrant(input: { role: "support", environment: "prod", toolClass: "payments", task: lookup }) { grant { id } revision } }',
    );
    await expectAsGuards();
    await make(`revokeGrant(id: "${createGrant.grant.id}") { revision }`);
    await expectAsGuards();
  });

  it('says each check in order, the grants that were left, and the revision', async () => {
    const answer = await explained({
      agent: 'bot',
      server: 'desk',
      tool: 'refund',
      task: 'update',
      arguments: { amount: 240 },
    });
    expect(answer).toMatchObject({
      ...{ outcome: 'deny', reason: 'constraint', detail: 'amount 240 is more than 100.01', role: 'support' },
      revision: await api.revision(),
      checks: expect.arrayContaining([
        { name: 'is-severed', outcome: 'passed', denial: null, grants: null },
        expect.objectContaining({
          name: 'is-granted',
          outcome: 'passed',
          grants: { left: [answer.rule], dropped: [] },
        }),
      ]) as unknown,
      unlock: {
        isPossible: true,
        changes: [{ kind: 'change-arguments', text: 'Change the arguments: amount at most 100.01' }],
      },
    });
    expect(answer.checks.find(({ outcome }) => outcome === 'denied')).toMatchObject({ name: 'is-within-constraints' });
  });

  it('an agent that no guard of the environment knows needs a role there first, and then what its role lacks', async () => {
    expect(await texts({ agent: 'idle', server: 'desk', tool: 'refund', role: 'support' })).toEqual([
      'Assign role support in prod to idle',
      'Ask for a new token for task update',
      'Change the arguments: amount at most 100.01',
    ]);
    expect(await texts({ agent: 'bot', server: 'lab', tool: 'list', role: 'support' })).toEqual([
      'Assign role support in staging to bot',
      'Grant lab/list to role support in staging for task lookup, without constraints',
    ]);
  });

  it('says what is done about an allowed call, and that a person has to approve one that is held', async () => {
    const { createGrant } = await api.admin.get<{ createGrant: { grant: { id: string } } }>(
      'mutation ($input: CreateGrantInput!) { createGrant(input: $input) { grant { id } } }',
      {
        input: {
          ...{ role: 'support', environment: 'prod', toolClass: 'payments', task: 'execute' },
          obligations: [
            { kind: 'size', maxBytes: 2048 },
            { kind: 'quota', per: 'agent', window: 'hour', calls: 3 },
            { kind: 'approval', group: 'finance', unless: [{ kind: 'max', path: 'amount', value: 900 }] },
          ],
        },
      },
    );
    const refund = { agent: 'bot', server: 'desk', tool: 'refund', task: 'execute' };
    expect(await explained({ ...refund, arguments: { amount: 500 } })).toMatchObject({
      outcome: 'allow',
      obligations: ['at most 2 KiB', 'at most 3 calls an hour per agent'],
    });
    expect(await explained({ ...refund, arguments: { amount: 901 } })).toMatchObject({
      ...{ outcome: 'hold', reason: 'approval_required', rule: `grant:${createGrant.grant.id}`, obligations: [] },
      checks: expect.arrayContaining([expect.objectContaining({ name: 'needs-no-approval', outcome: 'denied' })]) as [],
    });
    await make(`revokeGrant(id: "${createGrant.grant.id}") { revision }`);
  });

  it('counts what guards reported to have used: a quota that is spent is denied with its numbers, and when it begins anew', async () => {
    const { createGrant } = await api.admin.get<{ createGrant: { grant: { id: string } } }>(
      'mutation ($input: CreateGrantInput!) { createGrant(input: $input) { grant { id } } }',
      {
        input: {
          ...{ role: 'support', environment: 'prod', toolId: 'desk/refund', task: 'execute' },
          obligations: [
            { kind: 'quota', per: 'agent', window: 'day', calls: 3 },
            { kind: 'quota', per: 'agent', window: 'day', amount: { path: 'amount', max: 1000 } },
          ],
        },
      },
    );
    const { id } = createGrant.grant;
    const from = windowStart('day', Date.now());
    const guard = await link.guard('desk');
    const spend = (spentCalls: number, spentUnits: number) =>
      guard.report({
        quotas: [
          { bucket: bucketText([id, 'calls', 'day', 'agent', 'bot', null]), from, spent: spentCalls, ...unshared },
          {
            bucket: bucketText([id, 'amount amount', 'day', 'agent', 'bot', null]),
            from,
            spent: spentUnits,
            ...unshared,
          },
        ],
      });
    const ask = { agent: 'bot', server: 'desk', tool: 'refund', task: 'execute' };
    const before = await api.revision();

    await spend(2, 7_500_000);
    expect(await explained({ ...ask, arguments: { amount: 250 } })).toMatchObject({ outcome: 'allow' });
    expect(await explained({ ...ask, arguments: { amount: 250.5 } })).toMatchObject({
      ...{ outcome: 'deny', reason: 'quota', rule: `grant:${id}` },
      detail: 'amount of 1000 a day per agent: 250 left for 250.5',
      unlock: { isPossible: true },
    });
    const { changes } = (await explained({ ...ask, arguments: { amount: 250.5 } })).unlock;
    expect(changes[0]).toMatchObject({ kind: 'wait', values: { until: from + 86_400_000 } });
    await spend(3, 7_500_000);
    const spent = await explained({ ...ask, arguments: { amount: 120 } });
    expect(spent).toMatchObject({ outcome: 'deny', detail: '3 calls a day per agent: 0 left for 1' });
    expect(spent.checks.find(({ outcome }) => outcome === 'denied')).toMatchObject({ name: 'is-within-quota' });
    expect(await explained({ ...ask, agent: 'aide', role: 'support', arguments: { amount: 120 } })).toMatchObject({
      outcome: 'allow',
    });
    expect(await api.revision()).toBe(before);
    await make(`revokeGrant(id: "${id}") { revision }`);
  });

  it('what it proposes, done through this API, allows the call; proposing alone changes nothing', async () => {
    const input = { agent: 'idle', server: 'desk', tool: 'list', role: 'support' };
    const before = await api.revision();
    expect(await explained(input)).toMatchObject({
      ...{ outcome: 'deny', reason: 'agent_suspended', revision: before },
      unlock: { changes: [{ kind: 'assign-role', values: { agent: 'idle', role: 'support', environment: 'prod' } }] },
    });
    expect(await api.revision()).toBe(before);
    expect(await explained(input)).toMatchObject({ outcome: 'deny' });
    await make('assignRole(input: { agent: "idle", role: "support", environment: "prod" }) { revision }');
    expect(await explained(input)).toMatchObject({ outcome: 'allow', revision: before + 1, unlock: { changes: [] } });
  });

  it('in an observed environment the call is allowed, with what would be said and what it takes when that is over', async () => {
    await make('observeEnvironment(input: { id: "prod", days: 1, reason: "to learn" }) { revision }');
    const input = { agent: 'bot', server: 'desk', tool: 'refund', arguments: { amount: 1 } };
    await expectAsGuards();
    expect(await explained(input)).toMatchObject({
      ...{ outcome: 'allow', rule: 'environment:prod', observed: { outcome: 'deny', reason: 'no_grant' } },
      unlock: { isPossible: true, changes: [{ kind: 'new-token' }] },
    });
    await make('enforceEnvironment(id: "prod") { revision }');
    expect(await explained(input)).toMatchObject({ outcome: 'deny', reason: 'no_grant', observed: null });
  });

  it('says of a retired agent that nothing brings it back', async () => {
    await make('createAgent(input: { id: "gone", name: "gone" }) { revision }');
    await make('retireAgent(id: "gone") { revision }');
    const { unlock } = await explained({ agent: 'gone', server: 'desk', tool: 'list', role: 'support' });
    expect(unlock).toMatchObject({ isPossible: false, changes: [] });
    expect(unlock.why).toContain('create another agent');
  });

  it('refuses what does not exist or is not clear, with a code that says what to do', async () => {
    const call = { agent: 'bot', server: 'desk', tool: 'list' };
    expect(await refused({ ...call, agent: 'nobody' })).toEqual(['not_found', 'there is no agent nobody']);
    expect(await refused({ ...call, server: 'moon' })).toEqual(['not_found', 'there is no server moon']);
    expect(await refused({ ...call, role: 'king' })).toEqual(['not_found', 'there is no role king']);
    expect(await refused({ ...call, tool: '' })).toEqual(['input_invalid', 'tool: name a tool']);
    expect(await refused({ ...call, agent: 'aide' })).toEqual([
      'input_invalid',
      'role: aide holds finance, support in prod; name one',
    ]);
    expect(await refused({ ...call, server: 'lab' })).toEqual([
      'input_invalid',
      'role: bot holds no role in staging; name the role to ask about',
    ]);
    expect((await api.visitor().ask(explainQuery, { input: call })).code).toBe('unauthenticated');
  });
});
