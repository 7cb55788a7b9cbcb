import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from '@portcullis/contracts';

/** What `protect` needs of a request: Node's own, plus what Express and a body parser may have added. */
export type HostRequest = IncomingMessage & {
  readonly body?: unknown;
  readonly app?: unknown;
  readonly originalUrl?: string;
  auth?: unknown;
};

/** What answers requests: a request handler for Express 5, or for any host that speaks Node's HTTP types. */
export type HostEndpoint = (request: HostRequest, response: ServerResponse) => Promise<void>;

type Headers = Readonly<Record<string, string | string[]>>;

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Headers = {},
  type = 'application/json',
): void {
  if (response.headersSent) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** RFC 9457. */
export function sendProblem(response: ServerResponse, problem: Omit<Problem, 'type'>, headers: Headers = {}): void {
  sendJson(response, problem.status, { type: 'about:blank', ...problem }, headers, 'application/problem+json');
}

/** A JSON-RPC error outside any request, as the SDK's transport answers it. */
export function sendRpcError(
  response: ServerResponse,
  status: number,
  code: number,
  message: string,
  headers: Headers = {},
): void {
  sendJson(response, status, { jsonrpc: '2.0', error: { code, message }, id: null }, headers);
}

export function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
