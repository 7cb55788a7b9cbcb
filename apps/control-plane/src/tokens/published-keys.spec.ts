import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFetchPublic } from '../platform/fetch-public.js';
import { testInstall } from '../testing/test-install.js';
import { testTlsServer } from '../testing/test-tls-server.js';
import { assertion, testTokenServer } from '../testing/test-token-server.js';
import { addAgent, addServer, assign, change } from '../testing/world.js';

const minute = 60_000;
const install = testInstall();
const published = testTlsServer();
let now = 0;
const fetchPublic = () => createFetchPublic({ internalHosts: ['localhost'], ca: published.authority.pem });
const server = testTokenServer(install, () => ({ fetchPublic: fetchPublic(), now: () => now }));
const resource = 'http://localhost/desk/mcp';

interface Key {
  readonly kid: string | undefined;
  readonly key: KeyObject;
  readonly jwk: object;
}

function newKey(kid?: string): Key {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, key: privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), ...(kid && { kid }), use: 'sig' } };
}

describe('keys that an agent publishes', () => {
  let agent: string;
  let count = 0;
  let set: readonly object[];

  beforeAll(() => addServer(install.pool, 'desk', 'prod'));
  beforeEach(async () => {
    agent = `bot-${++count}`;
    set = [];
    published.json(`/${agent}`, () => ({ keys: set }));
    await addAgent(install.pool, agent);
    await assign(install.pool, `x-${agent}`, agent, 'support', 'prod');
    await change(install.pool, async ({ client, append }) => {
      await client.query(
        `insert into credential (id, agent_id, prefix, kind, jwks_uri, created_by) values ($1, $2, 'h', 'private_key_jwt', $3, 'spec')`,
        [`cr_${agent}`, agent, `${published.origin}/${agent}`],
      );
      append('credential', `cr_${agent}`, { agent, status: 'active', expiresAt: null });
    });
  });
  const publish = (...keys: readonly Key[]) => (set = keys.map(({ jwk }) => jwk));
  const fieldsBy = ({ key, kid }: Key) => assertion(key, agent, server.issuer, {}, 'ES256', kid);
  const askBy = async (key: Key) =>
    server.post('/oauth/token', { grant_type: 'client_credentials', resource, ...(await fieldsBy(key)) });
  const statusBy = async (key: Key) => (await askBy(key)).status;
  const readsOf = () => published.asked.filter((path) => path === `/${agent}`).length;

  it('prove it at every endpoint, and the token names the credential', async () => {
    const key = newKey('a');
    publish(newKey('other'), key);
    const answer = await askBy(key);
    expect(await server.claimsOf(answer)).toMatchObject({ agent, credential: `cr_${agent}` });
    const token = String(answer.body['access_token']);
    const introspected = await server.post('/oauth/introspect', { token, ...(await fieldsBy(key)) });
    expect(introspected.body).toMatchObject({ active: true });
  });

  it('are rotated by publishing: the new key works at once, the old one until a set without it is read', async () => {
    const [old, next] = [newKey('old'), newKey('next')];
    publish(old);
    expect(await statusBy(old)).toBe(200);
    publish(old, next);
    expect([await statusBy(next), await statusBy(old)]).toEqual([200, 200]);
    publish(next);
    now += 5 * minute;
    expect([await statusBy(next), await statusBy(old)]).toEqual([200, 401]);
  });

  it('are rotated without names too', async () => {
    const [old, next] = [newKey(), newKey()];
    publish(old);
    expect(await statusBy(old)).toBe(200);
    publish(next);
    expect([await statusBy(next), await statusBy(old)]).toEqual([200, 401]);
  });

  it('are read again for an unknown name at most every 30 seconds', async () => {
    const [first, second, third] = [newKey('1'), newKey('2'), newKey('3')];
    publish(first);
    expect(await statusBy(first)).toBe(200);
    expect(await statusBy(second)).toBe(401);
    const reads = readsOf();
    publish(first, second, third);
    for (const key of [second, third]) expect(await statusBy(key)).toBe(401);
    now += 30_000 - 1;
    expect([await statusBy(third), readsOf()]).toEqual([401, reads]);
    now += 1;
    expect([await statusBy(third), await statusBy(second), readsOf()]).toEqual([200, 200, reads + 1]);
  });

  it('last for an hour when they cannot be read, and come back with their source', async () => {
    const [key, next] = [newKey('a'), newKey('b')];
    publish(key);
    expect(await statusBy(key)).toBe(200);
    published.on(`/${agent}`, (_request, response) => response.writeHead(500).end());
    now += 60 * minute - 1;
    expect(await statusBy(key)).toBe(200);
    now += 1;
    expect(await statusBy(key)).toBe(401);
    published.json(`/${agent}`, () => ({ keys: [next.jwk] }));
    now += minute;
    expect([await statusBy(key), await statusBy(next)]).toEqual([401, 200]);
  });

  it('are kept as they were when the new set is not to be used', async () => {
    const key = newKey('a');
    publish(key);
    expect(await statusBy(key)).toBe(200);
    const next = newKey('b');
    set = [next.jwk, { ...next.key.export({ format: 'jwk' }), kid: 'c' }];
    now += 5 * minute;
    expect([await statusBy(next), await statusBy(key)]).toEqual([401, 200]);
  });

  it('are read once for all who ask at the same moment', async () => {
    const key = newKey('a');
    publish(key);
    const statuses = await Promise.all(Array.from({ length: 8 }, () => statusBy(key)));
    expect([new Set(statuses), readsOf()]).toEqual([new Set([200]), 1]);
  });

  it('that are for encryption, or of another kind, prove nothing', async () => {
    const [first, second, good] = [newKey('1'), newKey('2'), newKey('3')];
    set = [{ ...first.jwk, use: 'enc' }, { ...second.jwk, key_ops: ['deriveKey'] }, { kty: 'AKP' }, good.jwk];
    expect([await statusBy(good), await statusBy(first), await statusBy(second)]).toEqual([200, 401, 401]);
  });

  it('of a revoked credential prove nothing, and nobody is asked for them', async () => {
    const key = newKey('a');
    publish(key);
    await install.pool.query(`insert into credential_revocation (credential_id, revoked_by) values ($1, 'spec')`, [
      `cr_${agent}`,
    ]);
    expect([await statusBy(key), readsOf()]).toEqual([401, 0]);
  });

  it('are refused like any other credential: unknown name, unreadable set and unknown agent look alike', async () => {
    const key = newKey('a');
    publish(newKey('b'));
    const unknownName = await askBy(key);
    const known = agent;
    agent = 'nobody';
    const unknownAgent = await askBy(key);
    agent = known;
    now += 5 * minute;
    published.on(`/${agent}`, (_request, response) => response.writeHead(500).end('canary'));
    const unreadable = await askBy(key);
    const seen = [unknownName, unknownAgent, unreadable].map(({ status, text }) => `${status} ${text}`);
    expect(new Set(seen).size).toBe(1);
    expect(unknownName).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });
});
