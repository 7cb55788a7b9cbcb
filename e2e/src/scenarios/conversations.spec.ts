import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { tokenWords } from '@portcullis/contracts';
import { closeConversation, openConversation, type HostOptions } from '@portcullis/mcp-guard/host';
import * as oauth from 'oauth4webapi';
import { converged } from '../stack/converged.js';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { engage } from '../stack/kill.js';
import { connectAgent, requestToken, tokenFor } from '../stack/mcp-agent.js';
import { OAuthClient } from '../stack/oauth-client.js';
import { startOidcIssuer, type OidcIssuer } from '../stack/oidc-issuer.js';
import { outcomeOf, untilInFlight, whileCalling } from '../stack/outcome.js';
import { refundsDone } from '../stack/refunds.js';
import { makeServiceAccount, type ServiceAccount } from '../stack/service-account.js';
import { promise } from '../promise.js';

let world: DemoWorld;
let agent: ServiceAccount;
let host: HostOptions;
let issuer: OidcIssuer;
beforeAll(async () => {
  issuer = await startOidcIssuer('portcullis');
  world = await startDemoWorld({ env: issuer.env });
  const made = await makeServiceAccount(world.admin, 'chat-host');
  agent = await makeServiceAccount(world.admin, 'assistant');
  await world.admin.get('mutation { setAgentHost(agent: "assistant", host: "chat-host") { revision } }');
  host = { issuer: world.installation.run.urls.console, client: { id: made.id, secret: made.secret.value } };
});
afterAll(async () => {
  await world.close();
  await issuer.close();
});

const request = (conversation: string, task = 'lookup') => ({
  console: world.installation.run.urls.console,
  clientId: agent.id,
  clientSecret: agent.secret.value,
  resource: world.resource,
  scope: `role:support task:${task} conv:${conversation}`,
});

async function opened(subjectToken?: string): Promise<string> {
  const id = randomUUID();
  const { revision } = await openConversation({
    ...host,
    conversation: {
      id,
      agent: agent.id,
      tasks: ['lookup', 'execute'],
      attributes: { customerId: 'C-104' },
      subjectToken,
    },
  });
  await converged(world.admin, revision);
  return id;
}

async function connectedIn(conversation: string, task?: string): Promise<Client> {
  return connectAgent(world.resource, await tokenFor(request(conversation, task)));
}

promise(
  'R-CONV-1',
  'a host opens a conversation, the agent calls in it, the host closes it and that is the end',
  async () => {
    const [id, other] = [await opened(), await opened()];
    const [client, elsewhere] = [await connectedIn(id), await connectedIn(other)];
    expect(await outcomeOf(client)).toBe('allowed');
    expect((await requestToken(request(id, 'update'))).body['error'], 'a task it was not opened for').toBe(
      'invalid_scope',
    );
    expect((await requestToken(request(randomUUID()))).body['error'], 'nobody opened it').toBe('invalid_scope');

    const { revision } = await closeConversation({ ...host, id });
    await converged(world.admin, revision);
    expect(await outcomeOf(client)).toBe('token refused');
    expect(await outcomeOf(elsewhere)).toBe('allowed');
    expect((await requestToken(request(id))).body['error']).toBe('invalid_scope');
    await expect(closeConversation({ ...host, id })).rejects.toMatchObject({ code: 'conflict' });
    await Promise.all([client.close(), elsewhere.close()]);
  },
);

promise(
  'R-KILL-3',
  'a kill switch on a conversation ends what happens in it, and the agent goes on in another',
  async () => {
    const [id, other] = [await opened(), await opened()];
    const [client, elsewhere] = [await connectedIn(id, 'execute'), await connectedIn(other)];
    const before = await refundsDone(world.installation);
    const [[inFlight, next], others] = await whileCalling(elsewhere, async () => {
      const refund = outcomeOf(client, 'refund', { ticket: 'T-1003', customer: 'C-104', amount: 20 });
      await untilInFlight(world.admin);
      const { revision } = await engage(world.admin, 'conversation', id);
      await converged(world.admin, revision);
      return [await refund, await outcomeOf(client)];
    });
    expect([inFlight, next]).toEqual(['aborted kill_switch', 'deny kill_switch']);
    expect(others.length).toBeGreaterThan(3);
    expect(new Set(others)).toEqual(new Set(['allowed']));
    expect(await refundsDone(world.installation)).toEqual(before);
    await Promise.all([client.close(), elsewhere.close()]);
  },
);

const invalidGrant = { error: 'invalid_grant' };
const createIssuer = 'mutation($i: CreateSubjectIssuerInput!) { createSubjectIssuer(input: $i) { revision } }';

promise(
  ['R-EXCHANGE-2', 'R-KILL-3'],
  'the agent acts for users of a configured OIDC issuer, and a kill switch on one of them leaves the other',
  async () => {
    const { console: own } = world.installation.run.urls;
    const client = await OAuthClient.at(own, agent.id, oauth.ClientSecretBasic(agent.secret.value));
    const wanted = { resource: world.resource, scope: 'role:support task:lookup' };
    const tokenOf = async (idToken: string): Promise<string> =>
      (await client.exchange(idToken, tokenWords.idToken, wanted)).access_token;
    await expect(tokenOf(await issuer.idToken('alice')), 'nobody configured it').rejects.toMatchObject(invalidGrant);
    await world.admin.get(createIssuer, {
      i: { id: 'corp', name: 'Corp', issuer: issuer.url, audience: 'portcullis' },
    });
    const tokens = [await tokenOf(await issuer.idToken('alice')), await tokenOf(await issuer.idToken('bob'))] as const;
    expect(await client.accessTokenClaims(tokens[0], world.resource)).toMatchObject({
      sub: 'corp:alice',
      user: 'corp:alice',
      act: { sub: agent.id },
    });
    const foreign = await issuer.idToken('alice', { aud: 'another application' });
    await expect(tokenOf(foreign)).rejects.toMatchObject(invalidGrant);

    const alice = await connectAgent(world.resource, tokens[0]);
    const bob = await connectAgent(world.resource, tokens[1]);
    const hosted = await connectedIn(await opened(await issuer.idToken('alice')));
    expect([await outcomeOf(alice), await outcomeOf(hosted)]).toEqual(['allowed', 'allowed']);
    const [next, others] = await whileCalling(bob, async () => {
      const { revision } = await engage(world.admin, 'user', `${agent.id} corp:alice`);
      await converged(world.admin, revision);
      return [await outcomeOf(alice), await outcomeOf(hosted)];
    });
    expect(next, 'by exchange, and in a conversation for her').toEqual(['deny kill_switch', 'deny kill_switch']);
    expect(others.length).toBeGreaterThan(3);
    expect(new Set(others)).toEqual(new Set(['allowed']));
    await Promise.all([alice, bob, hosted].map((one) => one.close()));
  },
);
