import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { createGuard } from '@portcullis/mcp-guard/v1';
import express from 'express';
import { z } from 'zod';

/** A server that pays whatever the guard lets it pay, in a process of its own. */
function buildServer(): McpServer {
  const server = new McpServer({ name: 'till', version: '1.0.0' });
  server.registerTool('pay', { description: 'Pays', inputSchema: { amount: z.number() } }, ({ amount }) => ({
    content: [{ type: 'text', text: `paid ${amount}` }],
  }));
  return server;
}

const app = express();
const guard = await createGuard({
  url: process.env['TILL_GUARD_URL'] ?? '',
  state: process.env['TILL_STATE'] ?? '',
  joinToken: process.env['TILL_JOIN_TOKEN'],
});
app.all(
  '/mcp',
  guard.protect(() => buildServer()),
);
app.listen(Number(process.env['TILL_PORT']), '127.0.0.1', () => process.send?.({ type: 'listens' }));
process.on('disconnect', () => process.exit(0));
