import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { leaveFeed } from '../agents/leave-feed.js';
import { wideLimits } from '../testing/test-install.js';
import { testApi } from '../testing/test-api.js';
import { addAgent, addServer, assign, change } from '../testing/world.js';

const open =
  'mutation ($input: OpenConversationInput!) { openConversation(input: $input) { revision conversation { id environment } } }';
const close = 'mutation ($id: ID!) { closeConversation(id: $id) { revision } }';
const widen = `mutation ($input: WidenConversationInput!) { widenConversation(input: $input) { revision widening {
  id conversation role toolId task constraintTexts reason createdBy notAfter } } }`;
const revokeGrant = 'mutation ($id: ID!) { revokeGrant(id: $id) { revision } }';

interface Widened {
  readonly widenConversation: {
    readonly revision: number;
    readonly widening: { readonly id: string; readonly notAfter: number };
  };
}

describe('widening a conversation', () => {
  const api = testApi();
  beforeAll(async () => {
    for (const [server, environment] of [
      ['desk', 'prod'],
      ['lab', 'exploratory'],
    ] as const) {
      await addServer(api.pool, server, environment);
      await change(api.pool, async ({ client, append }) => {
        await client.query(
          `insert into tool (id, server_id, name, classes) values ($1 || '/pay', $1, 'pay', '{payments}')`,
          [server],
        );
        append('tool', `${server}/pay`, { server, name: 'pay', classes: ['payments'] });
      });
    }
    for (const agent of ['bot', 'two', 'idle']) await addAgent(api.pool, agent);
    await assign(api.pool, 'x1', 'bot', 'support', 'prod');
    await assign(api.pool, 'x2', 'two', 'support', 'prod');
    await assign(api.pool, 'x3', 'two', 'billing', 'prod');
    await api.pool.query(`insert into role (id, name) values ('other', 'Other')`);
  });

  async function opened(more: object = {}): Promise<string> {
    const id = randomUUID();
    await api.admin.get(open, { input: { id, agent: 'bot', tasks: ['lookup', 'execute'], ...more } });
    return id;
  }
  const wish = (conversation: string, more: object = {}) => ({
    ...{ conversation, toolId: 'desk/pay', task: 'execute', minutes: 30, reason: 'the customer waits' },
    ...more,
  });
  it('stands on a page with those of others, active ones first, found by agent and by words', async () => {
    const page = `query ($agent: ID, $filter: String!, $skip: Int!) { widenings(agent: $agent, filter: $filter, first: 2, skip: $skip) {
      total active matching rows { agent environment widening { id reason } } } }`;
    interface Page {
      readonly total: number;
      readonly active: number;
      readonly matching: number;
      readonly rows: readonly { agent: string; environment: string; widening: { id: string; reason: string } }[];
    }
    const ask = async (agent: string | null, filter = '', skip = 0) =>
      (await api.admin.get<{ widenings: Page }>(page, { agent, filter, skip })).widenings;
    const ids: string[] = [];
    for (const reason of ['one', 'two of 50%', 'three']) {
      const conversation = await opened({ agent: 'two' });
      const input = wish(conversation, { reason, role: 'support' });
      ids.push((await api.admin.get<Widened>(widen, { input })).widenConversation.widening.id);
    }
    await api.admin.get(revokeGrant, { id: ids[2] });
    const first = await ask('two');
    expect(first).toMatchObject({ total: 3, active: 2, matching: 3 });
    expect(first.rows.map(({ agent, environment, widening }) => [agent, environment, widening.id])).toEqual([
      ['two', 'prod', ids[1]],
      ['two', 'prod', ids[0]],
    ]);
    expect((await ask('two', '', 2)).rows.map(({ widening }) => widening.id)).toEqual([ids[2]]);
    const found = await ask(null, '50%');
    expect([found.matching, found.rows[0]?.widening.reason]).toEqual([1, 'two of 50%']);
    const one = 'query ($id: ID!) { conversation(id: $id) { agent widenings { id } } }';
    const conversation = await opened();
    expect(await api.admin.get(one, { id: conversation })).toEqual({ conversation: { agent: 'bot', widenings: [] } });
    for (const id of [randomUUID(), "x' or true"])
      expect(await api.admin.get(one, { id })).toEqual({ conversation: null });
    expect(await ask('idle')).toEqual({ total: 0, active: 0, matching: 0, rows: [] });
  });

  async function told(id: string): Promise<Record<string, unknown> | null> {
    const { rows } = await api.pool.query<{ value: string | null }>(
      `select value from change_latest where kind = 'grant' and object_id = $1`,
      [id],
    );
    return JSON.parse(rows[0]?.value ?? 'null') as Record<string, unknown> | null;
  }
  async function world(): Promise<unknown> {
    const { rows } = await api.pool.query('select * from grants order by id');
    return [rows, await api.revision()];
  }

  it('grants one tool to its agent in that conversation, and says who, why and how long', async () => {
    const id = await opened();
    const before = await api.revision();
    const constraints = [{ kind: 'max', path: 'amount', value: 900 }];
    const { widenConversation } = await api.admin.get<Widened>(widen, {
      input: wish(id.toUpperCase(), { constraints }),
    });
    const { widening, revision } = widenConversation;
    expect(revision).toBe(before + 1);
    expect(widening).toMatchObject({
      ...{ conversation: id, role: 'support', toolId: 'desk/pay', task: 'execute' },
      ...{ constraintTexts: ['amount at most 900'], reason: 'the customer waits', createdBy: 'ada@example.org' },
    });
    const value = await told(widening.id);
    expect(value).toMatchObject({
      ...{ role: 'support', environment: 'prod', tool: { id: 'desk/pay' }, constraints },
      conversation: { id, agent: 'bot' },
    });
    expect(Number(value?.['notAfter']) - Date.now()).toBeLessThanOrEqual(30 * 60_000);
    const shown = await api.admin.get<{
      conversations: { id: string; widenings: { id: string }[] }[];
      grants: { id: string }[];
    }>('{ conversations(agent: "bot") { id widenings { id reason revokedAt } } grants { id } }');
    expect(shown.conversations.find((one) => one.id === id)?.widenings).toEqual([
      { id: widening.id, reason: 'the customer waits', revokedAt: null },
    ]);
    expect(shown.grants.map((grant) => grant.id)).not.toContain(widening.id);
    await api.admin.get(revokeGrant, { id: widening.id });
    expect(await told(widening.id)).toBeNull();
  });

  it('stands neither in the matrix of grants nor in the files of a policy, which are about every conversation', async () => {
    await api.admin.get(widen, { input: wish(await opened()) });
    const shown = await api.admin.get<{ grantMatrix: { total: number; rows: [] }; policySnapshot: { grants: [] } }>(
      '{ grantMatrix(first: 50) { total rows { role } } policySnapshot { grants { id } } }',
    );
    expect(shown).toEqual({ grantMatrix: { total: 0, rows: [] }, policySnapshot: { grants: [] } });
  });

  it('ends with the conversation, whichever comes first', async () => {
    const id = await opened({ expiresInSeconds: 120 });
    const { widenConversation } = await api.admin.get<Widened>(widen, { input: wish(id, { minutes: 1440 }) });
    expect(widenConversation.widening.notAfter - Date.now()).toBeLessThanOrEqual(120_000);
  });

  it.each<[string, (id: string, grant: string) => Promise<unknown>]>([
    ['when the conversation is closed', (id) => api.admin.get(close, { id })],
    [
      'when the conversation is over',
      (id) => api.pool.query(`update conversation set expires_at = now() where id = $1`, [id]),
    ],
    [
      'when its own time is up',
      (_id, grant) => api.pool.query(`update grants set not_after = now() where id = $1`, [grant]),
    ],
  ])('leaves the feed %s, once', async (_when, end) => {
    const id = await opened();
    const { widening } = (await api.admin.get<Widened>(widen, { input: wish(id) })).widenConversation;
    const other = (await api.admin.get<Widened>(widen, { input: wish(await opened()) })).widenConversation.widening;
    await end(id, widening.id);
    await expect.poll(() => told(widening.id), { timeout: 10_000 }).toBeNull();
    expect(await told(other.id)).not.toBeNull();
    const before = await api.revision();
    expect([await leaveFeed(api.pool, wideLimits), await api.revision()]).toEqual([0, before]);
  });

  it.each<[string, () => Promise<object> | object, string, RegExp]>([
    [
      'longer than a day',
      async () => wish(await opened(), { minutes: 1441 }),
      'input_invalid',
      /^minutes: use 1 to 1440/,
    ],
    ['no time at all', async () => wish(await opened(), { minutes: 0 }), 'input_invalid', /^minutes: /],
    ['without a reason', async () => wish(await opened(), { reason: ' ' }), 'input_invalid', /^reason: say why/],
    ['a conversation that is not there', () => wish(randomUUID()), 'not_found', /there is no conversation/],
    ['what is no id of one', () => wish('tomorrow'), 'input_invalid', /^conversation: use the id/],
    [
      'a closed conversation',
      async () => {
        const id = await opened();
        await api.admin.get(close, { id });
        return wish(id);
      },
      'conflict',
      /is over/,
    ],
    [
      'a conversation whose time is up',
      async () => {
        const id = await opened();
        await api.pool.query('update conversation set expires_at = now() where id = $1', [id]);
        return wish(id);
      },
      'conflict',
      /is over/,
    ],
    ['a tool that is not there', async () => wish(await opened(), { toolId: 'desk/fly' }), 'not_found', /desk\/fly/],
    [
      'a role that its agent does not hold',
      async () => wish(await opened(), { role: 'other' }),
      'input_invalid',
      /^role: bot does not hold other in prod/,
    ],
    [
      'several roles and none named',
      async () => wish(await opened({ agent: 'two' })),
      'input_invalid',
      /^role: two holds billing, support in prod; name one/,
    ],
    [
      'an agent without a role there',
      async () => wish(await opened({ agent: 'idle' })),
      'input_invalid',
      /^role: idle holds no role in prod/,
    ],
    [
      'a task no token for it can cover',
      async () => wish(await opened({ tasks: ['lookup'] })),
      'input_invalid',
      /^task: the conversation was opened for lookup/,
    ],
    [
      'a tool outside its environment',
      async () => wish(await opened({ environment: 'exploratory' })),
      'input_invalid',
      /^toolId: desk\/pay is in prod, and the conversation is bound to exploratory/,
    ],
    [
      'a constraint nobody understands',
      async () => wish(await opened(), { constraints: [{ kind: 'moon' }] }),
      'input_invalid',
      /^constraints\.0\.kind: /,
    ],
    [
      'a directory that is not there',
      async () =>
        wish(await opened(), { constraints: [{ kind: 'provenance', path: 'a', as: 'text', directories: ['none'] }] }),
      'input_invalid',
      /^constraints\.0\.directories\.0: there is no directory/,
    ],
  ])('is refused for %s', async (_what, input, code, message) => {
    const asked = await input();
    const before = await world();
    const answer = await api.admin.ask(widen, { input: asked });
    expect([answer.code, answer.errors[0]?.message]).toEqual([code, expect.stringMatching(message)]);
    expect(await world()).toEqual(before);
  });

  it('by the table itself, too, never holds longer than a day', async () => {
    const id = await opened();
    const { widening } = (await api.admin.get<Widened>(widen, { input: wish(id) })).widenConversation;
    const longer = `update grants set not_after = created_at + interval '24 hours 1 second' where id = $1`;
    await expect(api.pool.query(longer, [widening.id])).rejects.toThrow(/grants_conversation_check/);
  });
});
