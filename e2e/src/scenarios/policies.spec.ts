import { waitFor } from '@portcullis/testkit';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { afterAll, beforeAll, expect } from 'vitest';
import { promise } from '../promise.js';
import { converged } from '../stack/converged.js';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { callTool, denialOf } from '../stack/mcp-agent.js';
import { outcomeOf } from '../stack/outcome.js';

let world: DemoWorld;
let agent: Client;
beforeAll(async () => {
  world = await startDemoWorld();
  agent = await world.connect('cs-prod', 'role:support task:execute');
  await waitFor(async () => (await checked(above('1.0'), [])).problems.length === 0, {
    what: 'the tools of the demo announced',
    withinMs: 20_000,
  });
});
afterAll(() => world.close());

const above = (limit: string) => `forbid (principal, action == Action::"support-desk/refund", resource)
when { context.arguments.amount.greaterThan(decimal("${limit}")) };`;
const refund = { ticket: 'T-1003', customer: 'C-104', amount: 20 };
const refundTest = (want: string) => ({
  name: 'A refund of 20',
  call: { agent: 'cs-prod', role: 'support', task: 'execute', tool: 'support-desk/refund', arguments: refund },
  want,
});

async function checked(text: string, tests: readonly object[]) {
  const { checkPolicy } = await world.admin.get<{ checkPolicy: { problems: object[]; results: object[] } }>(
    'query ($input: CheckPolicyInput!) { checkPolicy(input: $input) { problems { line column message suggestion } results { name got passed } } }',
    { input: { environment: 'prod', text, tests } },
  );
  return checkPolicy;
}

const save = (text: string, tests: readonly object[], basedOn: number | null) =>
  world.admin.get('mutation ($input: SavePolicyDraftInput!) { savePolicyDraft(input: $input) { revision } }', {
    input: { id: 'refunds', name: 'Refunds', environment: 'prod', text, tests, basedOn },
  });

const act = (name: string) => `mutation ($input: PolicyVersionInput!) { ${name}(input: $input) { revision } }`;
async function done(name: 'publishPolicy' | 'revertPolicy', version: number): Promise<number> {
  const answer = await world.admin.get<Record<string, { revision: number }>>(act(name), {
    input: { id: 'refunds', version },
  });
  const revision = answer[name]?.revision ?? 0;
  await converged(world.admin, revision);
  return revision;
}

promise('R-POLICY-1', 'what a published policy forbids is refused on the next call, with its revision', async () => {
  expect(await outcomeOf(agent, 'refund', refund)).toBe('allowed');
  await save(above('10.0'), [refundTest('deny')], null);

  const revision = await done('publishPolicy', 1);

  const denial = denialOf(await callTool(agent, 'refund', refund));
  expect(denial).toMatchObject({ outcome: 'deny', reason: 'policy' });
  expect(denial?.revision).toBeGreaterThanOrEqual(revision);
  expect(await outcomeOf(agent, 'list_tickets')).toBe('allowed');
});

promise('R-POLICY-1', 'a policy whose test fails, or that names what is not there, is not published', async () => {
  await save(above('50.0'), [refundTest('deny')], 1);
  await expect(done('publishPolicy', 2)).rejects.toThrow(/policy_refused|A refund of 20/);
  expect(await outcomeOf(agent, 'refund', refund)).toBe('deny policy');

  expect((await checked(above('5.0').replace('amount', 'amuont'), [])).problems).toMatchObject([
    { line: 2, column: 26, suggestion: 'amount' },
  ]);
});

promise('R-POLICY-1', 'an older version comes back as a new one, under a new revision', async () => {
  await save(above('50.0'), [refundTest('pass')], 2);
  const loosened = await done('publishPolicy', 3);
  expect(await outcomeOf(agent, 'refund', refund)).toBe('allowed');

  const reverted = await done('revertPolicy', 1);

  expect(reverted).toBeGreaterThan(loosened);
  expect(denialOf(await callTool(agent, 'refund', refund))).toMatchObject({ outcome: 'deny', reason: 'policy' });
  const { policy } = await world.admin.get<{ policy: { liveVersion: number; versions: object[] } }>(
    '{ policy(id: "refunds") { liveVersion versions { number reverts revision } } }',
  );
  expect(policy.liveVersion).toBe(4);
  expect(policy.versions[0]).toEqual({ number: 4, reverts: 1, revision: reverted });
});
