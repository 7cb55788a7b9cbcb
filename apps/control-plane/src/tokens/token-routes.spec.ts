import { createHash, randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accessTokenSchema } from '@portcullis/contracts';
import express from 'express';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../platform/config.js';
import { testInstall } from '../testing/test-install.js';
import { basic, tokenPartsOf } from '../testing/test-token-server.js';
import { addAgent, addServer, assign, change } from '../testing/world.js';
import { tokenRoutes } from './token-routes.js';

const install = testInstall();
const resource = 'http://localhost/support-desk/mcp';
let server: Server;
let issuer: string;

async function issue(agent: string, id: string): Promise<string> {
  const secret = `pcs_${randomBytes(32).toString('base64url')}`;
  await change(install.pool, async ({ client, append }) => {
    await client.query(
      `insert into credential (id, agent_id, prefix, secret_hash, created_by) values ($1, $2, $3, $4, 'spec')`,
      [id, agent, secret.slice(0, 12), createHash('sha256').update(secret).digest('hex')],
    );
    append('credential', id, { agent, status: 'active', expiresAt: null });
  });
  return secret;
}

let first: string;
let second: string;
beforeAll(async () => {
  await addServer(install.pool, 'support-desk', 'prod');
  await addServer(install.pool, 'lab', 'exploratory');
  await addAgent(install.pool, 'cs-prod');
  await addAgent(install.pool, 'two-hats');
  await assign(install.pool, 'x1', 'cs-prod', 'support', 'prod');
  await assign(install.pool, 'x2', 'two-hats', 'support', 'prod');
  await assign(install.pool, 'x3', 'two-hats', 'research', 'prod');
  first = await issue('cs-prod', 'cr_1');
  second = await issue('cs-prod', 'cr_2');
  const app = express();
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const config = readConfig({
    DATABASE_URL: install.url,
    PORTCULLIS_DATA: install.data,
    PORTCULLIS_PUBLIC_URL: issuer,
  });
  app.use(tokenRoutes(await tokenPartsOf(install, config)));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

interface Ask {
  client?: string;
  secret?: string;
  resource?: string;
  scope?: string;
  post?: boolean;
}

async function ask({ client = 'cs-prod', secret = first, ...fields }: Ask = {}) {
  const basic = `Basic ${Buffer.from(`${encodeURIComponent(client)}:${secret}`).toString('base64')}`;
  const response = await fetch(`${issuer}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...(fields.post ? {} : { authorization: basic }) },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...(fields.resource === '' ? {} : { resource: fields.resource ?? resource }),
      ...(fields.scope === undefined ? {} : { scope: fields.scope }),
      ...(fields.post ? { client_id: client, client_secret: secret } : {}),
    }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: JSON.parse(text) as Record<string, unknown>,
  };
}

async function claimsOf(answer: { body: Record<string, unknown> }) {
  const { payload, protectedHeader } = await jwtVerify(
    String(answer.body['access_token']),
    createRemoteJWKSet(new URL(`${issuer}/oauth/jwks`)),
  );
  return { header: protectedHeader, claims: accessTokenSchema.parse(payload), payload };
}

describe('the token endpoint', () => {
  it('P-F5 gives a token of five minutes for one server, with the revision it was issued at', async () => {
    const revision = await install.revision();
    const answer = await ask({ scope: 'role:support task:execute instance:cs-prod-4729' });
    const { header, claims } = await claimsOf(answer);
    expect(answer.body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'role:support task:execute instance:cs-prod-4729',
    });
    expect(header).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(claims).toMatchObject({
      iss: issuer,
      aud: resource,
      sub: 'cs-prod',
      client_id: 'cs-prod',
      agent: 'cs-prod',
      credential: 'cr_1',
      instance: 'cs-prod-4729',
      role: 'support',
      environment: 'prod',
      task: 'execute',
      rev: revision,
    });
    expect(claims.exp - claims.iat).toBe(300);
    expect(await install.revision()).toBe(revision);
  });

  it('P-F4 defaults to the one role held there and to lookup, and says so', async () => {
    const answer = await ask({ post: true, secret: second });
    const { claims } = await claimsOf(answer);
    expect(claims).toMatchObject({
      role: 'support',
      task: 'lookup',
      credential: 'cr_2',
      instance: expect.stringMatching(/^cs-prod-[0-9a-f]{8}$/),
    });
    expect(answer.body['scope']).toBe(`role:support task:lookup instance:${claims.instance}`);
  });

  it('announces what it has, and nothing else of the provider can be reached', async () => {
    const metadata = await (await fetch(`${issuer}/.well-known/oauth-authorization-server`)).json();
    const others = await Promise.all(
      ['/auth', '/oauth/auth', '/reg', '/token/revocation', '/.well-known/openid-configuration'].map((path) =>
        fetch(`${issuer}${path}`),
      ),
    );
    expect(metadata).toMatchObject({
      issuer,
      token_endpoint: `${issuer}/oauth/token`,
      jwks_uri: `${issuer}/oauth/jwks`,
    });
    expect(others.map((answer) => answer.status)).toEqual([404, 404, 404, 404, 404]);
    const { keys } = (await (await fetch(`${issuer}/oauth/jwks`)).json()) as { keys: Record<string, unknown>[] };
    expect(keys.every((key) => key['d'] === undefined)).toBe(true);
  });

  it.each<[string, Ask, number, string]>([
    ['a role the agent does not hold', { scope: 'role:research' }, 400, 'invalid_scope'],
    ['an unknown scope token', { scope: 'admin' }, 400, 'invalid_scope'],
    ['a user it asserts itself', { scope: 'role:support user:ana' }, 400, 'invalid_scope'],
    ['no resource', { resource: '' }, 400, 'invalid_target'],
    ['a server nobody registered', { resource: 'http://localhost/elsewhere/mcp' }, 400, 'invalid_target'],
    ['a server where it holds no role', { resource: 'http://localhost/lab/mcp' }, 400, 'invalid_scope'],
  ])('refuses %s', async (_name, request, status, error) => {
    const answer = await ask(request);
    expect([answer.status, answer.body['error']]).toEqual([status, error]);
    expect(answer.body['access_token']).toBeUndefined();
  });

  it('P-F4 refuses to choose between two roles', async () => {
    const secret = await issue('two-hats', 'cr_3');
    expect((await ask({ client: 'two-hats', secret })).body['error']).toBe('invalid_scope');
    expect((await claimsOf(await ask({ client: 'two-hats', secret, scope: 'role:research' }))).claims.role).toBe(
      'research',
    );
  });

  it('answers a wrong secret, an unknown agent and a revoked credential alike', async () => {
    const secret = await issue('cs-prod', 'cr_4');
    await install.pool.query(`insert into credential_revocation (credential_id, revoked_by) values ('cr_4', 'spec')`);
    const answers = await Promise.all([
      ask({ secret: 'pcs_wrong' }),
      ask({ client: 'nobody', secret: 'pcs_wrong' }),
      ask({ secret }),
    ]);
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(answers[0]?.headers.get('www-authenticate')).toContain('Basic');
  });

  it('gives nothing to a suspended agent and takes it back when it is resumed', async () => {
    const set = (status: string) =>
      install.pool.query(`update agent_status set status = $1 where agent_id = 'cs-prod'`, [status]);
    await set('suspended');
    const refused = await ask();
    await set('active');
    expect([refused.status, refused.body['error']]).toEqual([401, 'invalid_client']);
    expect((await ask()).status).toBe(200);
  });

  it('notes when a credential was last used', async () => {
    await install.pool.query(`update credential set last_used_at = null where id = 'cr_1'`);
    await ask();
    const { rows } = await install.pool.query<{ used: boolean }>(
      `select last_used_at is not null as used from credential where id = 'cr_1'`,
    );
    expect(rows).toEqual([{ used: true }]);
  });

  it('slows guessing down behind a trusted proxy too and notes uses, whatever address the client claims to come from', async () => {
    const config = readConfig({
      DATABASE_URL: install.url,
      PORTCULLIS_DATA: install.data,
      PORTCULLIS_PUBLIC_URL: issuer,
      PORTCULLIS_TRUSTED_PROXIES: '127.0.0.1',
    });
    const app = express().set('trust proxy', config.trustedProxies);
    app.use(tokenRoutes(await tokenPartsOf(install, config)));
    const behind = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => behind.once('listening', resolve));
    const statuses = [];
    for (let n = 0; n < 31; n++) {
      const response = await fetch(`http://127.0.0.1:${(behind.address() as AddressInfo).port}/oauth/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`behind-proxy:pcs_${n}`).toString('base64')}`,
          'x-forwarded-for': `10.0.0.${n}, 192.0.2.7`,
        },
        body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
      });
      statuses.push(response.status);
    }
    const headers = { ...basic('cs-prod', first), 'x-forwarded-for': '10.0.0.1, 192.0.2.7' };
    const body = new URLSearchParams({ grant_type: 'client_credentials', resource });
    await install.pool.query(`update credential set last_used_at = null where id = 'cr_1'`);
    await fetch(`http://127.0.0.1:${(behind.address() as AddressInfo).port}/oauth/token`, {
      method: 'POST',
      headers,
      body,
    });
    await new Promise((resolve) => behind.close(resolve));
    const { rows } = await install.pool.query(`select last_used_from as "from" from credential where id = 'cr_1'`);
    expect(rows).toEqual([{ from: '192.0.2.7' }]);
    expect([statuses.at(0), statuses.at(-1)]).toEqual([401, 429]);
  });

  it('slows guessing at one client down, and no other client with it', async () => {
    const guesses = [];
    for (let n = 0; n < 35; n++) guesses.push((await ask({ client: 'guessed', secret: `pcs_${n}` })).status);
    expect(guesses.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 401));
    expect(guesses.slice(30)).toEqual([429, 429, 429, 429, 429]);
    expect((await ask()).status).toBe(200);
  });
});
