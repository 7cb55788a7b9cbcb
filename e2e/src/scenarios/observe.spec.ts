import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { waitFor } from '@portcullis/testkit';
import { afterAll, beforeAll, expect } from 'vitest';
import { promise } from '../promise.js';
import { converged } from '../stack/converged.js';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { engage } from '../stack/kill.js';
import { callTool, denialOf } from '../stack/mcp-agent.js';
import { refundsDone } from '../stack/refunds.js';

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemoWorld();
});
afterAll(() => world.close());

/** Does something at the API that guards must know, and waits until they do. */
async function arrived(mutation: string, variables: Record<string, unknown> = {}, head = ''): Promise<void> {
  const data = await world.admin.get<Record<string, { revision: number }>>(
    `mutation${head} { ${mutation} { revision } }`,
    variables,
  );
  await converged(world.admin, Object.values(data)[0]?.revision ?? 0);
}
const observe = (when: object) =>
  arrived(
    'observeEnvironment(input: $i)',
    { i: { id: 'prod', reason: 'to learn what research needs', ...when } },
    '($i: ObserveEnvironmentInput!)',
  );
const enforce = () => arrived('enforceEnvironment(id: "prod")');

interface Recorded {
  readonly tool: string;
  readonly outcome: string;
  readonly observed: { readonly outcome: string; readonly reason: string } | null;
}
async function recorded(agent: string, tool: string): Promise<Recorded | undefined> {
  const { recentDecisions } = await world.admin.get<{ recentDecisions: Recorded[] }>(
    `{ recentDecisions(agent: "${agent}") { tool outcome observed { outcome reason } } }`,
  );
  return recentDecisions.find((one) => one.tool === tool && one.observed !== null);
}
async function proposals(): Promise<readonly string[]> {
  const { grantProposals } = await world.admin.get<{
    grantProposals: { proposals: { role: string; toolId: string; task: string }[] };
  }>('{ grantProposals(environment: "prod") { proposals { role toolId task } } }');
  return grantProposals.proposals.map(({ role, toolId, task }) => `${role} ${toolId} ${task}`);
}

/** Not granted and not existing are the server's unknown tool. */
const isRefused = async (client: Client, tool: string, args: Record<string, unknown>) =>
  (await callTool(client, tool, args)).isError === true;
const customer = { customer: 'C-104' };
const refund = { ticket: 'T-1003', ...customer, amount: 5 };

promise(
  'R-OBSERVE-1',
  'what no grant gives runs and is recorded, a destructive tool and a stopped agent are refused, and enforcing ends it',
  async () => {
    const { admin, installation } = world;
    const label = { tool: 'support-desk/refund', classes: ['payments', 'destructive'] };
    await arrived('setToolClasses(input: $i)', { i: label }, '($i: SetToolClassesInput!)');
    const research = await world.connect('research', 'role:research');
    expect(await isRefused(research, 'lookup_customer', customer)).toBe(true);

    await observe({ days: 1 });
    expect(await isRefused(research, 'lookup_customer', customer)).toBe(false);
    const listed = (await research.listTools()).tools.map(({ name }) => name);
    expect(listed).toContain('lookup_customer');
    expect(listed).not.toContain('refund');
    const before = await refundsDone(installation);
    expect(await isRefused(research, 'refund', refund)).toBe(true);
    expect(await refundsDone(installation)).toEqual(before);
    await waitFor(async () => (await recorded('research', 'lookup_customer')) !== undefined, {
      what: 'the call recorded',
      withinMs: 10_000,
    });
    expect(await recorded('research', 'lookup_customer')).toMatchObject({
      ...{ outcome: 'allow', observed: { outcome: 'deny', reason: 'no_grant' } },
    });
    expect(await proposals()).toEqual(['research support-desk/lookup_customer lookup']);

    await enforce();
    expect(await isRefused(research, 'lookup_customer', customer)).toBe(true);
    await arrived(
      'createGrant(input: $i)',
      { i: { role: 'research', environment: 'prod', toolId: 'support-desk/lookup_customer', task: 'lookup' } },
      '($i: CreateGrantInput!)',
    );
    expect(await isRefused(research, 'lookup_customer', customer)).toBe(false);
    expect(await proposals()).toEqual([]);

    await observe({ days: 1 });
    await engage(admin, 'agent', 'research');
    await waitFor(async () => denialOf(await callTool(research, 'list_tickets'))?.reason === 'kill_switch', {
      what: 'the kill switch in an observed environment',
      withinMs: 5_000,
    });
    await enforce();
  },
);

promise(
  'R-OBSERVE-2',
  'what no grant gives is refused from its end on while the guard hears nothing, and what a grant gives is not',
  async () => {
    const agent = await world.connect('cs-prod', 'role:support task:lookup');
    const update = { ticket: 'T-1003', note: 'seen' };
    expect(await isRefused(agent, 'update_ticket', update)).toBe(true);
    const endsAt = Date.now() + 6_000;
    await observe({ until: endsAt });
    expect(await isRefused(agent, 'update_ticket', update)).toBe(false);

    const { link } = world.installation.run.pids;
    process.kill(link, 'SIGSTOP');
    const heard: { readonly isRefused: boolean; readonly atMs: number }[] = [];
    try {
      await waitFor(
        async () => {
          const atMs = Date.now() - endsAt;
          heard.push({ atMs, isRefused: await isRefused(agent, 'update_ticket', update) });
          return heard.at(-1)?.isRefused === true;
        },
        { what: 'the observation ending', withinMs: 9_000 },
      );
      expect(denialOf(await callTool(agent, 'list_tickets')), 'the lease still runs').toBeUndefined();
    } finally {
      process.kill(link, 'SIGCONT');
    }
    expect(heard.at(-1)?.atMs).toBeGreaterThan(-1_000);
    expect(heard.filter((call) => !call.isRefused && call.atMs > 1_000)).toEqual([]);
    expect(heard.filter((call) => !call.isRefused).length).toBeGreaterThan(3);
    await waitFor(
      async () => {
        const { environments } = await world.admin.get<{ environments: { id: string; mode: string }[] }>(
          '{ environments { id mode } }',
        );
        return environments.every(({ mode }) => mode === 'enforce');
      },
      { what: 'the environment reading enforced', withinMs: 5_000 },
    );
  },
);
