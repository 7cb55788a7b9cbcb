import { afterAll, beforeAll, expect } from 'vitest';
import { tokenWords } from '@portcullis/contracts';
import { calculateJwkThumbprint, decodeJwt, exportJWK } from 'jose';
import * as oauth from 'oauth4webapi';
import { converged } from '../stack/converged.js';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { connectAgent } from '../stack/mcp-agent.js';
import { OAuthClient } from '../stack/oauth-client.js';
import { outcomeOf } from '../stack/outcome.js';
import { makeServiceAccount, type ServiceAccount } from '../stack/service-account.js';
import { promise } from '../promise.js';

let world: DemoWorld;
let account: ServiceAccount;
let host: ServiceAccount;
let issuer: string;
let person: string;
beforeAll(async () => {
  world = await startDemoWorld();
  issuer = world.installation.run.urls.console;
  host = await makeServiceAccount(world.admin, 'front-desk');
  account = await makeServiceAccount(world.admin, 'assistant');
  await world.admin.get('mutation { setAgentHost(agent: "assistant", host: "front-desk") { revision } }');
  person = (await world.admin.get<{ me: { id: string } }>('{ me { id } }')).me.id;
});
afterAll(() => world.close());

const bySecret = ({ id, secret }: ServiceAccount) => OAuthClient.at(issuer, id, oauth.ClientSecretBasic(secret.value));
const wanted = (task = 'lookup') => ({ resource: world.resource, scope: `role:support task:${task}` });
const calls = async (token: string): Promise<string> => {
  const client = await connectAgent(world.resource, token).catch(() => undefined);
  if (client === undefined) return 'token refused';
  return outcomeOf(client).finally(() => client.close());
};
const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'e2e', version: '1.0.0' } },
};
const errorOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => 'was given',
    async (error: unknown) => {
      if (error instanceof oauth.ResponseBodyError) return error.error;
      if (!(error instanceof oauth.WWWAuthenticateChallengeError)) throw error;
      return ((await error.response.json()) as { error?: string }).error;
    },
  );

promise(
  'R-OAUTH-1',
  'a client by somebody else finds the server, gets tokens by secret and by key, and its own RFC 9068 check takes them',
  async () => {
    const withKey = await OAuthClient.at(issuer, account.id, oauth.PrivateKeyJwt(account.key.privateKey));
    const withSecret = await bySecret(account);
    expect(withKey.server).toMatchObject({ issuer, token_endpoint: `${issuer}/oauth/token` });
    for (const [client, credential] of [
      [withSecret, account.secret.credential],
      [withKey, account.key.credential],
    ] as const) {
      const { access_token: token, token_type: type, expires_in: life } = await client.clientCredentials(wanted());
      expect([type, life]).toEqual(['bearer', 300]);
      expect(await client.accessTokenClaims(token, world.resource)).toMatchObject({
        sub: account.id,
        client_id: account.id,
        credential,
        role: 'support',
        task: 'lookup',
        environment: 'prod',
      });
      expect(await calls(token)).toBe('allowed');
    }
    const stranger = await OAuthClient.at(issuer, account.id, oauth.ClientSecretBasic('pcs_wrong'));
    expect(await errorOf(stranger.clientCredentials(wanted()))).toBe('invalid_client');
  },
);

promise(
  'R-OAUTH-2',
  'a revoked token is refused on the next call and reads inactive, and the other token of the agent goes on',
  async () => {
    const client = await bySecret(account);
    const [{ access_token: token }, { access_token: other }] = [
      await client.clientCredentials(wanted()),
      await client.clientCredentials(wanted()),
    ];
    const agent = await connectAgent(world.resource, token);
    expect(await outcomeOf(agent)).toBe('allowed');
    expect(await client.introspect(token)).toMatchObject({ active: true, sub: account.id, aud: world.resource });
    const stranger = await bySecret(host);
    expect(await errorOf(stranger.revoke(token))).toBe('unauthorized_client');
    expect(await outcomeOf(agent)).toBe('allowed');

    await client.revoke(token);
    expect(await client.introspect(token)).toEqual({ active: false });
    const { overview } = await world.admin.get<{ overview: { revision: number } }>('{ overview { revision } }');
    await converged(world.admin, overview.revision);
    expect(await outcomeOf(agent)).toBe('token refused');
    expect(await calls(other)).toBe('allowed');
    await agent.close();
  },
);

