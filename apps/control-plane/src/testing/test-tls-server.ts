import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TestAuthority } from '@portcullis/testkit';
import { afterAll, beforeAll } from 'vitest';

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** A TLS server on loopback, with a certificate for `localhost` by an authority of the spec's own. */
export interface TestTlsServer {
  readonly authority: TestAuthority;
  readonly port: number;
  /** `https://localhost:<port>`. */
  readonly origin: string;
  /** Answers from now on; paths without one are never answered. */
  on(path: string, answering: Answering): void;
  /** The same with JSON, made anew for each request. */
  json(path: string, value: () => unknown): void;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
}

export function testTlsServer(): TestTlsServer {
  const answers = new Map<string, Answering>();
  const asked: string[] = [];
  const started: { authority?: TestAuthority; server?: Server; port: number } = { port: 0 };
  beforeAll(async () => {
    started.authority = await TestAuthority.create();
    const server = createServer(await started.authority.certificate(['localhost'], ['127.0.0.1', '::1']));
    server.on('request', (request, response) => {
      asked.push(request.url ?? '');
      answers.get(request.url ?? '')?.(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    Object.assign(started, { server, port: (server.address() as AddressInfo).port });
  });
  afterAll(async () => {
    started.server?.closeAllConnections();
    await new Promise((resolve) => started.server?.close(resolve));
  });
  const on = (path: string, answering: Answering) => void answers.set(path, answering);
  return {
    get authority() {
      if (started.authority === undefined) throw new Error('the TLS server runs only while hooks and tests run');
      return started.authority;
    },
    get port() {
      return started.port;
    },
    get origin() {
      return `https://localhost:${started.port}`;
    },
    on,
    json: (path, value) =>
      on(path, (_request, response) => {
        response.setHeader('content-type', 'application/json').end(JSON.stringify(value()));
      }),
    asked,
  };
}
