import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { LATEST_PROTOCOL_VERSION } from '@modelcontextprotocol/sdk/types.js';
import express from 'express';
import type { HostServer } from '../session.js';

type Headers = Readonly<Record<string, string>>;

const wanted = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

export const initialize = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: LATEST_PROTOCOL_VERSION, capabilities: {}, clientInfo: { name: 'raw', version: '1' } },
};

/** One POST, byte by byte as the test writes it. */
export function post(url: string, body: unknown, headers: Headers = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(url, { method: 'POST', headers: { ...wanted, ...headers }, body: text });
}

/** Opens a session and returns the headers of every further request. */
export async function openRaw(url: string, token?: string): Promise<Headers> {
  const authorization: Headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await post(url, initialize, authorization);
  await response.text();
  const id = response.headers.get('mcp-session-id');
  if (id === null) throw new Error(`no session: ${response.status}`);
  const headers = { ...authorization, 'mcp-session-id': id };
  await (await post(url, { jsonrpc: '2.0', method: 'notifications/initialized' }, headers)).text();
  return headers;
}

/** The same server on the SDK's transport alone, for one session, without a guard. */
export async function openUnguarded(server: HostServer): Promise<{ readonly url: string; readonly http: HttpServer }> {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => 'unguarded' });
  await server.connect(transport);
  const app = express();
  app.all('/mcp', (request, response) => transport.handleRequest(request, response));
  const http = createServer(app);
  await new Promise<void>((resolve) => http.listen(0, resolve));
  return { url: `http://localhost:${(http.address() as AddressInfo).port}/mcp`, http };
}
