import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGuard, type McpGuard } from '@portcullis/mcp-guard/v1';
import { agentStop, deskObjects, scriptedLink, waitFor, type ScriptedLink, type Written } from '@portcullis/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { supportDeskApp } from '../app.js';
import { RefundBook } from '../desk/refund-book.js';
import { openTickets } from '../desk/tickets.js';
import { Agent } from './agent.js';
import type { Attempt } from './attempt.js';
import { Bystander } from './bystander.js';
import { playIncident } from './play.js';
import { summarise } from './tally.js';
import { TokenSource } from './token-source.js';

let folder: string;
let link: ScriptedLink;
let guard: McpGuard;
let book: RefundBook;
let http: Server;
let tokens: Server;
let resource: string;

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

/** The scripted desk, and what lets both agents read tickets. */
function objects(): readonly Written[] {
  const readers = ['support', 'research'].map((role) => ({
    kind: 'grant',
    id: `${role}-reads`,
    value: {
      role,
      environment: 'prod',
      tool: { id: 'support-desk/read_ticket' },
      task: 'lookup',
      constraints: [],
      notBefore: null,
      notAfter: null,
      staleSeconds: 0,
    },
  }));
  const tool = { server: 'support-desk', name: 'read_ticket', classes: ['read'] };
  const server = { name: 'Support desk', environment: 'prod', resource };
  const rest = deskObjects().filter(({ kind }) => kind !== 'server');
  return [
    { kind: 'server', id: 'support-desk', value: server },
    ...rest,
    { kind: 'tool', id: 'support-desk/read_ticket', value: tool },
    ...readers,
  ];
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'incident-'));
  http = createServer();
  resource = `${await listen(http)}/mcp`;
  link = await scriptedLink({ resource, objects: objects() });
  guard = await createGuard({ url: link.url, joinToken: link.newJoinToken(), state: join(folder, 'guard'), resource });
  book = new RefundBook(join(folder, 'refunds.jsonl'), 20);
  http.on('request', supportDeskApp(guard, { tickets: openTickets(), refunds: book }));
  tokens = createServer(async (request, response) => {
    const [agent = ''] = Buffer.from(request.headers.authorization?.slice(6) ?? '', 'base64')
      .toString()
      .split(':');
    const claims = agent === 'research' ? ({ agent, role: 'research', task: 'lookup' } as const) : { agent };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ access_token: await link.token(claims), expires_in: 300 }));
  });
});
afterEach(async () => {
  http.close();
  tokens.close();
  await guard.close();
  http.closeAllConnections();
  tokens.closeAllConnections();
  await link.close();
  await rm(folder, { recursive: true, force: true });
});

async function agent(name: string, tokenUrl: string): Promise<Agent> {
  const client = { clientId: name, clientSecret: 'secret' };
  return new Agent(name, resource, new TokenSource({ tokenUrl, resource, scope: '', client }));
}

describe('the incident', () => {
  it('tries 47 refunds; the limit refuses nine, a kill switch the rest, and another agent goes on', async () => {
    const tokenUrl = await listen(tokens);
    const attempts: Attempt[] = [];
    const ending = new AbortController();
    const bystander = new Bystander(await agent('research', tokenUrl));
    const others = bystander.work({ everyMs: 20, signal: ending.signal });
    const gullible = await agent('cs-prod', tokenUrl);
    const audience = { told: () => undefined, tried: (attempt: Attempt) => void attempts.push(attempt) };

    const played = playIncident(gullible, audience, { paceMs: 25, signal: ending.signal });
    await waitFor(() => attempts.length >= 10, { what: 'ten refunds tried', withinMs: 20_000 });
    const revision = link.commit(agentStop('k1', 'cs-prod'));
    await waitFor(() => guard.revision === revision, { what: 'the stop applied' });
    const paidAtStop = book.paid.length;
    const readsAtStop = bystander.reads;
    await played;
    await waitFor(() => bystander.reads > readsAtStop, { what: 'the other agent going on' });
    ending.abort();
    await Promise.all([others, gullible.close()]);

    const summary = summarise(attempts);
    expect(summary).toMatchObject({ attempted: 47, stoppedByRevision: revision });
    expect(summary.allowed).toBe(book.paid.length);
    expect(book.paid).toHaveLength(paidAtStop);
    expect(book.paid.every(({ amount }) => amount <= 100)).toBe(true);
    expect(new Set(attempts.slice(-30).map(({ reason }) => reason))).toEqual(new Set(['kill_switch']));
    expect(bystander.failures).toBe(0);
  });

  it('says so when nobody answers', async () => {
    const tokenUrl = await listen(tokens);
    tokens.close();
    tokens.closeAllConnections();
    await expect((await agent('cs-prod', tokenUrl)).tools()).rejects.toThrow(`${tokenUrl} does not answer`);
  });
});
