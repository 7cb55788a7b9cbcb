import { afterAll, beforeAll, expect } from 'vitest';
import { waitFor } from '@portcullis/testkit';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { callTool, denialOf } from '../stack/mcp-agent.js';
import { promise } from '../promise.js';

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemoWorld();
});
afterAll(() => world.close());

promise(
  'R-LEASE-1',
  'a guard that is cut off refuses by itself within its lease and heals without anyone',
  async () => {
    const agent = await world.connect('cs-prod', 'role:support task:lookup');
    const before = denialOf(await callTool(agent, 'list_tickets'));
    const link = world.installation.run.pids.link;
    process.kill(link, 'SIGSTOP');
    const cutAt = performance.now();
    let lastAllowedStartMs = 0;
    let reason: string | undefined;
    try {
      await waitFor(
        async () => {
          const startedMs = performance.now() - cutAt;
          reason = denialOf(await callTool(agent, 'list_tickets'))?.reason;
          if (reason === undefined) lastAllowedStartMs = startedMs;
          return reason !== undefined;
        },
        { what: 'the guard closing', withinMs: 14_000 },
      );
    } finally {
      process.kill(link, 'SIGCONT');
    }
    await waitFor(async () => denialOf(await callTool(agent, 'list_tickets')) === undefined, {
      what: 'the guard opening again',
      withinMs: 10_000,
    });

    expect(before).toBeUndefined();
    expect(reason).toBe('posture_stale');
    expect(lastAllowedStartMs).toBeGreaterThan(0);
    expect(lastAllowedStartMs).toBeLessThan(10_000);
  },
);
