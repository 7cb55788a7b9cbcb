import { afterAll, beforeAll, expect } from 'vitest';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { callTool, denialOf } from '../stack/mcp-agent.js';
import { promise } from '../promise.js';

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemoWorld();
});
afterAll(() => world.close());

interface World {
  readonly agents: { id: string; assignments: { role: string; environment: string }[] }[];
  readonly environments: { id: string }[];
  readonly servers: {
    id: string;
    environment: string;
    tools: { name: string; classes: string[] }[];
    guards: { posture: string }[];
  }[];
  readonly grants: { role: string; toolId: string; constraintTexts: string[] }[];
}

promise('R-DEMO-1', 'a claimed install shows the demo world', async () => {
  const seen = await world.admin.get<World>(`{
    agents { id assignments { role environment } } environments { id }
    servers { id environment tools { name classes } guards { posture } }
    grants { role toolId constraintTexts } }`);
  const assigned = Object.fromEntries(
    seen.agents.map((agent) => [agent.id, agent.assignments.map(({ role }) => role)]),
  );
  expect(assigned).toEqual({ 'cs-prod': ['support'], research: ['research'] });
  expect(seen.environments.map(({ id }) => id).sort()).toEqual(['exploratory', 'prod', 'staging']);
  expect(seen.servers.map(({ id, environment }) => [id, environment])).toEqual([['support-desk', 'prod']]);
  expect(seen.servers[0]?.tools.map(({ name }) => name).sort()).toEqual([
    'list_tickets',
    'lookup_customer',
    'read_ticket',
    'refund',
    'update_ticket',
  ]);
  expect(seen.servers[0]?.guards.map(({ posture }) => posture)).toEqual(['fresh']);
  expect(seen.grants.find(({ toolId }) => toolId === 'support-desk/refund')?.constraintTexts).toEqual([
    'amount at most 100',
  ]);
});

interface Seen {
  readonly id: string;
  readonly position: number;
  readonly agent: string;
  readonly tool: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly rule: string | null;
  readonly detail: string | null;
}

promise(
  'R-SEEN-1',
  'each decision appears to a watching admin as it happens, in order, with the rule that spoke',
  async () => {
    const agent = await world.connect('cs-prod', 'role:support task:execute');
    const live = world.admin.live();
    const seen: Seen[] = [];
    let dropped = 0;
    const watching = (async () => {
      const document =
        'subscription { decisions { through dropped decisions { id position agent tool outcome reason rule detail } } }';
      for await (const { data } of live.iterate<{ decisions: { dropped: number; decisions: Seen[] } }>({
        query: document,
      })) {
        seen.push(...(data?.decisions.decisions ?? []));
        dropped += data?.decisions.dropped ?? 0;
        if (seen.some(({ tool, outcome }) => tool === 'refund' && outcome === 'deny')) return performance.now();
      }
      return Number.NaN;
    })();
    for (let call = 0; call < 5; call++) await callTool(agent, 'list_tickets');
    const refused = await callTool(agent, 'refund', { ticket: 'T-1', customer: 'C-1', amount: 240 });
    const lastCallAt = performance.now();
    const seenAt = await watching;
    await live.dispose();

    // What is recorded while the first message is read may be told twice, never lost.
    const own = [...new Map(seen.map((decision) => [decision.id, decision])).values()].filter(
      (decision) => decision.agent === 'cs-prod',
    );
    expect(own.map(({ tool, outcome }) => `${tool} ${outcome}`)).toEqual([
      ...Array.from({ length: 5 }, () => 'list_tickets allow'),
      'refund deny',
    ]);
    expect(own.map(({ position }) => position)).toEqual(own.map(({ position }) => position).sort((a, b) => a - b));
    expect(own.at(-1)).toMatchObject({
      reason: 'constraint',
      id: denialOf(refused)?.decision,
      rule: expect.stringMatching(/^grant:/),
    });
    expect(own.at(-1)?.detail).toContain('100');
    expect(dropped).toBe(0);
    expect(seenAt - lastCallAt).toBeLessThan(1_000);
  },
);
