import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect } from 'vitest';
import { promise } from '../promise.js';
import { converged } from '../stack/converged.js';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { connectAgent } from '../stack/mcp-agent.js';
import { outcomeOf } from '../stack/outcome.js';

let world: DemoWorld;
beforeAll(async () => {
  const clock = fileURLToPath(new URL('../stack/fast-clock.mjs', import.meta.url));
  world = await startDemoWorld({ env: { NODE_OPTIONS: `--import ${clock}` } });
});
afterAll(() => world.close());

async function change(mutation: 'suspendAgent' | 'resumeAgent'): Promise<number> {
  const answer = await world.admin.get<Record<string, { revision: number }>>(
    `mutation { ${mutation}(id: "cs-prod") { revision } }`,
  );
  return answer[mutation]?.revision ?? 0;
}

promise('R-ABUSE-1', 'P-F5 a token issued by a fast clock before a cut-off is dead after it', async () => {
  const token = await world.token('cs-prod', 'role:support');
  const { iat = 0, rev } = decodeJwt(token);
  const agent = await connectAgent(world.resource, token);
  const before = await outcomeOf(agent);

  const cutOff = await change('suspendAgent');
  await converged(world.admin, await change('resumeAgent'));

  expect(before).toBe('allowed');
  expect(iat * 1000, 'the token says it is younger than the cut-off').toBeGreaterThan(Date.now());
  expect(rev).toBeLessThan(cutOff);
  expect(await outcomeOf(agent)).toBe('token refused');
  const after = await connectAgent(world.resource, await world.token('cs-prod', 'role:support'));
  expect(await outcomeOf(after)).toBe('allowed');
});
