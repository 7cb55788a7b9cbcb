import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { dpopAlgorithms } from '@portcullis/contracts';
import express from 'express';
import { calculateJwkThumbprint, decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../platform/config.js';
import { dpopProof, proofKey } from '../testing/dpop-proof.js';
import { testInstall } from '../testing/test-install.js';
import { assertion, basic, giveKey, giveSecret, testTokenServer, tokenPartsOf } from '../testing/test-token-server.js';
import { addAgent, addServer, assign } from '../testing/world.js';
import { tokenRoutes } from './token-routes.js';

const install = testInstall();
const server = testTokenServer(install);
const resource = 'http://localhost/desk/mcp';
const want = { grant_type: 'client_credentials', resource };
const key = proofKey();
let secret: string;
let signer: KeyObject;
let nonce: string;

const url = () => `${server.issuer}/oauth/token`;
const ask = (dpop: string, headers = basic('bot', secret)) => server.post('/oauth/token', want, { ...headers, dpop });

/** Everything that a token could leave behind. */
async function world() {
  const read = async (text: string) => (await install.pool.query<Record<string, unknown>>(text)).rows;
  return {
    revision: await install.revision(),
    proofs: await read('select kind, id from used_proof order by kind, id'),
    uses: await read('select id, last_used_at from credential order by id'),
    records: await read('select model, id from oidc_record order by model, id'),
  };
}

beforeAll(async () => {
  await addServer(install.pool, 'desk', 'prod');
  await addAgent(install.pool, 'bot');
  await assign(install.pool, 'x-bot', 'bot', 'support', 'prod');
  secret = await giveSecret(install, 'bot', 'cr_bot');
  signer = await giveKey(install, 'bot', 'cr_key');
  nonce = (await ask(await dpopProof(key, url()))).headers.get('dpop-nonce') ?? '';
});

const insecure = { [oauth.allowInsecureRequests]: true };
async function discover(): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(server.issuer);
  const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
  return oauth.processDiscoveryResponse(issuer, response);
}

/** As the library's documentation says: once more when the server names a nonce. */
async function grantTo(client: oauth.Client, auth: oauth.ClientAuth, pair: oauth.CryptoKeyPair) {
  const as = await discover();
  const DPoP = oauth.DPoP(client, pair);
  const once = async () => {
    const options = { DPoP, ...insecure };
    const response = await oauth.clientCredentialsGrantRequest(as, client, auth, { resource }, options);
    return oauth.processClientCredentialsResponse(as, client, response);
  };
  return once().catch((error: unknown) => (oauth.isDPoPNonceError(error) ? once() : Promise.reject(error)));
}

describe('RFC 9449 a token bound to a key', () => {
  it.each(['ES256', 'Ed25519', 'PS256', 'RS256'])('is given to a client that proves an %s key', async (alg) => {
    const pair = await oauth.generateKeyPair(alg, { extractable: true });
    const answer = await grantTo({ client_id: 'bot' }, oauth.ClientSecretBasic(secret), pair);
    expect(answer.token_type).toBe('dpop');
    const jkt = await calculateJwkThumbprint(await crypto.subtle.exportKey('jwk', pair.publicKey));
    expect(decodeJwt(answer.access_token)).toMatchObject({ sub: 'bot', credential: 'cr_bot', cnf: { jkt } });
  });

  it('is given to a client that authenticates by a key as well, and both proofs are taken once', async () => {
    const pkcs8 = signer.export({ format: 'der', type: 'pkcs8' });
    const curve = { name: 'ECDSA', namedCurve: 'P-256' };
    const own = await crypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), curve, false, ['sign']);
    const pair = await oauth.generateKeyPair('ES256');
    const before = (await world()).proofs.length;
    const answer = await grantTo({ client_id: 'bot' }, oauth.PrivateKeyJwt(own), pair);
    expect(decodeJwt(answer.access_token)).toMatchObject({ credential: 'cr_key' });
    const taken = await install.pool.query<{ kind: string }>('select kind from used_proof order by kind');
    expect(taken.rows.length - before).toBe(3);
    expect(taken.rows.filter(({ kind }) => kind === 'assertion')).toHaveLength(2);
  });

  it('is announced with the algorithms that guards take too', async () => {
    expect((await discover()).dpop_signing_alg_values_supported).toEqual([...dpopAlgorithms]);
  });

  it('reads DPoP in the answer, and the next nonce is asked for first', async () => {
    const first = await ask(await dpopProof(key, url()));
    expect([first.status, first.body['error']]).toEqual([400, 'use_dpop_nonce']);
    const answer = await ask(await dpopProof(key, url(), { nonce: first.headers.get('dpop-nonce') }));
    expect(answer.body['token_type']).toBe('DPoP');
    expect(await server.claimsOf(answer)).toMatchObject({ cnf: { jkt: await calculateJwkThumbprint(key.jwk) } });
  });
});

