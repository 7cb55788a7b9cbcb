import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { waitFor } from '@portcullis/testkit';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { engagedTargets, postStop, stopTicket } from '../stack/kill.js';
import { callTool, denialOf } from '../stack/mcp-agent.js';
import { promise } from '../promise.js';

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemoWorld();
});
afterAll(() => world.close());

promise('R-LANE-1', 'POST /stop stops an agent while the api is frozen', async () => {
  const { run } = world.installation;
  const ticket = await stopTicket(world.admin);
  const agent = await world.connect('cs-prod', 'role:support');
  const before = denialOf(await callTool(agent, 'list_tickets'));
  const engagement = randomUUID();
  process.kill(run.pids.api, 'SIGSTOP');
  let reason: string | undefined;
  const answers: { status: number; body: Record<string, unknown> }[] = [];
  try {
    const request = { scope: 'agent', id: 'cs-prod', reason: 'e2e', engagement };
    const pressedAt = performance.now();
    answers.push(await postStop(run.urls.lane, ticket, request), await postStop(run.urls.lane, ticket, request));
    await waitFor(async () => (reason = denialOf(await callTool(agent, 'list_tickets'))?.reason) !== undefined, {
      what: 'the agent stopped',
      withinMs: 2_000,
    });
    expect(performance.now() - pressedAt).toBeLessThan(2_000);
  } finally {
    process.kill(run.pids.api, 'SIGCONT');
  }
  expect(before).toBeUndefined();
  expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
  expect(answers[0]?.body).toMatchObject({ engagement });
  expect(answers[1]?.body).toMatchObject({ engagement, revision: answers[0]?.body['revision'] });
  expect(reason).toBe('kill_switch');
});

promise('R-LANE-2', 'the kill lane opens for a good ticket only, and for the console origin only', async () => {
  const { urls } = world.installation.run;
  const ticket = await stopTicket(world.admin);
  const before = await engagedTargets(world.admin);
  const request = { scope: 'agent', id: 'research', reason: '', engagement: randomUUID() };
  const none = await postStop(urls.lane, undefined, request);
  const forged = await postStop(urls.lane, `${ticket.slice(0, -8)}AAAAAAAA`, request);
  const unknown = await postStop(urls.lane, ticket, { ...request, id: 'nobody' });
  const malformed = await postStop(urls.lane, ticket, { scope: 'planet', id: 'mars' });
  const foreign = await fetch(`${urls.lane}/stop`, {
    method: 'OPTIONS',
    headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
  });
  const own = await fetch(`${urls.lane}/stop`, {
    method: 'OPTIONS',
    headers: { origin: urls.console, 'access-control-request-method': 'POST' },
  });

  expect([none, forged].map(({ status, body }) => [status, body['code']])).toEqual([
    [401, 'stop_ticket_refused'],
    [401, 'stop_ticket_refused'],
  ]);
  expect([unknown.status, unknown.body['code']]).toEqual([404, 'not_found']);
  expect([malformed.status, malformed.body['code']]).toEqual([400, 'input_invalid']);
  expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  expect(own.headers.get('access-control-allow-origin')).toBe(urls.console);
  expect(await engagedTargets(world.admin)).toEqual(before);
});

promise('R-LANE-3', 'the stop page is a plain form under 10 KB that works without script', async () => {
  const { urls } = world.installation.run;
  const page = await fetch(`${urls.lane}/stop`);
  const html = await page.text();
  const done = await fetch(`${urls.lane}/stop`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      ticket: await stopTicket(world.admin),
      scope: 'agent',
      id: 'research',
      reason: 'form',
    }),
  });
  expect(html.length).toBeLessThan(10_000);
  expect(html).toContain('<form');
  expect(html).not.toContain('<script');
  expect(done.status).toBe(200);
  expect(done.headers.get('content-type')).toContain('text/html');
  expect(await engagedTargets(world.admin)).toContain('agent:research');
});

promise(
  'R-RELEASE-1',
  'nobody releases a kill switch alone: no mutation, edit or retry does it, and the lane names what it needs',
  async () => {
    const { urls } = world.installation.run;
    const ticket = await stopTicket(world.admin);
    const engagement = randomUUID();
    const stop = { scope: 'agent', id: 'cs-prod', reason: 'first', engagement };
    expect((await postStop(urls.lane, ticket, stop)).status).toBe(200);
    const before = await engagedTargets(world.admin);
    const retried = await postStop(urls.lane, ticket, { ...stop, scope: 'agent', id: 'research' });
    const edits = await Promise.all([
      world.admin.ask('mutation { renameAgent(input: { id: "cs-prod", name: "Free again" }) { revision } }'),
      world.admin.ask('mutation { suspendAgent(id: "cs-prod") { revision } }'),
    ]);
    const resumed = await world.admin.ask('mutation { resumeAgent(id: "cs-prod") { revision } }');
    const attempt = await world.admin.ask('mutation { releaseKillSwitch(id: "x") { revision } }');
    const { agent } = await world.admin.get<{ agent: { stoppedBy: { scope: string }[] } }>(
      '{ agent(id: "cs-prod") { stoppedBy { scope } } }',
    );
    const lane = await fetch(`${urls.lane}/release`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ticket}` },
    });
    const client = await world.connect('cs-prod', 'role:support');
    expect(attempt.errors).toHaveLength(1);
    expect([retried.status, retried.body['code']]).toEqual([409, 'conflict']);
    expect([...edits, resumed].flatMap(({ errors }) => errors)).toEqual([]);
    expect(new Set(agent.stoppedBy.map(({ scope }) => scope))).toEqual(new Set(['agent']));
    expect(denialOf(await callTool(client, 'list_tickets'))).toMatchObject({ reason: 'kill_switch' });
    expect(((await lane.json()) as { code: string }).code).toBe('release_needs_two_people');
    expect(await engagedTargets(world.admin)).toEqual(before);
  },
);
