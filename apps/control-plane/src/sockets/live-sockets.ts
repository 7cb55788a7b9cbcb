import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, type Context } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { CONFIG, LOG } from '../app/provided.js';
import { ownOrigins } from '../authorisation/own-origins.js';
import type { SocketContext } from '../authorisation/request-context.js';
import { formatError } from '../graphql/outward-error.js';
import { Sessions } from '../people/sessions.js';
import type { Config } from '../platform/config.js';
import type { Log } from '../platform/log.js';
import { SocketTickets } from './socket-tickets.js';
import { subscriptionFrom } from './subscription-from.js';
import { openUpgradeDoor } from './upgrade-door.js';

type SocketState = Extra & Record<PropertyKey, unknown> & { seat?: SocketContext };
type Connection = Context<Record<string, unknown> | undefined, SocketState>;

const askAgainMs = 2500;
const largestMessage = 64 * 1024;

/** The live socket: opened by a ticket, and open only as long as the session and its permissions are. */
@Injectable()
export class LiveSockets implements OnApplicationShutdown {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    handleProtocols: (offered) => offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) && GRAPHQL_TRANSPORT_WS_PROTOCOL,
  });
  private readonly open = new Set<Connection>();
  private timer: NodeJS.Timeout | undefined;
  private dispose: (() => Promise<void> | void) | undefined;

  constructor(
    private readonly adapter: HttpAdapterHost,
    private readonly sessions: Sessions,
    private readonly tickets: SocketTickets,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** After Nest has made the schema and before the port is open. */
  start(schema: GraphQLSchema): void {
    const server = useServer<Record<string, unknown> | undefined, SocketState>(
      {
        schema,
        connectionInitWaitTimeout: 5000,
        onConnect: (connection) => this.seat(connection),
        onDisconnect: (connection) => void this.open.delete(connection),
        onSubscribe: (connection, _id, payload) => subscriptionFrom(schema, payload, seatOf(connection)),
        onNext: async (connection, _id, _payload, _args, result) => {
          await this.check(connection);
          return {
            ...result,
            ...(result.errors ? { errors: result.errors.map((error) => this.outward(connection, error)) } : {}),
          };
        },
        onError: (connection, _id, _payload, errors) => errors.map((error) => this.outward(connection, error)),
      },
      this.sockets,
      12_000,
    );
    this.dispose = () => server.dispose();
    openUpgradeDoor(this.adapter.httpAdapter.getHttpServer(), this.sockets, ownOrigins(this.config));
    this.timer = setInterval(() => void this.checkAll(), askAgainMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.dispose?.();
    for (const client of this.sockets.clients) client.terminate();
  }

  private async seat(connection: Connection): Promise<boolean> {
    const session = await this.tickets.use(connection.connectionParams?.['ticket']);
    const viewer = session === null ? null : await this.sessions.viewerOfSession(session);
    if (viewer === null) return false;
    connection.extra.seat = { kind: 'socket', requestId: randomUUID(), viewer, needed: new Set() };
    this.open.add(connection);
    return true;
  }

  private async checkAll(): Promise<void> {
    for (const connection of [...this.open])
      await this.check(connection).catch((error: unknown) =>
        this.log.warn({ err: error }, 'a live socket could not be checked'),
      );
  }

  /** The session and each permission that was used, as they are now. */
  private async check(connection: Connection): Promise<void> {
    const { viewer, needed } = seatOf(connection);
    const now = await this.sessions.viewerOfSession(viewer.sessionId);
    if (now !== null && [...needed].every((permission) => now.permissions.has(permission))) return;
    this.open.delete(connection);
    connection.extra.socket.close(CloseCode.Forbidden, 'Forbidden');
    throw new Error('the session behind this socket has ended');
  }

  private outward(connection: Connection, error: GraphQLError): GraphQLFormattedError {
    return formatError(error.toJSON(), error, seatOf(connection).requestId, this.log);
  }
}

function seatOf(connection: Connection): SocketContext {
  const { seat } = connection.extra;
  if (seat === undefined) throw new Error('a socket without a ticket spoke');
  return seat;
}
