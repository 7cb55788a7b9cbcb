import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { SignJWT, decodeJwt } from 'jose';
import { converged } from '../stack/converged.js';
import { demoFile, startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { callTool, denialOf, tokenFor } from '../stack/mcp-agent.js';
import { refundsDone } from '../stack/refunds.js';
import { promise } from '../promise.js';

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemoWorld();
});
afterAll(() => world.close());

const knock = (authorization?: string): Promise<Response> =>
  fetch(world.resource, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(authorization ? { authorization } : {}),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });

promise('R-LIST-1', 'each agent sees the tools it was granted and no others', async () => {
  const names = async (agent: string, scope: string): Promise<string[]> => {
    const client = await world.connect(agent, scope);
    return (await client.listTools()).tools.map((tool) => tool.name).sort();
  };
  expect(await names('cs-prod', 'role:support task:execute')).toEqual([
    'list_tickets',
    'lookup_customer',
    'read_ticket',
    'refund',
    'update_ticket',
  ]);
  expect(await names('cs-prod', 'role:support task:lookup')).toEqual([
    'list_tickets',
    'lookup_customer',
    'read_ticket',
  ]);
  expect(await names('research', 'role:research')).toEqual(['list_tickets', 'read_ticket']);
});

promise('R-HIDE-1', 'a tool not granted and a tool that does not exist are answered alike to the byte', async () => {
  const research = await world.connect('research', 'role:research');
  const forbidden = await callTool(research, 'refund', { ticket: 'T-1', customer: 'C-1', amount: 1 });
  const absent = await callTool(research, 'refumd', { ticket: 'T-1', customer: 'C-1', amount: 1 });
  expect(JSON.stringify(forbidden).replaceAll('refund', 'X')).toBe(JSON.stringify(absent).replaceAll('refumd', 'X'));
  expect(forbidden.isError).toBe(true);
});

promise('R-LIST-2', 'an agent whose grants change is told, and sees the new list', async () => {
  const research = await world.connect('research', 'role:research');
  await research.listTools();
  const told = new Promise<void>((resolve) => {
    research.fallbackNotificationHandler = (notification) => {
      if (notification.method === 'notifications/tools/list_changed') resolve();
      return Promise.resolve();
    };
  });
  const { createGrant } = await world.admin.get<{ createGrant: { revision: number } }>(
    'mutation($i: CreateGrantInput!) { createGrant(input: $i) { revision } }',
    { i: { role: 'research', environment: 'prod', toolId: 'support-desk/lookup_customer', task: 'lookup' } },
  );
  await converged(world.admin, createGrant.revision);
  await told;
  expect((await research.listTools()).tools.map((tool) => tool.name)).toContain('lookup_customer');
});

promise(
  'R-AUD-1',
  'a token for another server, a forged one and a broken one are refused alike, with where to get a good one',
  async () => {
    const good = await world.token('cs-prod', 'role:support');
    const { admin } = world;
    await admin.get('mutation($i: CreateServerInput!) { createServer(input: $i) { revision } }', {
      i: { id: 'other', name: 'Other', environment: 'prod', resource: 'http://localhost:9/mcp' },
    });
    const demo = await demoFile(world.installation);
    const elsewhere = await tokenFor({
      console: world.installation.run.urls.console,
      clientId: 'cs-prod',
      clientSecret: demo.agents['cs-prod']?.clientSecret ?? '',
      resource: 'http://localhost:9/mcp',
    });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const forged = await new SignJWT(decodeJwt(good))
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
      .sign(privateKey);

    const answers = await Promise.all([
      knock(),
      knock('Bearer nonsense'),
      knock(`Bearer ${elsewhere}`),
      knock(`Bearer ${forged}`),
      knock(`Bearer ${good}`),
    ]);
    expect(answers.map((answer) => answer.status).slice(0, 4)).toEqual([401, 401, 401, 401]);
    expect(answers[4]?.status).not.toBe(401);
    const challenges = answers.slice(1, 4).map((answer) => answer.headers.get('www-authenticate'));
    expect(new Set(challenges).size).toBe(1);
    const metadataUrl =
      /resource_metadata="([^"]+)"/.exec(answers[0]?.headers.get('www-authenticate') ?? '')?.[1] ?? '';
    const metadata = (await (await fetch(metadataUrl)).json()) as Record<string, unknown>;
    expect(metadata).toMatchObject({
      resource: world.resource,
      authorization_servers: [world.installation.run.urls.console],
    });
  },
);

promise(
  'R-SCHEMA-1',
  "arguments that break the tool's schema are refused by the server's own check and nothing runs",
  async () => {
    const agent = await world.connect('cs-prod', 'role:support task:execute');
    const before = await refundsDone(world.installation);
    const result = await callTool(agent, 'refund', { ticket: 'T-1', amount: 'ten' });
    const within = await callTool(agent, 'refund', { ticket: 7, amount: 10 });
    expect(within).toMatchObject({ isError: true });
    expect(denialOf(within)).toBeUndefined();
    expect(JSON.stringify(within.content)).toMatch(/ticket/);
    expect(result.isError).toBe(true);
    expect(denialOf(result)).toMatchObject({ reason: 'constraint' });
    const read = await callTool(agent, 'read_ticket', { ticket: 7 });
    expect(read.isError).toBe(true);
    expect(await refundsDone(world.installation)).toEqual(before);
  },
);
