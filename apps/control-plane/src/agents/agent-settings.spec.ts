import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import { rotationState } from './rotation-state.js';

const update =
  'mutation ($input: UpdateAgentInput!) { updateAgent(input: $input) { revision agent { name description tags owner { id } ownerGone } } }';
const create =
  'mutation ($input: CreateAgentInput!) { createAgent(input: $input) { revision agent { tags owner { id } ownerGone } } }';
const setHost =
  'mutation ($agent: ID!, $host: ID) { setAgentHost(agent: $agent, host: $host) { revision agent { host } } }';
const setPolicy =
  'mutation ($input: SetRotationPolicyInput!) { setRotationPolicy(input: $input) { revision agent { rotationPolicy { intervalSeconds overlapSeconds warnSeconds nextDueAt state } } } }';
const removePolicy =
  'mutation ($agent: ID!) { removeRotationPolicy(agent: $agent) { revision agent { rotationPolicy { state } } } }';

interface Payload {
  readonly revision: number;
  readonly agent: Record<string, unknown>;
}

describe('what people say about an agent', () => {
  const api = testApi();
  let ada: string;
  let ben: string;
  beforeAll(async () => {
    ada = (await api.admin.get<{ me: { id: string } }>('{ me { id } }')).me.id;
    ben = 'ben';
    await api.pool.query(
      `insert into "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt") values ($1, 'Ben', 'ben@example.org', true, now(), now())`,
      [ben],
    );
    for (const id of ['bot', 'host', 'old']) await api.admin.get(create, { input: { id, name: id } });
    await api.admin.get('mutation { retireAgent(id: "old") { revision } }');
  });

  async function world(): Promise<unknown> {
    const read = async (query: string) => (await api.pool.query(query)).rows;
    const tables = ['agent', 'agent_status', 'agent_host', 'rotation_policy', 'change_latest'];
    return [
      await api.revision(),
      ...(await Promise.all(tables.map((table) => read(`select * from ${table} order by 1, 2`)))),
    ];
  }
  async function ask(mutation: string, variables: object): Promise<Payload> {
    const [payload] = Object.values(await api.admin.get<Record<string, Payload>>(mutation, variables));
    if (payload === undefined) throw new Error('no answer');
    return payload;
  }

  it('keeps what an update does not name', async () => {
    const before = await api.revision();
    const described = await ask(update, { input: { id: 'bot', description: 'Answers', tags: ['b', 'a', 'b'] } });
    expect(described).toEqual({
      revision: before,
      agent: { name: 'bot', description: 'Answers', tags: ['a', 'b'], owner: { id: ada }, ownerGone: false },
    });
    const named = await ask(update, { input: { id: 'bot', name: 'Bot', owner: ben } });
    expect(named).toEqual({
      revision: before + 1,
      agent: { name: 'Bot', description: 'Answers', tags: ['a', 'b'], owner: { id: ben }, ownerGone: false },
    });
  });

  it('flags an agent whose owner is gone', async () => {
    await ask(create, { input: { id: 'left', name: 'left', owner: ben, tags: ['x'] } });
    await ask(update, { input: { id: 'bot', owner: ada } });
    await api.pool.query(`delete from "user" where "id" = $1`, [ben]);
    const { agents } = await api.admin.get<{ agents: { id: string; ownerGone: boolean }[] }>(
      '{ agents { id ownerGone } }',
    );
    expect(agents.filter(({ ownerGone }) => ownerGone).map(({ id }) => id)).toEqual(['left']);
  });

  it('lists everybody who can own one', async () => {
    const { people } = await api.admin.get<{ people: { id: string; email: string }[] }>('{ people { id email } }');
    expect(people).toContainEqual({ id: ada, email: 'ada@example.org' });
    expect((await api.visitor().ask('{ people { id } }')).code).toBe('unauthenticated');
  });

  it('a host is named, replaced and taken away, and guards are told nothing', async () => {
    const before = await api.revision();
    expect(await ask(setHost, { agent: 'bot', host: 'host' })).toEqual({ revision: before, agent: { host: 'host' } });
    expect(await ask(setHost, { agent: 'bot', host: null })).toEqual({ revision: before, agent: { host: null } });
  });

  it('a rotation policy is due one interval after the newest live credential', async () => {
    const policy = { intervalSeconds: 3600, overlapSeconds: 60, warnSeconds: 1800 };
    const before = await api.revision();
    const set = await ask(setPolicy, { input: { agent: 'bot', ...policy } });
    expect(set).toEqual({ revision: before, agent: { rotationPolicy: { ...policy, nextDueAt: null, state: 'fine' } } });
    await api.admin.get('mutation { issueCredential(input: { agent: "bot" }) { revision } }');
    await api.pool.query(`update credential set activated_at = to_timestamp(1000) where agent_id = 'bot'`);
    const { agent } = await api.admin.get<{ agent: unknown }>(
      '{ agent(id: "bot") { rotationPolicy { nextDueAt state } } }',
    );
    expect(agent).toEqual({ rotationPolicy: { nextDueAt: 4_600_000, state: 'overdue' } });
    expect((await ask(removePolicy, { agent: 'bot' })).agent).toEqual({ rotationPolicy: null });
  });

  it('a rotation is due soon within the warning, and overdue from its moment on', () => {
    expect([89, 90, 99, 100].map((now) => rotationState(100, 10, now))).toEqual([
      'fine',
      'due_soon',
      'due_soon',
      'overdue',
    ]);
    expect(rotationState(null, 10, 1e12)).toBe('fine');
  });

  it.each<[string, string, object, string]>([
    ['an update of nobody', update, { input: { id: 'nobody', name: 'x' } }, 'not_found'],
    ['an owner who is nobody', update, { input: { id: 'host', owner: 'nobody' } }, 'not_found'],
    ['a new agent owned by nobody', create, { input: { id: 'new', name: 'x', owner: 'nobody' } }, 'not_found'],
    ['an empty name', update, { input: { id: 'host', name: ' ' } }, 'input_invalid'],
    ['an empty tag', update, { input: { id: 'host', tags: [' '] } }, 'input_invalid'],
    ['an agent as its own host', setHost, { agent: 'host', host: 'host' }, 'input_invalid'],
    ['a host that is nobody', setHost, { agent: 'host', host: 'nobody' }, 'not_found'],
    ['a host that is retired', setHost, { agent: 'host', host: 'old' }, 'retired'],
    ['a policy without an interval', setPolicy, { input: { agent: 'host', intervalSeconds: 0 } }, 'input_invalid'],
    [
      'an overlap over a day',
      setPolicy,
      { input: { agent: 'host', intervalSeconds: 86_400, overlapSeconds: 86_401 } },
      'input_invalid',
    ],
    [
      'a warning longer than the interval',
      setPolicy,
      { input: { agent: 'host', intervalSeconds: 60 } },
      'input_invalid',
    ],
    ['a policy for who is retired', setPolicy, { input: { agent: 'old', intervalSeconds: 86_400 } }, 'retired'],
    ['taking away a policy that is not there', removePolicy, { agent: 'host' }, 'not_found'],
  ])('refuses %s, and leaves everything as it was', async (_what, mutation, variables, code) => {
    const before = await world();
    expect((await api.admin.ask(mutation, variables)).code).toBe(code);
    expect(await world()).toEqual(before);
  });
});
