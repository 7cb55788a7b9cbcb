import type { IncomingMessage } from 'node:http';
import { STATUS_CODES, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';

/** Lets sockets of our own pages in. A browser always names the page's origin; who names none has only the ticket to show. */
export function openUpgradeDoor(server: Server, sockets: WebSocketServer, origins: ReadonlySet<string>): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = upgradeRefusal(request, origins);
    if (refusal !== undefined) return refuse(socket, refusal);
    sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
  });
}

function upgradeRefusal(request: IncomingMessage, origins: ReadonlySet<string>): number | undefined {
  if (request.url?.split('?')[0] !== '/graphql') return 404;
  const { origin } = request.headers;
  return origin === undefined || origins.has(origin) ? undefined : 403;
}

function refuse(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
