import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import { assertion, basic, giveKey, giveSecret } from '../testing/test-token-server.js';
import { addAgent, addServer, assign } from '../testing/world.js';

const api = testApi();
const secrets: Record<string, string> = {};
const open =
  'mutation ($input: OpenConversationInput!) { openConversation(input: $input) { revision conversation { id user status } } }';
const close = 'mutation ($id: ID!) { closeConversation(id: $id) { revision conversation { status closedBy } } }';

beforeAll(async () => {
  await addServer(api.pool, 'desk', 'prod');
  await addServer(api.pool, 'lab', 'staging');
  for (const agent of ['bot', 'other', 'host', 'gone']) {
    await addAgent(api.pool, agent);
    await assign(api.pool, `x-${agent}`, agent, 'support', 'prod');
    secrets[agent] = await giveSecret(api, agent, `cr_${agent}`);
  }
  await assign(api.pool, 'x-bot-lab', 'bot', 'support', 'staging');
  await api.pool.query(
    `insert into agent_host (agent_id, host_id, set_by) values ('bot', 'host', 'spec'), ('gone', 'host', 'spec')`,
  );
  await api.pool.query(`update agent_status set status = 'retired' where agent_id = 'gone'`);
});

const as = (agent: string) => ({ ...basic(agent, secrets[agent] ?? ''), 'content-type': 'application/json' });
async function send(method: string, path: string, body: object, headers: Record<string, string>) {
  const response = await fetch(`${api.config.publicUrl}${path}`, { method, headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const hostOpens = (body: object, agent = 'host') => send('POST', '/oauth/conversations', body, as(agent));
const wish = (more: object = {}) => ({ id: randomUUID(), agent: 'bot', tasks: ['lookup', 'update'], ...more });

async function token(agent: string, scope: string, server = 'desk') {
  const resource = `http://localhost/${server}/mcp`;
  const body = new URLSearchParams({ grant_type: 'client_credentials', resource, scope });
  const response = await fetch(`${api.config.publicUrl}/oauth/token`, {
    method: 'POST',
    headers: basic(agent, secrets[agent] ?? ''),
    body,
  });
  const answer = (await response.json()) as Record<string, string>;
  const [, payload = ''] = (answer['access_token'] ?? '').split('.');
  const claims = payload && (JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>);
  return { error: answer['error'], scope: answer['scope'], claims };
}

async function world(): Promise<unknown> {
  const { rows } = await api.pool.query('select * from conversation order by id');
  return { rows, revision: await api.revision() };
}

describe('a conversation opened by the host', () => {
  it('is on the feed at once, and a token for it carries the record and ends with it', async () => {
    const before = await api.revision();
    const request = wish({ attributes: { customerId: 'c-1' }, expiresInSeconds: 60 });
    const { status, body } = await hostOpens(request);
    expect([status, body['revision'], body['user']]).toEqual([200, before + 1, null]);
    const { rows } = await api.pool.query<{ value: string }>(
      `select value from change_latest where kind = 'conversation' and object_id = $1`,
      [request.id],
    );
    expect(JSON.parse(rows[0]?.value ?? '')).toMatchObject({
      agent: 'bot',
      status: 'open',
      attributes: { customerId: 'c-1' },
      credential: 'cr_host',
    });
    const { claims, scope } = await token('bot', `task:update conv:${request.id}`);
    expect(claims).toMatchObject({ conversation: request.id, task: 'update', rev: before + 1 });
    expect(claims).toMatchObject({ exp: Math.floor(Number(body['expiresAt']) / 1000) });
    expect(scope).toContain(`conv:${request.id}`);
  });

  it('may be opened with a registered key as well', async () => {
    const key = await giveKey(api, 'host', 'cr_host_key');
    const fields = await assertion(key, 'host', api.config.publicUrl);
    const { status } = await send(
      'POST',
      '/oauth/conversations',
      { ...wish(), ...fields },
      { 'content-type': 'application/json' },
    );
    expect(status).toBe(200);
    expect((await send('POST', '/oauth/conversations', { ...wish(), ...fields }, {})).status).toBe(401);
  });

  it('repeated is the same, and other content under its id is a conflict', async () => {
    const request = wish();
    const first = await hostOpens(request);
    const before = await world();
    expect(await hostOpens(request)).toEqual(first);
    const other = await hostOpens({ ...request, tasks: ['execute'] });
    expect([other.status, other.body['code']]).toEqual([409, 'conflict']);
    expect(await world()).toEqual(before);
  });

  it.each<[string, () => Promise<{ status: number; body: Record<string, unknown> }>, number, string]>([
    ['the agent itself', () => hostOpens(wish(), 'bot'), 403, 'conversation_refused'],
    ['an agent that is not its host', () => hostOpens(wish(), 'other'), 403, 'conversation_refused'],
    [
      'a wrong secret',
      () => send('POST', '/oauth/conversations', wish(), basic('host', 'pcs_wrong')),
      401,
      'client_refused',
    ],
    ['nobody', () => send('POST', '/oauth/conversations', wish(), {}), 401, 'client_refused'],
    ['the host, for a retired agent', () => hostOpens(wish({ agent: 'gone' })), 409, 'retired'],
    ['the host, with a user it asserts', () => hostOpens(wish({ user: 'portcullis:ana' })), 400, 'input_invalid'],
    ['the host, without an id', () => hostOpens({ agent: 'bot', tasks: ['lookup'] }), 400, 'input_invalid'],
  ])('is refused to %s', async (_name, act, status, code) => {
    const before = await world();
    const answer = await act();
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(await world()).toEqual(before);
  });

  it('that is bound to an environment gets tokens there alone, and says so to guards', async () => {
    const bound = wish({ environment: 'staging' });
    expect((await hostOpens(bound)).status).toBe(200);
    const { rows } = await api.pool.query<{ value: string }>(
      `select value from change_latest where kind = 'conversation' and object_id = $1`,
      [bound.id],
    );
    expect(JSON.parse(rows[0]?.value ?? '')).toMatchObject({ environment: 'staging' });
    const refused = await token('bot', `task:update conv:${bound.id}`);
    expect([refused.error, refused.claims]).toEqual(['invalid_scope', '']);
    const there = await token('bot', `task:update conv:${bound.id}`, 'lab');
    expect(there.claims).toMatchObject({ conversation: bound.id, environment: 'staging' });
    const free = wish();
    await hostOpens(free);
    for (const server of ['desk', 'lab'])
      expect((await token('bot', `task:update conv:${free.id}`, server)).claims).toMatchObject({
        conversation: free.id,
      });
    const before = await world();
    const other = await hostOpens({ ...bound, environment: 'prod' });
    expect([other.status, other.body['code']], 'bound once and for all').toEqual([409, 'conflict']);
    const nowhere = await hostOpens(wish({ environment: 'moon' }));
    expect([nowhere.status, nowhere.body['code']]).toEqual([404, 'not_found']);
    expect(await world()).toEqual(before);
  });

  it('is closed by its host alone', async () => {
    const { id } = wish();
    await hostOpens(wish({ id }));
    const before = await world();
    expect((await send('DELETE', `/oauth/conversations/${id}`, {}, as('other'))).status).toBe(403);
    expect(await world()).toEqual(before);
    const revision = await api.revision();
    const closed = await send('DELETE', `/oauth/conversations/${id}`, {}, as('host'));
    expect([closed.status, closed.body['revision']]).toEqual([200, revision + 1]);
    expect((await token('bot', `conv:${id}`)).error).toBe('invalid_scope');
    expect((await send('DELETE', `/oauth/conversations/${id}`, {}, as('host'))).body['code']).toBe('conflict');
  });
});

describe('P-F3 a token for a conversation', () => {
  it('is refused to another agent, for an unknown record, and for a task outside it', async () => {
    const { id } = wish();
    await hostOpens(wish({ id }));
    expect((await token('other', `conv:${id}`)).error).toBe('invalid_scope');
    expect((await token('bot', `conv:${randomUUID()}`)).error).toBe('invalid_scope');
    expect((await token('bot', `conv:${id} task:execute`)).error).toBe('invalid_scope');
    expect((await token('bot', `conv:${id}`)).error).toBeUndefined();
  });

  it('is refused when the record has expired or its host is tainted', async () => {
    const { id } = wish();
    await hostOpens(wish({ id }));
    await api.pool.query(`update conversation set expires_at = now() - interval '1 second' where id = $1`, [id]);
    expect((await token('bot', `conv:${id}`)).error).toBe('invalid_scope');
    await api.pool.query(`update conversation set expires_at = now() + interval '1 hour' where id = $1`, [id]);
    expect((await token('bot', `conv:${id}`)).error).toBeUndefined();
    await api.pool.query(`insert into credential_taint (credential_id, tainted_by) values ('cr_host', 'spec')`);
    expect((await token('bot', `conv:${id}`)).error).toBe('invalid_scope');
    await api.pool.query(`delete from credential_taint`);
  });
});

describe('a conversation opened by a person', () => {
  it('has that person for its user, and so has a token for it', async () => {
    const before = await api.revision();
    const id = randomUUID();
    const input = { id, agent: 'bot', tasks: ['lookup'] };
    const { openConversation } = await api.admin.get<{
      openConversation: { revision: number; conversation: { user: string } };
    }>(open, { input });
    expect(openConversation.revision).toBe(before + 1);
    expect(openConversation.conversation.user).toMatch(/^portcullis:./);
    expect((await token('bot', `conv:${id}`)).claims).toMatchObject({
      user: openConversation.conversation.user,
      sub: 'bot',
    });
    const { conversations } = await api.admin.get<{ conversations: { id: string; status: string }[] }>(
      '{ conversations(agent: "bot", status: open, first: 1) { id status openedBy digests } }',
    );
    expect(conversations).toMatchObject([{ id, status: 'open' }]);
  });

  it('is closed once', async () => {
    const id = randomUUID();
    await api.admin.get(open, { input: { id, agent: 'bot', tasks: ['lookup'] } });
    const revision = await api.revision();
    const { closeConversation } = await api.admin.get<{ closeConversation: unknown }>(close, { id });
    expect(closeConversation).toEqual({
      revision: revision + 1,
      conversation: { status: 'closed', closedBy: 'ada@example.org' },
    });
    const before = await world();
    expect((await api.admin.ask(close, { id })).code).toBe('conflict');
    expect((await api.admin.ask(close, { id: randomUUID() })).code).toBe('not_found');
    expect(await world()).toEqual(before);
  });
});
