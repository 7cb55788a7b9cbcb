import { randomUUID } from 'node:crypto';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createGuard } from '@portcullis/mcp-guard/v1';
import express, { type Request, type Response } from 'express';
import { z } from 'zod';

/** One trivial tool twice: behind the guard at `/mcp`, and as the SDK serves it at `/plain`. */
function buildServer(): McpServer {
  const server = new McpServer({ name: 'bench', version: '1.0.0' });
  server.registerTool('echo', { description: 'Says it again', inputSchema: { text: z.string() } }, ({ text }) => ({
    content: [{ type: 'text', text }],
  }));
  return server;
}

const sessions = new Map<string, StreamableHTTPServerTransport>();

async function plain(request: Request, response: Response): Promise<void> {
  const known = sessions.get(String(request.headers['mcp-session-id'] ?? ''));
  if (known) return known.handleRequest(request, response);
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: () => randomUUID(),
    onsessioninitialized: (id) => void sessions.set(id, transport),
  });
  await buildServer().connect(transport);
  await transport.handleRequest(request, response);
}

const app = express();
const guard = await createGuard({
  url: process.env['BENCH_GUARD_URL'] ?? '',
  state: process.env['BENCH_STATE'] ?? '',
  joinToken: process.env['BENCH_JOIN_TOKEN'],
});
app.all('/plain', (request, response) => plain(request, response));
app.all(
  '/mcp',
  guard.protect(() => buildServer()),
);
app.listen(Number(process.env['BENCH_PORT']), '127.0.0.1');

const tellFresh = (): void => void (guard.posture === 'fresh' && process.send?.({ type: 'fresh' }));
guard.onChange(tellFresh);
tellFresh();
process.on('message', (message: { type: string }) => {
  if (message.type !== 'cpu') return;
  const { user, system } = process.cpuUsage();
  process.send?.({ type: 'cpu', us: user + system });
});
process.on('disconnect', () => process.exit(0));
