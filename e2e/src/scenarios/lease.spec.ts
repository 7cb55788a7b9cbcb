import { afterAll, beforeAll, expect } from 'vitest';
import { waitFor } from '@portcullis/testkit';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { callTool, connectAgent, denialOf, tokenFor } from '../stack/mcp-agent.js';
import { outcomeOf } from '../stack/outcome.js';
import { makeServiceAccount } from '../stack/service-account.js';
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

promise(
  'R-WINDOW-1',
  'an assignment with an end ends by itself while its guard is cut off, and nobody else is stopped',
  async () => {
    const { admin, installation, resource } = world;
    const endsAt = Date.now() + 6_000;
    const account = await makeServiceAccount(admin, 'temporary', { notAfter: endsAt });
    const request = { clientId: account.id, clientSecret: account.secret.value, resource, scope: 'role:support' };
    const agent = await connectAgent(resource, await tokenFor({ console: installation.run.urls.console, ...request }));
    const other = await world.connect('cs-prod', 'role:support');
    expect(await outcomeOf(agent)).toBe('allowed');
    const { link } = installation.run.pids;
    process.kill(link, 'SIGSTOP');
    const heard: { outcome: string; atMs: number }[] = [];
    try {
      await waitFor(
        async () => {
          heard.push({ atMs: Date.now() - endsAt, outcome: await outcomeOf(agent) });
          return heard.at(-1)?.outcome !== 'allowed';
        },
        { what: 'the assignment ending', withinMs: 9_000 },
      );
      expect(await outcomeOf(other), 'the lease still runs').toBe('allowed');
      expect(await outcomeOf(agent), 'every call after it').toBe('token refused');
    } finally {
      process.kill(link, 'SIGCONT');
    }
    const last = heard.at(-1);
    // A call that was let in at the door may see the end before it is decided.
    expect(['token refused', 'deny token_expired']).toContain(last?.outcome);
    expect(last?.atMs).toBeGreaterThan(-1_000);
    expect(heard.filter(({ atMs, outcome }) => outcome === 'allowed' && atMs > 1_000)).toEqual([]);
    expect(heard.filter(({ outcome }) => outcome === 'allowed').length).toBeGreaterThan(3);
  },
);
