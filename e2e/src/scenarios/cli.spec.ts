import { afterAll, beforeAll, expect } from 'vitest';
import { waitFor } from '@portcullis/testkit';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { engagedTargets } from '../stack/kill.js';
import { callTool, denialOf } from '../stack/mcp-agent.js';
import { runNode } from '../stack/processes.js';
import { promise } from '../promise.js';

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemoWorld();
});
afterAll(() => world.close());

const cli = (...args: string[]): ReturnType<typeof runNode> =>
  runNode(['apps/cli/dist/main.js', ...args], world.installation.env);

promise('R-CLI-1', 'portcullis kill agent cs-prod stops it, from the install folder, without the console', async () => {
  const agent = await world.connect('cs-prod', 'role:support');
  const before = denialOf(await callTool(agent, 'list_tickets'));
  const status = await cli('status', '--json');
  const unknown = await cli('kill', 'agent', 'nobody', '--json');
  const usage = await cli('kill', 'planet', 'mars');
  const untouched = await engagedTargets(world.admin);
  const done = await cli('kill', 'agent', 'cs-prod', '--json');
  let reason: string | undefined;
  await waitFor(async () => (reason = denialOf(await callTool(agent, 'list_tickets'))?.reason) !== undefined, {
    what: 'the agent stopped',
    withinMs: 3_000,
  });

  expect(before).toBeUndefined();
  expect(status.code).toBe(0);
  expect(unknown.code).toBe(1);
  expect(usage.code).toBe(2);
  expect(untouched).toEqual([]);
  expect(done.code).toBe(0);
  expect(JSON.parse(done.stdout)).toMatchObject({ engagement: expect.any(String), revision: expect.any(Number) });
  expect(reason).toBe('kill_switch');
  expect(await engagedTargets(world.admin)).toEqual(['agent:cs-prod']);
});

promise('R-CLI-2', 'a kill that is refused or reaches nobody is said loudly, with exit codes 1 and 3', async () => {
  const before = await engagedTargets(world.admin);
  const refused = await cli('kill', 'agent', 'nobody');
  const gone = await cli('kill', 'agent', 'cs-prod', '--url', 'http://127.0.0.1:9');
  expect(refused.code).toBe(1);
  expect(`${refused.stdout}${refused.stderr}`).toContain('NOT STOPPED');
  expect(await engagedTargets(world.admin)).toEqual(before);
  expect(gone.code).toBe(3);
  expect(`${gone.stdout}${gone.stderr}`).toContain('NOT STOPPED');
});
