import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema, type Tool } from '@modelcontextprotocol/sdk/types.js';
import { scriptedLink, worldChanges, type Case, type ScriptedLink } from '@portcullis/testkit';
import express from 'express';
import { vi } from 'vitest';
import { createGuard, type McpGuard } from '../create-guard.js';

const startMs = 1_000_000;
const leaseMs = 10_000;
/** Late enough for a guard to report at once what it records. */
const withinLeaseMs = 1000;
const severedSeconds = 61;
/** The first instant past the lease: control time is whole milliseconds. */
const instantSeconds = 0.001;

/** A server that does whatever it is asked, for as far as the guard lets it, and says of its tool what the case says. */
function obedient({ call: { tool, definition }, answer }: Case): Server {
  const server = new Server({ name: 'obedient', version: '1' }, { capabilities: { tools: {} } });
  const done = (name: string) => ({ content: [{ type: 'text', text: `did ${name}` }] });
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => answer?.given ?? done(params.name));
  if (definition !== undefined)
    server.setRequestHandler(ListToolsRequestSchema, () => ({
      tools: [{ name: tool, ...definition }] as Tool[],
    }));
  return server;
}

/** How long ago the last report was sent, for the posture to be that one. */
function sinceLease(posture: Case['given']['posture']): number {
  if (posture === 'fresh') return withinLeaseMs;
  return leaseMs + 1000 * (posture === 'severed' ? severedSeconds : Math.max(posture.stale, instantSeconds));
}

/** What makes two cases need two worlds: where calls are counted, labelled or scored, or the tool has an answer of its own, every case has one. */
export function worldKey({ world, given, call, file, answer }: Case): string {
  const announced = call.definition === undefined ? [] : [call.tool, call.definition];
  const obligations = Object.values(world.grants).flatMap((grant) => grant.obligations ?? []);
  const counted = answer || call.signals || obligations.some(({ kind }) => kind === 'quota') ? [file] : [];
  return JSON.stringify([world, given, call.server, ...announced, ...counted]);
}

/**
 * A case's world behind a real guard and real HTTP, at the case's revision, time and posture. The machine's clocks stand still,
 * because a case holds at one instant; whoever uses this lets `os.uptime` stand still as well.
 */
export class CaseDesk {
  private constructor(
    readonly url: string,
    readonly link: ScriptedLink,
    private readonly guard: McpGuard,
    private readonly http: HttpServer,
    private readonly state: string,
  ) {}

  static async open(theCase: Case): Promise<CaseDesk> {
    const { given, call, world } = theCase;
    const elapsedMs = sinceLease(given.posture);
    const link = await scriptedLink({
      server: call.server,
      resource: world.servers[call.server]?.resource ?? 'http://nowhere.invalid/mcp',
      revision: given.revision,
      objects: worldChanges(theCase),
    });
    Object.assign(link.answers, { leaseMs, reportEveryMs: 600_000, now: () => Date.parse(given.now) - elapsedMs });
    vi.spyOn(Date, 'now').mockReturnValue(startMs);
    const monotonic = vi.spyOn(performance, 'now').mockReturnValue(startMs);
    const state = await mkdtemp(join(tmpdir(), 'mcp-guard-case-'));
    const { scorer: score } = call.signals ?? {};
    const guard = await createGuard({
      scorer: score === undefined ? undefined : () => score,
      url: link.url,
      joinToken: link.newJoinToken(),
      state,
      resource: 'http://localhost/mcp',
    });
    if (guard.posture !== 'fresh') throw new Error('the guard got no lease');
    if (elapsedMs > leaseMs) await link.cut();
    monotonic.mockReturnValue(startMs + elapsedMs);
    const app = express();
    app.all(
      '/mcp',
      guard.protect(() => obedient(theCase)),
    );
    const http = createServer(app);
    await new Promise<void>((resolve) => http.listen(0, resolve));
    return new CaseDesk(`http://localhost:${(http.address() as AddressInfo).port}/mcp`, link, guard, http, state);
  }

  async close(): Promise<void> {
    vi.restoreAllMocks();
    this.http.close();
    this.http.closeAllConnections();
    await this.guard.close();
    await this.link.close();
    await rm(this.state, { recursive: true, force: true });
  }
}