const refusedWith = (asked: Promise<Response>): Promise<number> =>
  asked.then(
    ({ status }) => status,
    (error: unknown) => {
      if (error instanceof oauth.WWWAuthenticateChallengeError) return error.status;
      throw error;
    },
  );

promise(
  'R-DPOP-1',
  'a bound token works with a proof by its key, and neither as a bearer token nor with another key',
  async () => {
    const keys = await oauth.generateKeyPair('ES256', { extractable: true });
    const byKey = oauth.PrivateKeyJwt(account.key.privateKey);
    const client = await OAuthClient.at(issuer, account.id, byKey, keys);
    const { access_token: token, token_type: type } = await client.clientCredentials(wanted());
    const jkt = await calculateJwkThumbprint(await exportJWK(keys.publicKey));
    expect(type).toBe('dpop');
    expect(decodeJwt(token)).toMatchObject({ cnf: { jkt } });
    expect(await client.introspect(token)).toMatchObject({ active: true, token_type: 'DPoP', cnf: { jkt } });

    const unbound = await bySecret(account);
    const thief = await OAuthClient.at(issuer, account.id, byKey, await oauth.generateKeyPair('ES256'));
    const [first, asBearer, otherKey, again] = [
      await refusedWith(client.resource(token, world.resource, initialize)),
      await refusedWith(unbound.resource(token, world.resource, initialize)),
      await refusedWith(thief.resource(token, world.resource, initialize)),
      await refusedWith(client.resource(token, world.resource, initialize)),
    ];
    expect({ first, asBearer, otherKey, again }).toEqual({ first: 200, asBearer: 401, otherKey: 401, again: 200 });
  },
);

const subjectTokenFor = async (agent: string): Promise<string> => {
  const { issueSubjectToken } = await world.admin.get<{ issueSubjectToken: { subjectToken: string } }>(
    'mutation($agent: ID!) { issueSubjectToken(agent: $agent) { subjectToken } }',
    { agent },
  );
  return issueSubjectToken.subjectToken;
};

promise(
  'R-EXCHANGE-1',
  'a person lets an agent act for them, that agent hands on to the one it hosts, and scope only narrows',
  async () => {
    const user = `portcullis:${person}`;
    const [desk, assistant] = [await bySecret(host), await bySecret(account)];
    const subject = await subjectTokenFor(host.id);
    expect(await errorOf(assistant.exchange(subject, tokenWords.jwt, wanted()))).toBe('invalid_grant');

    const { access_token: outer, ...answer } = await desk.exchange(subject, tokenWords.jwt, wanted('update'));
    expect(answer['issued_token_type']).toBe(tokenWords.accessToken);
    expect(await desk.accessTokenClaims(outer, world.resource)).toMatchObject({
      sub: user,
      user,
      client_id: host.id,
      act: { sub: host.id },
    });
    expect(await calls(outer)).toBe('allowed');

    const { access_token: inner } = await assistant.exchange(outer, tokenWords.accessToken, wanted());
    const claims = await assistant.accessTokenClaims(inner, world.resource);
    expect(claims).toMatchObject({ sub: user, user, agent: account.id, task: 'lookup', via: [host.secret.credential] });
    expect(claims['act']).toEqual({ sub: account.id, act: { sub: host.id } });
    expect(claims.exp).toBeLessThanOrEqual(Number(decodeJwt(outer).exp));
    expect(await calls(inner)).toBe('allowed');
    expect(await errorOf(assistant.exchange(outer, tokenWords.accessToken, wanted('execute')))).toBe('invalid_scope');
    expect(await errorOf(desk.exchange(inner, tokenWords.accessToken, wanted()))).toBe('invalid_grant');

    const { taintCredential } = await world.admin.get<{ taintCredential: { revision: number } }>(
      'mutation($id: ID!) { taintCredential(id: $id) { revision } }',
      { id: host.secret.credential },
    );
    await converged(world.admin, taintCredential.revision);
    expect([await calls(outer), await calls(inner)], 'made from the tainted credential').toEqual([
      'token refused',
      'token refused',
    ]);
    expect(await calls((await assistant.clientCredentials(wanted())).access_token)).toBe('allowed');
  },
);
