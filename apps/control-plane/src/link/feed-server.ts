import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { feedCloseCodes, feedDocument, feedSchemaText, positionSchema, type Position } from '@portcullis/contracts';
import { buildSchema, GraphQLError, parse, validate, type ExecutionArgs } from 'graphql';
import { handleProtocols, makeServer, type Context } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Log } from '../platform/log.js';
import type { Broadcast } from './broadcast.js';
import { endless } from './endless.js';
import { FeedLine } from './feed-line.js';
import { readHello, type Greeted, type HelloChecks } from './hello.js';
import { keepAlive } from './keep-alive.js';
import type { LiveBoots } from './live-boots.js';
import type { LogFollower } from './log-follower.js';

const largestMessage = 16 * 1024;
const path = '/v1/feed';

/** What a feed needs of the rest of the link. */
export interface FeedParts {
  readonly follower: LogFollower;
  readonly broadcast: Broadcast;
  readonly hello: HelloChecks;
  readonly boots: LiveBoots;
  readonly presence: { connected(guard: string, boot: string, isConnected: boolean): void };
  readonly log: Log;
}

interface Extra {
  readonly socket: WebSocket;
  readonly stream: Duplex;
  greeted?: Greeted;
}
type FeedContext = Context<Record<string, unknown> | undefined, Extra>;

const schema = buildSchema(feedSchemaText);
const document = parse(feedDocument);
if (validate(schema, document).length > 0) throw new Error('the feed document does not fit its schema');

/** Serves the feed on a listener: graphql-ws greets, checks and completes; frames are written by the broadcast. */
export function serveFeed(server: Server, parts: FeedParts): { stop(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: largestMessage,
    handleProtocols,
  });
  const graphql = makeServer<Record<string, unknown> | undefined, Extra>({
    connectionInitWaitTimeout: 3000,
    onConnect: (context) => greet(context, parts),
    onSubscribe: (context, id, payload) => argumentsOf(context, id, payload.query, payload.variables),
    subscribe: (args) => follow(args as FeedExecution, parts),
  });
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // Never parsed as a URL: `//` is none, and what throws here would end the process.
    if (request.url?.split('?')[0] !== path) return stream.destroy();
    sockets.handleUpgrade(request, stream, head, (socket) => {
      sockets.emit('connection', socket, request);
      open(graphql, socket, stream, parts.log);
    });
  });
  const stopPings = keepAlive(sockets);
  return {
    stop: () => {
      stopPings();
      parts.broadcast.closeAll();
      sockets.close();
    },
  };
}

function open(
  graphql: ReturnType<typeof makeServer<Record<string, unknown> | undefined, Extra>>,
  socket: WebSocket,
  stream: Duplex,
  log: Log,
): void {
  const send = (data: string) => {
    if (socket.readyState === socket.OPEN) socket.send(data);
  };
  const closed = graphql.opened(
    {
      protocol: socket.protocol,
      send,
      close: (code, reason) => socket.close(code, reason),
      onMessage: (receive) =>
        socket.on('message', (data) => {
          receive(String(data)).catch((error: unknown) => {
            log.error({ err: error }, 'a feed message could not be answered');
            socket.close(1011, 'internal');
          });
        }),
    },
    { socket, stream },
  );
  socket.on('error', (error) => log.info({ err: error }, 'a feed socket broke'));
  socket.once('close', (code, reason) => void closed(code, String(reason)));
}

async function greet(context: FeedContext, { hello, boots, log }: FeedParts): Promise<boolean> {
  const { extra } = context;
  const greeted = await readHello(context.connectionParams, hello);
  if (typeof greeted === 'string') {
    log.warn({ why: greeted }, 'a hello was refused');
    return false;
  }
  if (boots.isAnotherAlive(greeted.guard.id, greeted.boot)) {
    log.warn({ guard: greeted.guard.id, boot: greeted.boot }, 'a second boot of a guard that is alive was refused');
    extra.socket.close(feedCloseCodes.secondBoot, 'secondBoot');
    return false;
  }
  extra.greeted = greeted;
  return true;
}

interface FeedExecution extends ExecutionArgs {
  readonly contextValue: { readonly extra: Extra; readonly operation: string };
}

function argumentsOf(
  context: FeedContext,
  operation: string,
  query: string,
  variables: unknown,
): FeedExecution | GraphQLError[] {
  if (query !== feedDocument || operation.length > 64) return [new GraphQLError('the feed takes one document only')];
  if (Object.keys(context.subscriptions).length > 1) return [new GraphQLError('one subscription a socket')];
  return {
    schema,
    document,
    variableValues: variables as Record<string, unknown>,
    contextValue: { extra: context.extra, operation },
  };
}

async function follow(
  { contextValue, variableValues }: FeedExecution,
  { follower, broadcast, boots, presence }: FeedParts,
) {
  const { extra, operation } = contextValue;
  if (!extra.greeted) throw new GraphQLError('no hello');
  const { guard, boot } = extra.greeted;
  const line = new FeedLine({ guard: guard.id, boot, slice: guard.server, operation }, extra.socket, extra.stream);
  const position = positionOf(variableValues?.['position']);
  // A guard that heard of a newer head from another replica: read before judging its position.
  if (position && position.revision > follower.views.head) await follower.refresh();
  placeLine(line, position, follower);
  boots.opened(guard.id, boot);
  presence.connected(guard.id, boot, true);
  broadcast.add(line);
  return endless(() => {
    broadcast.remove(line);
    boots.closed(guard.id, boot);
    presence.connected(guard.id, boot, false);
  });
}

/** A position is taken only if its digest is the one this replica had there; else the line starts from nothing. */
function placeLine(line: FeedLine, position: Position | undefined, { generation, views }: LogFollower): void {
  if (position?.generation !== generation.id || position.revision > views.head) return;
  if (views.digest(line.identity.slice, position.revision) !== position.digest) return;
  line.generation = generation.id;
  line.position = position.revision;
}

function positionOf(text: unknown): Position | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return positionSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
