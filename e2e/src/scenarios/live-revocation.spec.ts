import { afterAll, beforeAll, expect } from 'vitest';
import { converged } from '../stack/converged.js';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { connectAgent, requestToken, tokenFor } from '../stack/mcp-agent.js';
import { outcomeOf, untilInFlight, whileCalling } from '../stack/outcome.js';
import { refundsDone } from '../stack/refunds.js';
import { makeServiceAccount, type ServiceAccount } from '../stack/service-account.js';
import { promise } from '../promise.js';

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemoWorld();
});
afterAll(() => world.close());

const refund = { ticket: 'T-1003', customer: 'C-104', amount: 20 };

const request = ({ id, secret }: ServiceAccount) => ({
  console: world.installation.run.urls.console,
  clientId: id,
  clientSecret: secret.value,
  resource: world.resource,
  scope: 'role:support task:execute',
});

interface Ending {
  readonly named: string;
  readonly mutation: string;
  readonly target: (account: ServiceAccount) => string;
  /** What the call in flight, the next call and the next token request say. */
  readonly aborted: string;
  readonly next: string;
  readonly token: string;
}

const endings: readonly Ending[] = [
  {
    named: 'taints',
    mutation: 'taintCredential',
    target: ({ secret }) => secret.credential,
    aborted: 'aborted credential_revoked',
    next: 'token refused',
    token: 'invalid_client',
  },
  {
    named: 'suspends',
    mutation: 'suspendAgent',
    target: ({ id }) => id,
    aborted: 'aborted agent_suspended',
    next: 'token refused',
    token: 'invalid_client',
  },
  {
    named: 'unassigns',
    mutation: 'removeAssignment',
    target: ({ assignment }) => assignment,
    // With its only assignment in the environment the agent itself leaves what the guard knows.
    aborted: 'aborted agent_suspended',
    next: 'token refused',
    token: 'invalid_scope',
  },
  {
    named: 'retires',
    mutation: 'retireAgent',
    target: ({ id }) => id,
    aborted: 'aborted agent_suspended',
    next: 'token refused',
    token: 'invalid_client',
  },
];

async function endedWhileCalling({ named, mutation, target }: Ending): Promise<readonly [string, string, string]> {
  const account = await makeServiceAccount(world.admin, `bot-${named}`);
  const client = await connectAgent(world.resource, await tokenFor(request(account)));
  expect(await outcomeOf(client)).toBe('allowed');
  const inFlight = outcomeOf(client, 'refund', refund);
  await untilInFlight(world.admin);
  const done = await world.admin.get<Record<string, { revision: number }>>(
    `mutation($id: ID!) { ${mutation}(id: $id) { revision } }`,
    { id: target(account) },
  );
  await converged(world.admin, done[mutation]?.revision ?? 0);
  const next = await outcomeOf(client);
  const outcome = await inFlight;
  const { body } = await requestToken(request(account));
  await client.close();
  return [outcome, next, String(body['error'])];
}

for (const ending of endings)
  promise('R-REVOKE-2', `who ${ending.named} ends the call in flight and the next one, and nobody else's`, async () => {
    const before = await refundsDone(world.installation);
    const bystander = await world.connect('research', 'role:research');
    const [ended, others] = await whileCalling(bystander, () => endedWhileCalling(ending));
    expect(ended).toEqual([ending.aborted, ending.next, ending.token]);
    expect(others.length).toBeGreaterThan(3);
    expect(new Set(others)).toEqual(new Set(['allowed']));
    expect(await refundsDone(world.installation)).toEqual(before);
  });
