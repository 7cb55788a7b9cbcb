import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createGuard } from '@portcullis/mcp-guard/v1';
import { McpServer, type RegisteredTool } from '@modelcontextprotocol/sdk/server/mcp.js';
import express from 'express';
import type { Admin } from './admin.js';
import { root } from './installation.js';

/** An MCP server with one tool, which says of it whatever it is told to say. */
export interface ProtectedServer {
  readonly resource: string;
  /** Changes what it says of its tool, in every session, as a server does that was updated or taken over. */
  says(description: string): void;
  close(): Promise<void>;
}

/** Registers the server, joins a guard to it, and serves. */
export async function startProtectedServer(
  admin: Admin,
  guards: string,
  { id, port, tool, description }: { id: string; port: number; tool: string; description: string },
): Promise<ProtectedServer> {
  const resource = `http://localhost:${port}/mcp`;
  const joinToken = await register(admin, id, resource);
  const state = await mkdtemp(join(root, '.portcullis', 'e2e', `${id}-`));
  const guard = await createGuard({ url: guards, joinToken: joinToken, state });
  const tools = new Set<RegisteredTool>();
  let said = description;
  const app = express();
  app.all(
    '/mcp',
    guard.protect(() => {
      const server = new McpServer({ name: id, version: '1.0.0' });
      tools.add(
        server.registerTool(tool, { description: said }, () => ({ content: [{ type: 'text', text: 'done' }] })),
      );
      return server;
    }),
  );
  const http = createServer(app);
  await new Promise<void>((resolve) => http.listen(port, resolve));
  return {
    resource,
    says(other) {
      said = other;
      for (const each of tools) each.update({ description: other });
    },
    async close() {
      http.close();
      http.closeAllConnections();
      await guard.close();
      await rm(state, { recursive: true, force: true });
    },
  };
}

async function register(admin: Admin, id: string, resource: string): Promise<string> {
  await admin.get('mutation($i: CreateServerInput!) { createServer(input: $i) { revision } }', {
    i: { id, name: id, environment: 'prod', resource },
  });
  const { createJoinToken } = await admin.get<{ createJoinToken: { joinToken: string } }>(
    'mutation($i: CreateJoinTokenInput!) { createJoinToken(input: $i) { joinToken revision } }',
    { i: { server: id } },
  );
  return createJoinToken.joinToken;
}
