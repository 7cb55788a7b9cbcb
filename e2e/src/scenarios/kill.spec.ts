import { afterAll, beforeAll, expect } from 'vitest';
import type { DecisionMeta } from '@portcullis/contracts';
import { waitFor } from '@portcullis/testkit';
import { converged } from '../stack/converged.js';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { engage, engagedTargets } from '../stack/kill.js';
import { callTool, denialOf } from '../stack/mcp-agent.js';
import { refundsDone } from '../stack/refunds.js';
import { promise } from '../promise.js';

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemoWorld();
});
afterAll(() => world.close());

const support = 'role:support task:execute instance:cs-prod-4729';
const refund = (amount: number): Record<string, unknown> => ({ ticket: 'T-1003', customer: 'C-104', amount });

promise(
  ['R-KILL-1', 'R-KILL-2', 'R-OTHER-1'],
  'calls started after the applied line are refused, the one in flight is aborted, others go on',
  async () => {
    const agent = await world.connect('cs-prod', support);
    const other = await world.connect('research', 'role:research task:lookup');
    const allowed = await callTool(agent, 'list_tickets');
    const over = await callTool(agent, 'refund', refund(240));
    const before = await refundsDone(world.installation);

    const others: (DecisionMeta | undefined)[] = [];
    let isWatching = true;
    const meanwhile = (async () => {
      while (isWatching) others.push(denialOf(await callTool(other, 'list_tickets')));
    })();
    const inFlight = callTool(agent, 'refund', refund(20)).then((result) => ({ result, at: performance.now() }));
    await waitFor(async () => (await inFlightCalls()) === 1, { what: 'the refund in flight', withinMs: 5_000 });
    const { revision } = await engage(world.admin, 'agent', 'cs-prod');
    const line = await converged(world.admin, revision);
    const lineAt = performance.now();
    const after = await callTool(agent, 'list_tickets');
    const aborted = await inFlight;
    isWatching = false;
    await meanwhile;
    others.push(denialOf(await callTool(other, 'list_tickets')));

    expect(denialOf(allowed)).toBeUndefined();
    expect(denialOf(over)).toMatchObject({ outcome: 'deny', reason: 'constraint' });
    expect(line).toMatchObject({ revision, total: 1, applied: 1, pending: 0 });
    expect(denialOf(after)).toMatchObject({ outcome: 'deny', reason: 'kill_switch' });
    expect(denialOf(after)?.revision).toBeGreaterThanOrEqual(revision);
    expect(denialOf(aborted.result)).toMatchObject({ outcome: 'aborted', reason: 'kill_switch' });
    expect(aborted.at - lineAt, 'the abort, against the line: a refund takes two seconds').toBeLessThan(500);
    expect(others.length).toBeGreaterThan(5);
    expect(others.filter((denial) => denial !== undefined)).toEqual([]);
    expect(await refundsDone(world.installation)).toEqual(before);
    expect(await engagedTargets(world.admin)).toEqual(['agent:cs-prod']);
  },
);

async function inFlightCalls(): Promise<number> {
  const { servers } = await world.admin.get<{ servers: { guards: { inFlight: number }[] }[] }>(
    '{ servers { guards { inFlight } } }',
  );
  return servers.flatMap(({ guards }) => guards).reduce((sum, { inFlight }) => sum + inFlight, 0);
}
