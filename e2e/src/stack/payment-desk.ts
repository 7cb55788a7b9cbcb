import { join } from 'node:path';
import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { createGuard, type Scorer } from '@portcullis/mcp-guard/v1';
import { waitFor } from '@portcullis/testkit';
import express from 'express';
import { z } from 'zod';
import type { DemoWorld } from './demo-world.js';
import { freePorts } from './free-ports.js';

/** An MCP server that reads tickets and pays, behind a guard of its own. */
export interface PaymentDesk {
  readonly resource: string;
  /** The accounts that were paid, in their order. */
  readonly paid: readonly string[];
  close(): Promise<void>;
}

interface DeskOptions {
  readonly id: string;
  readonly environment: string;
  /** What the ticket says; whoever wrote it is a stranger. */
  readonly ticket: string;
  /** What the desk itself thinks of a call. */
  readonly scorer?: Scorer;
}

function buildDesk(ticket: string, paid: string[]): McpServer {
  const server = new McpServer({ name: 'payment-desk', version: '1.0.0' });
  const text = (words: string) => ({ content: [{ type: 'text' as const, text: words }] });
  server.registerTool('read_ticket', { inputSchema: {} }, () => text(ticket));
  server.registerTool('pay', { inputSchema: { account: z.string(), amount: z.number() } }, ({ account, amount }) => {
    paid.push(account);
    return text(`Paid ${amount} to ${account}.`);
  });
  return server;
}

/** Registers a desk in an environment and starts it. */
export async function startPaymentDesk(
  world: DemoWorld,
  { id, environment, ticket, scorer }: DeskOptions,
): Promise<PaymentDesk> {
  const { admin, installation } = world;
  const [port = 0] = await freePorts(1);
  const resource = `http://localhost:${port}/mcp`;
  const make = (name: string, type: string, i: object) =>
    admin.get(`mutation($i: ${type}!) { ${name}(input: $i) { revision } }`, { i });
  await make('createServer', 'CreateServerInput', { id, name: id, environment, resource });
  await make('registerTool', 'RegisterToolInput', { server: id, name: 'read_ticket', classes: ['read'] });
  await make('registerTool', 'RegisterToolInput', { server: id, name: 'pay', classes: ['payments'] });
  const { createJoinToken } = await admin.get<{ createJoinToken: { joinToken: string } }>(
    'mutation($i: CreateJoinTokenInput!) { createJoinToken(input: $i) { joinToken } }',
    { i: { server: id } },
  );
  const state = join(installation.data, `guard-${id}`);
  const { guards: url } = installation.run.urls;
  const guard = await createGuard({ url, joinToken: createJoinToken.joinToken, state, scorer });
  const paid: string[] = [];
  const app = express();
  app.all(
    '/mcp',
    guard.protect(() => buildDesk(ticket, paid)),
  );
  const http = createServer(app);
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  await waitFor(() => guard.posture === 'fresh', { what: `the guard of ${id}`, withinMs: 10_000 });
  return {
    resource,
    paid,
    close: async () => {
      http.close();
      http.closeAllConnections();
      await guard.close();
    },
  };
}
