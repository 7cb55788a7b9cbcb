import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect } from 'vitest';
import { waitFor } from '@portcullis/testkit';
import { converged } from '../stack/converged.js';
import { demoFile, startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { root } from '../stack/installation.js';
import { engage, engagedTargets } from '../stack/kill.js';
import { callTool, connectAgent, denialOf, tokenFor } from '../stack/mcp-agent.js';
import { runNode } from '../stack/processes.js';
import { refundsDone } from '../stack/refunds.js';
import { promise } from '../promise.js';

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemoWorld({ env: { PORTCULLIS_DEMO_REFUND_MS: '150' } });
});
afterAll(() => world.close());

interface Line {
  readonly n: number;
  readonly amount: number;
  readonly outcome: string;
  readonly reason: string | null;
  readonly revision: number;
}
interface Summary {
  readonly attempted: number;
  readonly allowed: number;
  readonly refused: Record<string, number>;
  readonly aborted: number;
  readonly stoppedByRevision: number | null;
}

function playIncident(): { lines: Line[]; summary: Promise<Summary> } {
  const child = spawn(process.execPath, ['apps/demo/dist/incident.js', '--json', '--pace', '200'], {
    cwd: root,
    env: world.installation.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: Line[] = [];
  const summary = new Promise<Summary>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      const value = JSON.parse(text) as Line | { summary: Summary };
      if ('summary' in value) resolve(value.summary);
      else lines.push(value);
    });
    child.once('exit', (code) => reject(new Error(`the incident ended with ${code}`)));
  });
  return { lines, summary };
}

promise(
  'R-INCIDENT-1',
  'one sentence in a subject line makes 47 attempts; the limit and one kill switch end them',
  async () => {
    const incident = playIncident();
    await waitFor(() => incident.lines.length >= 10, { what: 'ten refunds tried', withinMs: 20_000 });
    const { revision } = await engage(world.admin, 'agent', 'cs-prod');
    await converged(world.admin, revision);
    const doneAtKill = await refundsDone(world.installation);
    const triedAtKill = incident.lines.length;
    const summary = await incident.summary;

    expect(summary.attempted).toBe(47);
    expect(incident.lines).toHaveLength(47);
    expect(incident.lines.filter((line) => line.amount > 100)).toHaveLength(9);
    expect(incident.lines.filter((line) => line.amount > 100 && line.outcome === 'allow')).toEqual([]);
    const afterKill = incident.lines.slice(triedAtKill + 1);
    expect(afterKill.length).toBeGreaterThan(20);
    expect(new Set(afterKill.map((line) => line.reason))).toEqual(new Set(['kill_switch']));
    expect(Math.min(...afterKill.map((line) => line.revision))).toBeGreaterThanOrEqual(revision);
    expect(summary.stoppedByRevision).toBe(revision);
    expect(summary.allowed + summary.aborted + Object.values(summary.refused).reduce((a, b) => a + b, 0)).toBe(47);
    expect(await refundsDone(world.installation)).toEqual(doneAtKill);
  },
);

promise('R-RESET-1', 'demo:reset rebuilds the demo world while everything runs, and keeps the people', async () => {
  const before = await engagedTargets(world.admin);
  const done = await runNode(['apps/cli/start/demo-reset.mjs'], world.installation.env);
  expect([done.code, done.stderr]).toEqual([0, expect.any(String)]);
  const demo = await demoFile(world.installation);
  const client = demo.agents['cs-prod'];
  const token = await tokenFor({
    console: world.installation.run.urls.console,
    clientId: client?.clientId ?? '',
    clientSecret: client?.clientSecret ?? '',
    resource: world.resource,
    scope: 'role:support',
  });
  const agent = await connectAgent(world.resource, token);
  await waitFor(async () => denialOf(await callTool(agent, 'list_tickets')) === undefined, {
    what: 'the new world in force',
    withinMs: 10_000,
  });
  await agent.close();

  expect(before).toEqual(['agent:cs-prod']);
  expect(await engagedTargets(world.admin)).toEqual([]);
  expect((await world.admin.get<{ me: { email: string } }>('{ me { email } }')).me.email).toBe('ana@example.com');
});

promise('R-INCIDENT-2', 'the button of the console plays the incident, once at a time', async () => {
  const press = 'mutation { runDemoIncident { revision } }';
  const refunds = async (): Promise<number> => {
    const { recentDecisions } = await world.admin.get<{ recentDecisions: { tool: string }[] }>(
      '{ recentDecisions(first: 200, agent: "cs-prod") { tool } }',
    );
    return recentDecisions.filter(({ tool }) => tool === 'refund').length;
  };
  const before = await refunds();
  const { overview } = await world.admin.get<{ overview: { revision: number } }>('{ overview { revision } }');
  const first = await world.admin.ask<{ runDemoIncident: { revision: number } }>(press);
  const second = await world.admin.ask(press);
  await waitFor(async () => (await refunds()) > before, { what: 'a refund of the incident', withinMs: 20_000 });

  expect(first.data?.runDemoIncident.revision).toBe(overview.revision);
  expect(second.errors[0]?.extensions.code).toBe('conflict');
});
