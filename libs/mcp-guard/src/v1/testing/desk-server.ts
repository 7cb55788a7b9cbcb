import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

/** What the desk's tools did, seen from inside. */
export interface DeskRecord {
  built: number;
  closed: number;
  readonly begun: number[];
  readonly paid: number[];
  readonly cancelled: number[];
}

export function newRecord(): DeskRecord {
  return { built: 0, closed: 0, begun: [], paid: [], cancelled: [] };
}

/** The amount with which a refund runs until it is cancelled. */
export const endless = 7;

/** A real server with the three tools of the scripted desk. */
export function buildDesk(record: DeskRecord): McpServer {
  record.built += 1;
  const server = new McpServer({ name: 'desk', version: '1.0.0' });
  server.server.onclose = () => (record.closed += 1);
  server.registerTool('list_tickets', { description: 'Lists tickets.', inputSchema: {} }, () => text('T-1001'));
  server.registerTool('purge', { inputSchema: {} }, () => text('purged'));
  server.registerTool('refund', { inputSchema: { amount: z.number() } }, async ({ amount }, { signal }) => {
    record.begun.push(amount);
    if (amount === endless) await aborted(signal).then(() => record.cancelled.push(amount));
    else record.paid.push(amount);
    return text(`refunded ${amount}`);
  });
  server.registerResource('secret', 'desk://secret', {}, () => ({
    contents: [{ uri: 'desk://secret', text: 'secret' }],
  }));
  return server;
}

function text(words: string): CallToolResult {
  return { content: [{ type: 'text', text: words }] };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
