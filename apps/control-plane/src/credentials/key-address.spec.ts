import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import { testTlsServer } from '../testing/test-tls-server.js';
import { assertion } from '../testing/test-token-server.js';
import { addAgent, addServer, assign } from '../testing/world.js';

const issue =
  'mutation ($input: IssueCredentialInput!) { issueCredential(input: $input) { revision secret credential { id prefix publicJwk jwksUri } } }';
const prepare = issue.replace('issueCredential(', 'prepareCredential(');

interface Issued {
  readonly issueCredential: { readonly revision: number; readonly credential: { readonly id: string } };
}

describe('a credential by the address of its keys', () => {
  const server = testTlsServer();
  const api = testApi({ PORTCULLIS_INTERNAL_HOSTS: 'localhost' }, { ca: () => server.authority.pem });
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  beforeAll(async () => {
    await addServer(api.pool, 'desk', 'prod');
    await addAgent(api.pool, 'bot');
    await assign(api.pool, 'x', 'bot', 'support', 'prod');
  });
  const inputFor = (jwksUri: string) => ({ input: { agent: 'bot', kind: 'private_key_jwt', jwksUri } });
  async function world(): Promise<unknown> {
    const rows = async (table: string) => (await api.pool.query(`select * from ${table} order by 1, 2`)).rows;
    return [await api.revision(), await rows('credential'), await rows('change_latest')];
  }

  it('is issued once the keys were read there, and gets tokens by them', async () => {
    server.json('/keys', () => ({ keys: [{ ...jwk, kid: 'k1' }] }));
    const jwksUri = `${server.origin}/keys`;
    const before = await api.revision();
    const { issueCredential } = await api.admin.get<Issued>(issue, inputFor(jwksUri));
    expect(issueCredential).toMatchObject({
      revision: before + 1,
      secret: null,
      credential: { prefix: `localhost:${server.port}`, publicJwk: null, jwksUri },
    });
    const answer = await fetch(`${api.config.publicUrl}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        resource: 'http://localhost/desk/mcp',
        ...(await assertion(privateKey, 'bot', api.config.publicUrl, {}, 'ES256', 'k1')),
      }),
    });
    expect(answer.status).toBe(200);
  });

  it('keeps the credential of the agent by the address alone', async () => {
    server.json('/keys', () => ({ keys: [jwk] }));
    const { issueCredential } = await api.admin.get<Issued>(issue, inputFor(`${server.origin}/keys`));
    const { rows } = await api.pool.query('select public_jwk, secret_hash from credential where id = $1', [
      issueCredential.credential.id,
    ]);
    expect(rows).toEqual([{ public_jwk: null, secret_hash: null }]);
  });

  const set = (keys: unknown) => {
    server.json('/set', () => keys);
    return `${server.origin}/set`;
  };
  it.each<[string, string, () => string]>([
    ['in the clear', 'address_invalid', () => 'http://keys.example.org/jwks'],
    ['with a user', 'address_invalid', () => 'https://me@keys.example.org/'],
    ['that is none', 'address_invalid', () => 'keys'],
    ['of this machine by number', 'not_public', () => `https://127.0.0.1:${server.port}/keys`],
    ['of the metadata service', 'not_public', () => 'https://169.254.169.254/latest'],
    ['where nobody listens', 'unreachable', () => 'https://localhost:1/keys'],
    ['of no key set', 'not_a_key_set', () => set([jwk])],
    ['of an empty key set', 'no_usable_key', () => set({ keys: [] })],
    ['of keys for encryption', 'no_usable_key', () => set({ keys: [{ ...jwk, use: 'enc' }] })],
    ['of a private key', 'private_key', () => set({ keys: [jwk, privateKey.export({ format: 'jwk' })] })],
    ['of a symmetric key', 'private_key', () => set({ keys: [jwk, { kty: 'oct', k: 'AAAA' }] })],
    ['of 17 keys', 'too_many_keys', () => set({ keys: Array.from({ length: 17 }, () => jwk) })],
  ])('is refused with an address %s, with the reason, and leaves everything as it was', async (_what, reason, uri) => {
    const before = await world();
    for (const mutation of [issue, prepare]) {
      const { code, errors } = await api.admin.ask(mutation, inputFor(uri()));
      expect([code, errors[0]?.extensions.details['reason']]).toEqual(['key_address_refused', reason]);
    }
    expect(await world()).toEqual(before);
  });

  it('says nothing of what the other side said', async () => {
    server.on('/canary', (_request, response) => response.setHeader('x-c', 'canary-1').end('canary-2'));
    const { errors, code } = await api.admin.ask(issue, inputFor(`${server.origin}/canary`));
    expect(code).toBe('key_address_refused');
    expect([JSON.stringify(errors), api.log()].filter((text) => text.includes('canary-'))).toEqual([]);
  });
});
