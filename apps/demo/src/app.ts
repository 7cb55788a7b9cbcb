import type { McpGuard } from '@portcullis/mcp-guard/v1';
import express, { type Express } from 'express';
import { buildSupportDesk, type Desk } from './desk/support-desk.js';

/** The support desk over HTTP: the MCP endpoint behind its guard, its metadata, and whether the process lives. */
export function supportDeskApp(guard: Pick<McpGuard, 'protect' | 'metadata'>, desk: Desk): Express {
  const app = express().disable('x-powered-by');
  app.get('/health/live', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/.well-known/oauth-protected-resource/mcp', guard.metadata());
  app.all(
    '/mcp',
    guard.protect(() => buildSupportDesk(desk)),
  );
  return app;
}
