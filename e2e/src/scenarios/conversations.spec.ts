import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { closeConversation, openConversation, type HostOptions } from '@portcullis/mcp-guard/host';
import { converged } from '../stack/converged.js';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { engage } from '../stack/kill.js';
import { connectAgent, requestToken, tokenFor } from '../stack/mcp-agent.js';
import { outcomeOf, untilInFlight, whileCalling } from '../stack/outcome.js';
import { refundsDone } from '../stack/refunds.js';
import { makeServiceAccount, type ServiceAccount } from '../stack/service-account.js';
import { promise } from '../promise.js';

let world: DemoWorld;
let agent: ServiceAccount;
let host: HostOptions;
beforeAll(async () => {
  world = await startDemoWorld();
  const made = await makeServiceAccount(world.admin, 'chat-host');
  agent = await makeServiceAccount(world.admin, 'assistant');
  await world.admin.get('mutation { setAgentHost(agent: "assistant", host: "chat-host") { revision } }');
  const issuer = world.installation.run.urls.console;
  host = { issuer, client: { id: made.id, secret: made.secret.value } };
});
afterAll(() => world.close());

const request = (conversation: string, task = 'lookup') => ({
  console: world.installation.run.urls.console,
  clientId: agent.id,
  clientSecret: agent.secret.value,
  resource: world.resource,
  scope: `role:support task:${task} conv:${conversation}`,
});

async function opened(): Promise<string> {
  const id = randomUUID();
  const { revision } = await openConversation({
    ...host,
    conversation: { id, agent: agent.id, tasks: ['lookup', 'execute'], attributes: { customerId: 'C-104' } },
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
