import type { KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { testInstall } from '../testing/test-install.js';
import { assertion, basic, giveKey, giveSecret, testTokenServer } from '../testing/test-token-server.js';
import { addAgent, addServer, assign } from '../testing/world.js';

const install = testInstall();
const server = testTokenServer(install);
const secrets: Record<string, string> = {};
let key: KeyObject;

beforeAll(async () => {
  await addServer(install.pool, 'desk', 'prod');
  for (const agent of ['bot', 'other']) {
    await addAgent(install.pool, agent);
    await assign(install.pool, `x-${agent}`, agent, 'support', 'prod');
    secrets[agent] = await giveSecret(install, agent, `cr_${agent}`);
  }
  key = await giveKey(install, 'bot', 'cr_key');
});

const as = (agent: string) => basic(agent, secrets[agent] ?? '');
async function tokenOf(agent: string): Promise<string> {
  const fields = { grant_type: 'client_credentials', resource: 'http://localhost/desk/mcp' };
  return String((await server.post('/oauth/token', fields, as(agent))).body['access_token']);
}
const introspect = async (token: string, agent = 'other') =>
  (await server.post('/oauth/introspect', { token }, as(agent))).body;
const revoke = (token: string, agent = 'bot') => server.post('/oauth/revoke', { token }, as(agent));

describe('introspection (RFC 7662)', () => {
  it('says what a live token says', async () => {
    const token = await tokenOf('bot');
    expect(await introspect(token)).toMatchObject({
      active: true,
      token_type: 'Bearer',
      sub: 'bot',
      client_id: 'bot',
      role: 'support',
      scope: expect.stringContaining('role:support'),
    });
  });

  it.each([
    [
      'its credential is revoked',
      `insert into credential_revocation (credential_id, revoked_by) values ('cr_bot', 'spec')`,
      `delete from credential_revocation`,
    ],
    [
      'its credential is tainted',
      `insert into credential_taint (credential_id, tainted_by) values ('cr_bot', 'spec')`,
      `delete from credential_taint`,
    ],
    [
      'its credential has ended',
      `update credential set expires_at = now() where id = 'cr_bot'`,
      `update credential set expires_at = null`,
    ],
    [
      'its agent is suspended',
      `update agent_status set status = 'suspended' where agent_id = 'bot'`,
      `update agent_status set status = 'active'`,
    ],
  ])('says no more than that it is not active when %s', async (_name, end, restore) => {
    const token = await tokenOf('bot');
    await install.pool.query(end);
    const answer = await introspect(token);
    await install.pool.query(restore);
    expect(answer).toEqual({ active: false });
    expect(await introspect(token)).toMatchObject({ active: true });
  });

  it('answers a cut-off, a changed and a made-up token alike', async () => {
    const token = await tokenOf('bot');
    const [head, payload, signature = ''] = token.split('.');
    const changed = `${head}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    await install.pool.query(`select portcullis_append('[["cut-off","bot","{\\"agent\\":\\"bot\\"}"]]'::jsonb)`);
    for (const dead of [token, changed, 'made-up']) expect(await introspect(dead)).toEqual({ active: false });
    expect(await introspect(await tokenOf('bot'))).toMatchObject({ active: true });
  });

  it('is answered to agents alone', async () => {
    const token = await tokenOf('bot');
    const answer = await server.post('/oauth/introspect', { token }, basic('bot', 'pcs_wrong'));
    expect([answer.status, answer.body['error'], answer.body['active']]).toEqual([401, 'invalid_client', undefined]);
  });
});

describe('revocation (RFC 7009)', () => {
  it('puts the token on the feed once, and no other', async () => {
    const [token, kept] = [await tokenOf('bot'), await tokenOf('bot')];
    const before = await install.revision();
    const answer = await revoke(token);
    expect([answer.status, await install.revision()]).toEqual([200, before + 1]);
    const { rows } = await install.pool.query<{ value: string }>(
      `select value from change_latest where kind = 'token-revocation'`,
    );
    expect(rows.map(({ value }) => JSON.parse(value) as unknown)).toMatchObject([{ agent: 'bot' }]);
    expect(await introspect(token)).toEqual({ active: false });
    expect(await introspect(kept)).toMatchObject({ active: true });
    expect([(await revoke(token)).status, await install.revision()]).toEqual([200, before + 1]);
  });

  it('is done with a registered key as well', async () => {
    const token = await tokenOf('bot');
    const answer = await server.post('/oauth/revoke', { token, ...(await assertion(key, 'bot', server.issuer)) });
    expect([answer.status, await introspect(token)]).toEqual([200, { active: false }]);
  });

  it("refuses another agent's token, a wrong secret and a request without a token, and changes nothing", async () => {
    const token = await tokenOf('bot');
    const before = await install.revision();
    const stranger = await revoke(token, 'other');
    const guesser = await server.post('/oauth/revoke', { token }, basic('bot', 'pcs_wrong'));
    const silent = await server.post('/oauth/revoke', {}, as('bot'));
    expect([stranger, guesser, silent].map(({ status, body }) => [status, body['error']])).toEqual([
      [403, 'unauthorized_client'],
      [401, 'invalid_client'],
      [400, 'invalid_request'],
    ]);
    expect((await revoke('made-up')).status).toBe(200);
    expect([await install.revision(), await introspect(token)]).toMatchObject([before, { active: true }]);
  });
});
