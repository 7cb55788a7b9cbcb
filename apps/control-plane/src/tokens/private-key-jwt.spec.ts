import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { auth } from '@modelcontextprotocol/sdk/client/auth.js';
import { PrivateKeyJwtProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { testInstall } from '../testing/test-install.js';
import { assertion, basic, giveKey, giveSecret, testTokenServer } from '../testing/test-token-server.js';
import { addAgent, addServer, assign } from '../testing/world.js';

const install = testInstall();
const server = testTokenServer(install);
const resource = 'http://localhost/support-desk/mcp';
let key: KeyObject;

beforeAll(async () => {
  await addServer(install.pool, 'support-desk', 'prod');
  await addServer(install.pool, 'mcp', 'prod');
  await install.pool.query(`update server set resource = $1 where id = 'mcp'`, [`${server.issuer}/mcp`]);
  for (const agent of ['bot', 'other', 'guessed']) {
    await addAgent(install.pool, agent);
    await assign(install.pool, `x-${agent}`, agent, 'support', 'prod');
  }
  key = await giveKey(install, 'bot', 'cr_key');
});

const want = { grant_type: 'client_credentials', resource };
const ask = (fields: Record<string, string>) => server.post('/oauth/token', { ...want, ...fields });

describe('private_key_jwt', () => {
  it('gives a token to the agent whose registered key signed, and names that credential', async () => {
    const answer = await ask(await assertion(key, 'bot', server.issuer));
    expect(answer.status).toBe(200);
    expect(await server.claimsOf(answer)).toMatchObject({ sub: 'bot', agent: 'bot', credential: 'cr_key' });
  });

  it("works with the MCP SDK's own provider, from the resource's metadata on", async () => {
    server.app.get('/.well-known/oauth-protected-resource/mcp', (_request, response) => {
      response.json({ resource: `${server.issuer}/mcp`, authorization_servers: [server.issuer] });
    });
    const pem = String(key.export({ format: 'pem', type: 'pkcs8' }));
    const options = { clientId: 'bot', privateKey: pem, algorithm: 'ES256', expectedIssuer: server.issuer };
    const provider = new PrivateKeyJwtProvider(options);
    expect(await auth(provider, { serverUrl: `${server.issuer}/mcp`, scope: 'task:lookup' })).toBe('AUTHORIZED');
    expect(provider.tokens()).toMatchObject({ token_type: 'Bearer', expires_in: 300 });
  });

  it('stands next to secrets of the same agent', async () => {
    const secret = await giveSecret(install, 'bot', 'cr_secret');
    const answer = await server.post('/oauth/token', want, basic('bot', secret));
    expect(await server.claimsOf(answer)).toMatchObject({ credential: 'cr_secret' });
  });

  it('takes an assertion once, also of two at the same moment', async () => {
    const fields = await assertion(key, 'bot', server.issuer);
    const answers = await Promise.all([ask(fields), ask(fields), ask(fields)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect((await ask(fields)).body['error']).toBe('invalid_client');
  });

  it('refuses an alg that the key does not have, also one that would take the public key for a secret', async () => {
    const spki = createPublicKey(key).export({ format: 'pem', type: 'spki' });
    const confused = await assertion(new TextEncoder().encode(String(spki)), 'bot', server.issuer, {}, 'HS256');
    const { client_assertion: good = '' } = await assertion(key, 'bot', server.issuer);
    const [, payload] = good.split('.');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    for (const fields of [confused, { ...confused, client_assertion: none }]) {
      expect([(await ask(fields)).status, (await ask(fields)).body['error']]).toEqual([401, 'invalid_client']);
    }
  });

  const now = () => Math.floor(Date.now() / 1000);
  it.each<[string, () => Record<string, unknown>]>([
    ['for another audience', () => ({ aud: 'http://localhost:1' })],
    ['that has expired', () => ({ exp: now() - 60 })],
    ['without an end', () => ({ exp: undefined })],
    ['that would be good for an hour', () => ({ exp: now() + 3600 })],
    ['without a jti', () => ({ jti: undefined })],
    ['that another issued', () => ({ iss: 'other' })],
    ['about another agent', () => ({ iss: 'other', sub: 'other' })],
    ['made in the future', () => ({ nbf: now() + 300 })],
  ])('refuses an assertion %s', async (_name, claims) => {
    const before = await install.revision();
    const answer = await ask(await assertion(key, 'bot', server.issuer, claims()));
    expect([answer.status, answer.body['access_token']]).toEqual([401, undefined]);
    expect(await install.revision()).toBe(before);
  });

  it('answers a wrong key, an unknown agent and a revoked key alike', async () => {
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const revoked = await giveKey(install, 'other', 'cr_revoked');
    await install.pool.query(
      `insert into credential_revocation (credential_id, revoked_by) values ('cr_revoked', 'spec')`,
    );
    const answers = await Promise.all([
      ask(await assertion(stranger, 'bot', server.issuer)),
      ask(await assertion(stranger, 'nobody', server.issuer)),
      ask(await assertion(revoked, 'other', server.issuer)),
    ]);
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('refuses a prepared key and one that is tainted', async () => {
    const prepared = await giveKey(install, 'other', 'cr_prepared');
    await install.pool.query(`update credential set stage = 'prepared' where id = 'cr_prepared'`);
    const tainted = await giveKey(install, 'other', 'cr_tainted');
    await install.pool.query(`insert into credential_taint (credential_id, tainted_by) values ('cr_tainted', 'spec')`);
    for (const held of [prepared, tainted])
      expect((await ask(await assertion(held, 'other', server.issuer))).status).toBe(401);
  });

  it('slows guessing with keys down as it does with secrets', async () => {
    const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const statuses = [];
    for (let n = 0; n < 32; n++) statuses.push((await ask(await assertion(stranger, 'guessed', server.issuer))).status);
    expect(statuses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 401));
    expect(statuses.slice(30)).toEqual([429, 429]);
  });
});
