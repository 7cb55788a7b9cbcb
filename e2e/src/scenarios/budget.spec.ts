import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { waitFor } from '@portcullis/testkit';
import { afterAll, beforeAll, expect } from 'vitest';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { freePorts } from '../stack/free-ports.js';
import { root } from '../stack/installation.js';
import { connectAgent, tokenFor } from '../stack/mcp-agent.js';
import { outcomeOf } from '../stack/outcome.js';
import { makeServiceAccount } from '../stack/service-account.js';
import { Till } from '../stack/till.js';
import { promise } from '../promise.js';

const limit = 1000;
const each = 20;
const most = limit / each;

let world: DemoWorld;
let folder: string;
let resource: string;
let grant: string;
let tills: readonly Till[] = [];
beforeAll(async () => {
  world = await startDemoWorld();
  folder = await mkdtemp(join(root, '.portcullis', 'e2e', 'budget-'));
  const ports = await freePorts(2);
  resource = `http://127.0.0.1:${ports[0]}/mcp`;
  const mutate = <T>(text: string, i: object) => world.admin.get<T>(text, { i });
  await mutate('mutation($i: CreateServerInput!) { createServer(input: $i) { revision } }', {
    ...{ id: 'till', name: 'Till', environment: 'prod', resource },
  });
  await mutate('mutation($i: RegisterToolInput!) { registerTool(input: $i) { revision } }', {
    ...{ server: 'till', name: 'pay', classes: ['payments'] },
  });
  const obligations = [{ kind: 'quota', per: 'agent', window: 'day', amount: { path: 'amount', max: limit } }];
  const created = await mutate<{ createGrant: { grant: { id: string } } }>(
    'mutation($i: CreateGrantInput!) { createGrant(input: $i) { grant { id } } }',
    { role: 'support', environment: 'prod', toolId: 'till/pay', task: 'execute', obligations },
  );
  grant = created.createGrant.grant.id;
  const start = async (port: number) => {
    const { createJoinToken } = await mutate<{ createJoinToken: { joinToken: string } }>(
      'mutation($i: CreateJoinTokenInput!) { createJoinToken(input: $i) { joinToken } }',
      { server: 'till' },
    );
    const guards = world.installation.run.urls.guards;
    return Till.start({ guards, folder, port, joinToken: createJoinToken.joinToken });
  };
  tills = [await start(ports[0] ?? 0), await start(ports[1] ?? 0)];
});
afterAll(async () => {
  await Promise.allSettled(tills.map((till) => till.close()));
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

function first(): Till {
  const [till] = tills;
  if (!till) throw new Error('the tills run only while tests do');
  return till;
}

/** An agent of its own, whose budget nobody has touched, and its way to a till. */
async function newAgent(id: string): Promise<(till: Till) => Promise<Client>> {
  const account = await makeServiceAccount(world.admin, id);
  const request = { clientId: account.id, clientSecret: account.secret.value, resource };
  const { console } = world.installation.run.urls;
  const token = await tokenFor({ console, ...request, scope: 'role:support task:execute' });
  return (till) => connectAgent(till.url, token);
}

const pay = (client: Client) => outcomeOf(client, 'pay', { amount: each });

/** Pays from several hands at once until `isOver`; gives how many payments went through, and what the others were told. */
async function hammer(clients: readonly Client[], isOver: (paid: number) => boolean) {
  let paid = 0;
  const refused = new Set<string>();
  const hand = async (client: Client) => {
    while (!isOver(paid)) {
      const outcome = await pay(client);
      if (outcome === 'allowed') paid += 1;
      else refused.add(outcome);
    }
  };
  await Promise.all(clients.flatMap((client) => [hand(client), hand(client), hand(client)]));
  return { paid, refused: [...refused] };
}

/** Over once nothing went through for so long: shares that lie idle at one guard have found the other by then. */
function quietFor(ms: number): (paid: number) => boolean {
  let last = { paid: -1, at: performance.now() };
  return (paid) => {
    if (paid !== last.paid) last = { paid, at: performance.now() };
    return performance.now() - last.at > ms;
  };
}

async function used(agent: string): Promise<number> {
  const { quotaUsage } = await world.admin.get<{ quotaUsage: { agent: string; used: number }[] }>(
    'query($grant: ID!) { quotaUsage(grant: $grant) { agent used } }',
    { grant },
  );
  return quotaUsage.filter((usage) => usage.agent === agent).reduce((sum, usage) => sum + usage.used, 0);
}

promise(
  ['R-BUDGET-1', 'R-BUDGET-3'],
  'two guards spend one budget to the last unit and not beyond, and a crash gives none of it back',
  async () => {
    const connect = await newAgent('payer-one');
    const clients = await Promise.all(tills.map(connect));

    const both = await hammer(clients, quietFor(9_000));
    await first().crash();
    const again = await connect(first());
    const after = await hammer([again], quietFor(3_000));

    expect(both.paid).toBe(most);
    expect(both.refused).toEqual(['deny quota']);
    expect(after).toEqual({ paid: 0, refused: ['deny quota'] });
    await waitFor(async () => (await used('payer-one')) === limit, { what: 'the usage reported', withinMs: 8_000 });
  },
  90_000,
);

promise(
  ['R-BUDGET-2', 'R-BUDGET-3'],
  'a guard that is cut off spends what it holds and no more, and a crash in the middle loses nothing',
  async () => {
    const connect = await newAgent('payer-two');
    const [cut, other] = await Promise.all(tills.map(connect));
    if (!cut || !other) throw new Error('two tills are running');
    expect(await pay(cut)).toBe('allowed');
    first().cable.cut();

    const alone = await hammer([cut], quietFor(3_000));
    const meanwhile = await hammer([other], quietFor(3_000));
    expect(alone.refused).toEqual(['deny quota']);
    expect(alone.paid).toBeGreaterThan(0);
    expect(meanwhile.paid).toBeGreaterThan(0);
    expect(1 + alone.paid + meanwhile.paid).toBeLessThanOrEqual(most);

    first().cable.mend();
    await tills[1]?.crash();
    const rest = await hammer(await Promise.all(tills.map(connect)), quietFor(9_000));
    expect(1 + alone.paid + meanwhile.paid + rest.paid).toBe(most);
  },
  90_000,
);
