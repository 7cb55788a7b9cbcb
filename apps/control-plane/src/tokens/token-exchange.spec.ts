import { randomUUID } from 'node:crypto';
import { accessTokenSchema, tokenWords, type AccessTokenClaims } from '@portcullis/contracts';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import { describe, expect, it } from 'vitest';
import { ExchangeWorld } from '../testing/exchange-world.js';
import { testApi } from '../testing/test-api.js';
import { giveKey, postForm, type Answer } from '../testing/test-token-server.js';

const api = testApi();
const world = new ExchangeWorld(api);
const insecure = { [oauth.allowInsecureRequests]: true };

async function claimsOf({ body }: Answer): Promise<AccessTokenClaims> {
  const keys = createRemoteJWKSet(new URL(`${api.config.publicUrl}/oauth/jwks`));
  return accessTokenSchema.parse((await jwtVerify(String(body['access_token']), keys)).payload);
}

const introspect = async (token: string) =>
  (await postForm(`${api.config.publicUrl}/oauth/introspect`, { token }, world.as('other'))).body;
const revoke = (agent: string, token: string) =>
  postForm(`${api.config.publicUrl}/oauth/revoke`, { token }, world.as(agent));

describe('RFC 8693 a token for a user', () => {
  it('is about the user, by the agent that asked for it', async () => {
    const revision = await api.revision();
    const answer = await world.exchange('bot', await world.subjectToken('bot'), { scope: 'task:update' });
    expect([answer.status, answer.body]).toMatchObject([
      200,
      {
        token_type: 'Bearer',
        issued_token_type: tokenWords.accessToken,
        scope: expect.stringContaining('task:update'),
      },
    ]);
    const claims = await claimsOf(answer);
    expect(claims).toMatchObject({
      sub: world.user,
      user: world.user,
      act: { sub: 'bot' },
      ...{ agent: 'bot', client_id: 'bot', credential: 'cr_bot', task: 'update', role: 'support', rev: revision },
    });
    expect([claims.via, claims.act?.act]).toEqual([undefined, undefined]);
  });

  it('does not outlive the subject token', async () => {
    const almost = Date.now() - 250_000;
    const subject = await world.signed({}, almost);
    const answer = await world.exchange('bot', subject);
    expect((await claimsOf(answer)).exp).toBe(decodeJwt(subject).exp);
    expect(answer.body['expires_in']).toBeLessThanOrEqual(50);
  });

  it('is given to an independent client that authenticates and binds it by keys', async () => {
    const pkcs8 = (await giveKey(api, 'bot', 'cr_bot_key')).export({ format: 'der', type: 'pkcs8' });
    const curve = { name: 'ECDSA', namedCurve: 'P-256' };
    const signer = await crypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), curve, false, ['sign']);
    const issuer = new URL(api.config.publicUrl);
    const found = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure });
    const as = await oauth.processDiscoveryResponse(issuer, found);
    expect(as.grant_types_supported).toContain(tokenWords.exchangeGrant);
    const client: oauth.Client = { client_id: 'bot' };
    const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
    const { grant_type: grant = '', ...wish } = world.wish(await world.subjectToken('bot'));
    const once = async () => {
      const auth = oauth.PrivateKeyJwt(signer);
      const response = await oauth.genericTokenEndpointRequest(as, client, auth, grant, wish, { DPoP, ...insecure });
      return oauth.processGenericTokenEndpointResponse(as, client, response);
    };
    const answer = await once().catch((error: unknown) =>
      oauth.isDPoPNonceError(error) ? once() : Promise.reject(error),
    );
    expect([answer.token_type, answer['issued_token_type']]).toEqual(['dpop', tokenWords.accessToken]);
    const claims = decodeJwt(answer.access_token);
    const jkt = await DPoP.calculateThumbprint();
    expect(claims).toMatchObject({ sub: world.user, act: { sub: 'bot' }, credential: 'cr_bot_key', cnf: { jkt } });
    expect(await introspect(answer.access_token)).toMatchObject({
      active: true,
      token_type: 'DPoP',
      cnf: { jkt },
      act: { sub: 'bot' },
      user: world.user,
    });
  });

  it('may be for a conversation of that user', async () => {
    const id = randomUUID();
    const open = 'mutation ($input: OpenConversationInput!) { openConversation(input: $input) { revision } }';
    await api.admin.get(open, { input: { id, agent: 'bot', tasks: ['lookup'], expiresInSeconds: 60 } });
    const answer = await world.exchange('bot', await world.subjectToken('bot'), { scope: `conv:${id}` });
    const claims = await claimsOf(answer);
    expect(claims).toMatchObject({ sub: world.user, conversation: id });
    expect(claims.exp - claims.iat).toBeLessThanOrEqual(60);
  });
});

