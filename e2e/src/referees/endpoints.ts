import { randomUUID } from 'node:crypto';
import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { buildFixtureServer } from './fixture-server.js';

/** Something that listens on this machine. */
export interface Endpoint {
  readonly url: string;
  close(): Promise<void>;
}

export async function listenOn(port: number, listener: RequestListener): Promise<Endpoint> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://localhost:${port}/mcp`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The fixture as its SDK serves it, with nothing of ours around it: what fails here is not the guard's. */
export function directEndpoint(port: number): Promise<Endpoint> {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const app = createMcpExpressApp();
  const open = async (): Promise<StreamableHTTPServerTransport> => {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      onsessioninitialized: (id) => void sessions.set(id, transport),
    });
    await buildFixtureServer().connect(transport as Parameters<ReturnType<typeof buildFixtureServer>['connect']>[0]);
    return transport;
  };
  app.all('/mcp', async (request, response) => {
    const transport = sessions.get(String(request.headers['mcp-session-id'])) ?? (await open());
    await transport.handleRequest(request, response, request.body);
  });
  return listenOn(port, app);
}

/** Passes everything on as it is, and adds the token: the suite's server scenarios know of none. */
export function withToken(port: number, target: number, token: string): Promise<Endpoint> {
  return listenOn(port, (incoming, response) => {
    const headers = { ...incoming.headers, authorization: `Bearer ${token}` };
    const { method, url: path } = incoming;
    const outgoing = httpRequest({ host: '127.0.0.1', port: target, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    response.on('close', () => outgoing.destroy());
    incoming.pipe(outgoing);
  });
}
