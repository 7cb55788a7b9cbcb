import { randomUUID } from 'node:crypto';
import { accessTokenSchema } from '@portcullis/contracts';
import { applyChanges, decide, emptyState, type Decision } from '@portcullis/policy';
import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAsOf } from '../change-log/read-log.js';
import { closeTainted } from '../conversations/close-tainted.js';
import { testInstall, wideLimits } from '../testing/test-install.js';
import { basic, giveSecret, testTokenServer } from '../testing/test-token-server.js';
import { addAgent, addServer, assign, change } from '../testing/world.js';
import { leaveFeed } from './leave-feed.js';

const install = testInstall();
const server = testTokenServer(install);
const secrets: Record<string, string> = {};
const resource = 'http://localhost/desk/mcp';

beforeAll(async () => {
  await addServer(install.pool, 'desk', 'prod');
  for (const agent of ['bot', 'host']) {
    await addAgent(install.pool, agent);
    await assign(install.pool, `x-${agent}`, agent, 'support', 'prod');
    secrets[agent] = await giveSecret(install, agent, `cr_${agent}`);
  }
  await install.pool.query(`insert into agent_host (agent_id, host_id, set_by) values ('bot', 'host', 'spec')`);
  await change(install.pool, ({ append }) => {
    append('tool', 'desk/find', { server: 'desk', name: 'find', classes: ['read'] });
    append('grant', 'g', {
      ...{ role: 'support', environment: 'prod', tool: { id: 'desk/find' }, task: 'lookup', constraints: [] },
      ...{ notBefore: null, notAfter: null, staleSeconds: 0 },
    });
  });
});

const as = (agent: string) => basic(agent, secrets[agent] ?? '');

async function open(): Promise<string> {
  const id = randomUUID();
  const answer = await fetch(`${server.issuer}/oauth/conversations`, {
    method: 'POST',
    headers: { ...as('host'), 'content-type': 'application/json' },
    body: JSON.stringify({ id, agent: 'bot', tasks: ['lookup'] }),
  });
  expect(answer.status).toBe(200);
  return id;
}
async function token(scope = 'task:lookup'): Promise<string> {
  const { body } = await server.post('/oauth/token', { grant_type: 'client_credentials', resource, scope }, as('bot'));
  return String(body['access_token']);
}
const isActive = async (text: string) =>
  (await server.post('/oauth/introspect', { token: text }, as('bot'))).body['active'];

/** What a guard that holds the head answers to a call with this token, at a moment of control time. */
async function guarded(text: string, now = Date.now()): Promise<Decision> {
  const head = await install.revision();
  const held = (await readAsOf(install.pool, head)).map((one) => ({
    ...one,
    value: JSON.parse(one.value ?? 'null') as unknown,
  }));
  const state = applyChanges(emptyState('desk'), held, head, { snapshot: true });
  const claims = accessTokenSchema.parse(decodeJwt(text));
  return decide(state, { claims, server: 'desk', tool: 'find', arguments: {}, posture: 'fresh', staleSeconds: 0, now });
}

const told = async (kind: string, id: string) =>
  (
    await install.pool.query<{ value: string | null; revision: string }>(
      `select value, revision from change_latest where kind = $1 and object_id = $2`,
      [kind, id],
    )
  ).rows[0];
const endedAgo = (id: string, interval: string) =>
  install.pool.query(`update conversation set expires_at = now() - $2::interval where id = $1`, [id, interval]);

describe('a conversation that ended an hour ago', () => {
  it.each<[string, (id: string, interval: string) => Promise<unknown>]>([
    ['by itself', endedAgo],
    [
      'when it was closed',
      (id, interval) =>
        install.pool.query(
          `update conversation set status = 'closed', closed_by = 'spec', closed_at = now() - $2::interval where id = $1`,
          [id, interval],
        ),
    ],
  ])('%s leaves the feed by a tombstone, and not before', async (_how, end) => {
    const id = await open();
    await end(id, '59 minutes');
    const before = await install.revision();
    expect([await leaveFeed(install.pool, wideLimits), await install.revision()]).toEqual([0, before]);
    await end(id, '61 minutes');
    expect(await leaveFeed(install.pool, wideLimits)).toBe(1);
    expect(await told('conversation', id)).toEqual({ value: null, revision: String(before + 1) });
    expect([await leaveFeed(install.pool, wideLimits), await install.revision()]).toEqual([0, before + 1]);
  });

  it('is revived by nothing: not by its token, not by another one, and not by its id', async () => {
    const id = await open();
    const text = await token(`conv:${id}`);
    expect((await guarded(text)).outcome).toBe('allow');
    await endedAgo(id, '61 minutes');
    await leaveFeed(install.pool, wideLimits);
    expect(await guarded(text)).toMatchObject({ outcome: 'deny', reason: 'token_invalid', rule: `conversation:${id}` });
    expect(await isActive(text)).toBe(false);
    expect(await token(`conv:${id}`)).toBe('undefined');
    const before = [await told('conversation', id), await install.revision()];
    const again = await fetch(`${server.issuer}/oauth/conversations`, {
      method: 'POST',
      headers: { ...as('host'), 'content-type': 'application/json' },
      body: JSON.stringify({ id, agent: 'bot', tasks: ['lookup'] }),
    });
    expect([again.status, await told('conversation', id), await install.revision()]).toEqual([409, ...before]);
  });
});