describe('RFC 8693 a token handed on', () => {
  it('names every agent that acted before, and every credential behind it', async () => {
    const token = await world.chainTo('fourth');
    expect(decodeJwt(token)).toMatchObject({
      sub: world.user,
      user: world.user,
      agent: 'fourth',
      credential: 'cr_fourth',
      act: { sub: 'fourth', act: { sub: 'third', act: { sub: 'bot', act: { sub: 'host' } } } },
      via: ['cr_host', 'cr_bot', 'cr_third'],
    });
    expect(await introspect(token)).toMatchObject({ active: true, act: { sub: 'fourth', act: { sub: 'third' } } });
  });

  it('comes from a conversation token as well, with the credential that opened the conversation behind it', async () => {
    const id = randomUUID();
    const body = JSON.stringify({ id, agent: 'bot', tasks: ['lookup'], subjectToken: await world.subjectToken('bot') });
    const headers = { ...world.as('host'), 'content-type': 'application/json' };
    await fetch(`${api.config.publicUrl}/oauth/conversations`, { method: 'POST', headers, body });
    const fields = { grant_type: 'client_credentials', resource: 'http://localhost/desk/mcp', scope: `conv:${id}` };
    const talk = await postForm(world.url, fields, world.as('bot'));
    expect(await claimsOf(talk)).toMatchObject({ sub: 'bot', user: world.user });
    const handed = await world.nested('third', String(talk.body['access_token']));
    expect(await claimsOf(handed)).toMatchObject({
      sub: world.user,
      act: { sub: 'third', act: { sub: 'bot' } },
      via: ['cr_bot', 'cr_host'],
    });
  });

  it('only narrows the task, and ends no later', async () => {
    const first = String(
      (await world.exchange('host', await world.subjectToken('host'), { scope: 'task:update' })).body['access_token'],
    );
    const less = await claimsOf(await world.nested('bot', first));
    const same = await claimsOf(await world.nested('bot', first, { scope: 'task:update' }));
    expect([less.task, same.task]).toEqual(['lookup', 'update']);
    expect(less.exp).toBeLessThanOrEqual(Number(decodeJwt(first).exp));
    expect((await world.nested('bot', first, { scope: 'task:execute' })).body['error']).toBe('invalid_scope');
  });

  it.each(['cr_host', 'cr_bot'])('dies at once when %s is tainted', async (credential) => {
    const token = await world.chainTo('third');
    expect(await introspect(token)).toMatchObject({ active: true });
    await api.pool.query(`insert into credential_taint (credential_id, tainted_by) values ($1, 'spec')`, [credential]);
    const after = await introspect(token);
    await api.pool.query('delete from credential_taint');
    expect(after).toEqual({ active: false });
  });

  it.each(['host', 'bot'])('dies at once when %s, an agent behind it, is suspended', async (agent) => {
    const token = await world.chainTo('third');
    const set = (status: string) =>
      api.pool.query('update agent_status set status = $2 where agent_id = $1', [agent, status]);
    expect(await introspect(token)).toMatchObject({ active: true });
    await set('suspended');
    const after = await introspect(token);
    await set('active');
    expect(after).toEqual({ active: false });
  });
});

describe('RFC 7009 a token for a user', () => {
  it('is revoked by its agent, and by one that acted before', async () => {
    for (const agent of ['third', 'host']) {
      const token = await world.chainTo('third');
      const before = await api.revision();
      expect((await revoke(agent, token)).status).toBe(200);
      expect([await introspect(token), await api.revision()]).toEqual([{ active: false }, before + 1]);
    }
  });

  it('is not revoked by an agent that has no part in it', async () => {
    const token = await world.chainTo('bot');
    const before = await world.rows();
    const answer = await revoke('third', token);
    expect([answer.status, answer.body['error']]).toEqual([403, 'unauthorized_client']);
    expect([await introspect(token), await world.rows()]).toMatchObject([{ active: true }, before]);
  });

  it('is handed on no more once it is revoked', async () => {
    const token = await world.chainTo('host');
    expect((await world.nested('bot', token)).status).toBe(200);
    await revoke('host', token);
    expect((await world.nested('bot', token)).body['error']).toBe('invalid_grant');
  });
});
