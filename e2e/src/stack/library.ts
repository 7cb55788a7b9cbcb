import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { createGuard } from '@portcullis/mcp-guard/v1';
import { waitFor } from '@portcullis/testkit';
import express from 'express';
import { z } from 'zod';
import type { DemoWorld } from './demo-world.js';
import { freePorts } from './free-ports.js';
import { connectAgent, tokenFor } from './mcp-agent.js';
import { makeServiceAccount } from './service-account.js';

const documentShape = z.strictObject({
  id: z.string(),
  title: z.string(),
  classification: z.enum(['public', 'internal', 'confidential']),
  body: z.string(),
  reviewer: z.strictObject({ name: z.string(), email: z.string() }),
});
type Document = z.infer<typeof documentShape>;

/** What the library holds: the third is what the documentation agent must never see. */
export const documents: readonly Document[] = [
  document('D-1', 'Handbook', 'public', 'Welcome.'),
  document('D-2', 'On-call guide', 'internal', 'Page the lead.'),
  document('D-3', 'Project Nightfall', 'confidential', 'We close the Lisbon office in May.'),
];

function document(id: string, title: string, classification: Document['classification'], body: string): Document {
  return { id, title, classification, body, reviewer: { name: 'Rui', email: 'rui@example.com' } };
}

/** A library whose every tool gives everything it has, as data and in words. It trusts that somebody else says who may read what. */
function buildLibrary(): McpServer {
  const server = new McpServer({ name: 'library', version: '1.0.0' }, { capabilities: { logging: {} } });
  const outputSchema = { documents: z.array(documentShape) };
  server.registerTool(
    'search',
    { description: 'Finds documents.', inputSchema: { query: z.string() }, outputSchema },
    async (_query, { sendNotification }) => {
      await sendNotification({ method: 'notifications/message', params: { level: 'info', data: documents } });
      const structuredContent = { documents: [...documents] };
      const words = documents.map(({ title, body }) => `${title}: ${body}`).join('\n');
      const links = documents.map(({ id, title }) => ({
        type: 'resource_link' as const,
        uri: `library://${id}`,
        name: title,
      }));
      const texts = [JSON.stringify(structuredContent, null, 2), ...documents.map((one) => JSON.stringify(one)), words];
      return { structuredContent, content: [...texts.map((text) => ({ type: 'text' as const, text })), ...links] };
    },
  );
  server.registerTool('summary', { description: 'Says all in words.', inputSchema: {} }, () => ({
    content: [{ type: 'text', text: documents.map(({ title, body }) => `${title}: ${body}`).join('\n') }],
  }));
  return server;
}

/** A library server of its own with a real guard, registered in an installation, and an agent who plays `documentation`. */
export interface Library {
  readonly connect: () => Promise<Client>;
  readonly close: () => Promise<void>;
}

type Mutate = (text: string, input: Record<string, unknown>) => Promise<Record<string, Record<string, string>>>;

/** Registers the library's server and tools, and makes the role and a join token. */
async function register(mutate: Mutate, resource: string): Promise<string> {
  await mutate('mutation($i: CreateServerInput!) { createServer(input: $i) { revision } }', {
    ...{ id: 'library', name: 'Library', environment: 'prod', resource },
  });
  for (const name of ['search', 'summary'])
    await mutate('mutation($i: RegisterToolInput!) { registerTool(input: $i) { revision } }', {
      ...{ server: 'library', name, classes: ['read'] },
    });
  await mutate('mutation($i: CreateRoleInput!) { createRole(input: $i) { revision } }', {
    ...{ id: 'documentation', name: 'Documentation' },
  });
  const { createJoinToken } = await mutate(
    'mutation($i: CreateJoinTokenInput!) { createJoinToken(input: $i) { joinToken revision } }',
    { server: 'library' },
  );
  return createJoinToken?.['joinToken'] ?? '';
}

/** Starts a library; the documentation agent may use its tools under these obligations. */
export async function startLibrary(world: DemoWorld, obligations: readonly unknown[]): Promise<Library> {
  const mutate: Mutate = (text, input) => world.admin.get(text, { i: input });
  const [port = 0] = await freePorts(1);
  const resource = `http://localhost:${port}/mcp`;
  const joinToken = await register(mutate, resource);
  for (const tool of ['search', 'summary'])
    await mutate('mutation($i: CreateGrantInput!) { createGrant(input: $i) { revision } }', {
      ...{ role: 'documentation', environment: 'prod', toolId: `library/${tool}`, task: 'lookup', obligations },
    });
  const { secret, id } = await makeServiceAccount(world.admin, 'docs-agent', { role: 'documentation' });
  const state = await mkdtemp(join(world.installation.data, 'library-'));
  const { guards, console } = world.installation.run.urls;
  const guard = await createGuard({ url: guards, joinToken, state, resource });
  const app = express();
  app.all('/mcp', guard.protect(buildLibrary));
  const http = createServer(app);
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  await waitFor(() => guard.posture === 'fresh', { what: 'the guard of the library fresh', withinMs: 10_000 });
  const clients: Client[] = [];
  return {
    connect: async () => {
      const request = { console, clientId: id, clientSecret: secret.value, resource, scope: 'role:documentation' };
      const client = await connectAgent(resource, await tokenFor(request));
      clients.push(client);
      return client;
    },
    close: async () => {
      await Promise.allSettled(clients.map((client) => client.close()));
      http.close();
      http.closeAllConnections();
      await guard.close();
      await rm(state, { recursive: true, force: true });
    },
  };
}