describe('RFC 9449 a proof', () => {
  it('is taken once, also of several at the same moment', async () => {
    const proof = await dpopProof(key, url(), { nonce });
    const answers = await Promise.all([ask(proof), ask(proof), ask(proof)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    const before = await world();
    const replayed = await ask(proof);
    expect([replayed.status, replayed.body['error'], await world()]).toEqual([400, 'invalid_dpop_proof', before]);
  });

  it('is refused again from another replica, and takes a nonce of this one there', async () => {
    const replica = express();
    const settings = { DATABASE_URL: install.url, PORTCULLIS_DATA: install.data, PORTCULLIS_PUBLIC_URL: server.issuer };
    replica.use(tokenRoutes(await tokenPartsOf(install, readConfig(settings))));
    const running = replica.listen(0, '127.0.0.1');
    await new Promise((resolve) => running.once('listening', resolve));
    const there = `http://127.0.0.1:${(running.address() as AddressInfo).port}/oauth/token`;
    const headers = { ...basic('bot', secret), dpop: await dpopProof(key, url(), { nonce }) };
    const first = await fetch(there, { method: 'POST', headers, body: new URLSearchParams(want) });
    await new Promise((resolve) => running.close(resolve));
    expect([first.status, (await ask(headers.dpop)).body['error']]).toEqual([200, 'invalid_dpop_proof']);
  });

  it('may bear the id of the client assertion beside it: they are two proofs', async () => {
    const jti = randomUUID();
    const fields = { ...want, ...(await assertion(signer, 'bot', server.issuer, { jti })) };
    const answer = await server.post('/oauth/token', fields, { dpop: await dpopProof(key, url(), { nonce, jti }) });
    expect(answer.body['token_type']).toBe('DPoP');
  });

  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const hmac = { alg: 'HS256' };
  it.each<[string, string, () => Promise<string>]>([
    ['for another method', 'invalid_dpop_proof', () => dpopProof(key, url(), { nonce, htm: 'GET' })],
    ['for another address', 'invalid_dpop_proof', () => dpopProof(key, `${server.issuer}/oauth/revoke`, { nonce })],
    ['for another server', 'invalid_dpop_proof', () => dpopProof(key, 'http://localhost:1/oauth/token', { nonce })],
    ['with a made-up nonce', 'use_dpop_nonce', () => dpopProof(key, url(), { nonce: 'made-up' })],
    ['with an empty nonce', 'use_dpop_nonce', () => dpopProof(key, url(), { nonce: '' })],
    ['without a jti', 'invalid_dpop_proof', () => dpopProof(key, url(), { nonce, jti: undefined })],
    ['without an iat', 'invalid_dpop_proof', () => dpopProof(key, url(), { nonce, iat: undefined })],
    ['of another type', 'invalid_dpop_proof', () => dpopProof(key, url(), { nonce }, { typ: 'JWT' })],
    ['without its key', 'invalid_dpop_proof', () => dpopProof(key, url(), { nonce }, { jwk: undefined })],
    [
      'signed by another key',
      'invalid_dpop_proof',
      () => dpopProof({ privateKey: stranger, jwk: key.jwk }, url(), { nonce }),
    ],
    [
      'that carries the private key',
      'invalid_dpop_proof',
      () => dpopProof(key, url(), { nonce }, { jwk: key.privateKey.export({ format: 'jwk' }) }),
    ],
    [
      'by a shared secret',
      'invalid_dpop_proof',
      () => {
        const jwk = { kty: 'oct', k: Buffer.from('x'.repeat(32)).toString('base64url') };
        return dpopProof({ privateKey: new TextEncoder().encode('x'.repeat(32)), jwk }, url(), { nonce }, hmac);
      },
    ],
    [
      'without a signature',
      'invalid_dpop_proof',
      async () => {
        const [, payload] = (await dpopProof(key, url(), { nonce })).split('.');
        const head = Buffer.from(JSON.stringify({ alg: 'none', typ: 'dpop+jwt', jwk: key.jwk })).toString('base64url');
        return `${head}.${payload}.`;
      },
    ],
    [
      'beside another one',
      'invalid_dpop_proof',
      async () => `${await dpopProof(key, url(), { nonce })}, ${await dpopProof(key, url(), { nonce })}`,
    ],
    ['that is no JWT', 'invalid_dpop_proof', () => Promise.resolve('nonsense')],
  ])('%s is refused: nothing is issued and nothing noted', async (_name, error, make) => {
    const before = await world();
    const answer = await ask(await make());
    expect([answer.status, answer.body['error'], answer.body['access_token']]).toEqual([400, error, undefined]);
    expect(await world()).toEqual(before);
  });

  it('is for the public address alone, whatever address the request was sent to', async () => {
    const there = `${server.issuer.replace('localhost', '127.0.0.1')}/oauth/token`;
    const send = async (dpop: string) => {
      const headers = { ...basic('bot', secret), dpop };
      return (await fetch(there, { method: 'POST', headers, body: new URLSearchParams(want) })).json();
    };
    const before = await world();
    expect(await send(await dpopProof(key, there, { nonce }))).toMatchObject({ error: 'invalid_dpop_proof' });
    expect(await world()).toEqual(before);
    expect(await send(await dpopProof(key, url(), { nonce }))).toMatchObject({ token_type: 'DPoP' });
  });

  it('is no way round client authentication', async () => {
    const before = await world();
    const answer = await ask(await dpopProof(key, url(), { nonce }), basic('bot', 'pcs_wrong'));
    expect([answer.status, answer.body['error'], await world()]).toEqual([401, 'invalid_client', before]);
  });

  it('is not used up by a request that is refused for another reason', async () => {
    const dpop = await dpopProof(key, url(), { nonce });
    const before = await world();
    const bad = await server.post('/oauth/token', { ...want, scope: 'role:boss' }, { ...basic('bot', secret), dpop });
    expect([bad.body['error'], await world()]).toEqual(['invalid_scope', before]);
    expect((await ask(dpop)).status).toBe(200);
  });
});
