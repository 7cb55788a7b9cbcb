import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { feedSchemaText } from '@portcullis/contracts';
// The file by name: a bundler may answer the bare name with the other build, and the two do not know each other's schemas.
import { buildSchema } from 'graphql/index.js';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Subscriber } from './subscriber.js';
import { problem, type Reply } from './report-intake.js';

/** What answers at the listener's addresses. */
export interface LinkRoutes {
  /** `undefined`: no answer at all. */
  readonly post: (path: string, body: unknown) => Reply | undefined | Promise<Reply | undefined>;
  /** Whether the connection's `hello` is taken. */
  readonly admits: (hello: unknown) => boolean;
  readonly subscribe: (position: string | null) => Subscriber;
}

/** A guard listener on real sockets: `POST /v1/enrol`, `POST /v1/report`, and the feed at `/v1/feed`. It can go away and come back. */
export class LinkListener {
  readonly #routes: LinkRoutes;
  readonly #sockets = new Set<Socket>();
  #webSockets: WebSocketServer | undefined;
  #server: Server | undefined;
  #port = 0;

  constructor(routes: LinkRoutes) {
    this.#routes = routes;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens: the first time on a free port, later on the same one. */
  async open(): Promise<void> {
    const server = createServer((request, response) => void this.#answer(request, response));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    const webSockets = new WebSocketServer({ server, path: '/v1/feed', perMessageDeflate: false });
    useServer(
      {
        schema: buildSchema(feedSchemaText),
        roots: {
          subscription: { feed: ({ position }: { position: string | null }) => this.#routes.subscribe(position) },
        },
        onConnect: ({ connectionParams }) => this.#routes.admits(connectionParams?.['hello']),
      },
      webSockets,
    );
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    this.#webSockets = webSockets;
  }

  /** Closes every feed with that code. */
  closeFeeds(code: number): void {
    for (const socket of this.#clients()) socket.close(code);
  }

  /** Gone, as by a cut cable: every connection is destroyed and no new one is taken. */
  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    this.#webSockets?.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #clients(): Iterable<WebSocket> {
    return this.#webSockets?.clients ?? [];
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = await this.#reply(request);
    if (!reply) return;
    const type = reply.status < 400 ? 'application/json' : 'application/problem+json';
    response.writeHead(reply.status, { 'content-type': type }).end(JSON.stringify(reply.body));
  }

  async #reply(request: IncomingMessage): Promise<Reply | undefined> {
    try {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(Buffer.from(part));
      return await this.#routes.post(request.url ?? '', JSON.parse(Buffer.concat(parts).toString('utf8')));
    } catch {
      return problem(400, 'input_invalid');
    }
  }
}