describe('a revoked token', () => {
  it('leaves the feed ten minutes after it has expired, and is then dead by its own end', async () => {
    const text = await token();
    await server.post('/oauth/revoke', { token: text }, as('bot'));
    const { jti = '', exp = 0 } = decodeJwt(text);
    const before = await install.revision();
    expect([await leaveFeed(install.pool, wideLimits), (await told('token-revocation', jti))?.value]).toEqual([
      0,
      expect.stringContaining('bot'),
    ]);
    expect(await guarded(text)).toMatchObject({ outcome: 'deny', rule: `token-revocation:${jti}` });
    await install.pool.query(`update token_revocation set expires_at = now() - interval '11 minutes'`);
    expect(await leaveFeed(install.pool, wideLimits)).toBe(1);
    expect(await told('token-revocation', jti)).toEqual({ value: null, revision: String(before + 1) });
    expect((await install.pool.query(`select 1 from token_revocation`)).rowCount).toBe(0);
    expect(await guarded(text, (exp + 600) * 1000)).toMatchObject({ outcome: 'deny', reason: 'token_expired' });
  });
});

describe('what ends by itself', () => {
  it('P-B2 goes in revisions of at most so many changes', async () => {
    for (let n = 0; n < 5; n++) await endedAgo(await open(), '2 hours');
    const before = await install.revision();
    const few = { ...wideLimits, maxChanges: 2 };
    const counts = [];
    for (let n = 0; n < 4; n++) counts.push(await leaveFeed(install.pool, few));
    expect([counts, await install.revision()]).toEqual([[2, 2, 1, 0], before + 3]);
  });

  it('is done once, though two replicas do it at the same moment', async () => {
    for (let n = 0; n < 3; n++) await endedAgo(await open(), '2 hours');
    const before = await install.revision();
    const counts = await Promise.all([leaveFeed(install.pool, wideLimits), leaveFeed(install.pool, wideLimits)]);
    expect([counts.reduce((sum, count) => sum + count), await install.revision()]).toEqual([3, before + 1]);
  });
});

describe('conversations of a tainted credential', () => {
  it('are closed for people too, with their change; those of others stay open', async () => {
    const [mine, text] = [await open(), await token()];
    const theirs = randomUUID();
    await install.pool.query(
      `insert into conversation (id, agent_id, tasks, opened_by, expires_at) values ($1, 'bot', '{lookup}', 'ada', now() + interval '1 hour')`,
      [theirs],
    );
    const inHand = await token(`conv:${mine}`);
    expect(await closeTainted(install.pool, wideLimits)).toBe(0);
    await change(install.pool, async ({ client, append }) => {
      await client.query(`insert into credential_taint (credential_id, tainted_by) values ('cr_host', 'spec')`);
      append('credential', 'cr_host', { agent: 'host', status: 'tainted', expiresAt: null });
    });
    expect(await guarded(inHand)).toMatchObject({ outcome: 'deny' });
    expect(await guarded(text)).toMatchObject({ outcome: 'allow' });
    const before = await install.revision();
    const reached = await install.pool.query(
      `select 1 from conversation where status = 'open' and credential_id = 'cr_host' and not left_feed`,
    );
    expect(await closeTainted(install.pool, wideLimits)).toBe(reached.rowCount);
    expect(await install.revision()).toBe(before + 1);
    expect(JSON.parse((await told('conversation', mine))?.value ?? '')).toMatchObject({
      status: 'closed',
      agent: 'bot',
    });
    const { rows } = await install.pool.query(
      `select id, status, closed_by from conversation where id = any($1) order by id = $2 desc`,
      [[mine, theirs], mine],
    );
    expect(rows).toEqual([
      { id: mine, status: 'closed', closed_by: 'the taint of its credential' },
      { id: theirs, status: 'open', closed_by: null },
    ]);
    expect(await guarded(inHand)).toMatchObject({ outcome: 'deny', rule: 'credential:cr_host' });
    expect([await closeTainted(install.pool, wideLimits), await install.revision()]).toEqual([0, before + 1]);
  });
});
