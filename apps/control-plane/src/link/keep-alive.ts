import type { WebSocket, WebSocketServer } from 'ws';

const pingEveryMs = 10_000;
const atOnce = 200;

/** Pings every socket and ends those that did not answer the ping before. Returns the way to stop. */
export function keepAlive(server: WebSocketServer): () => void {
  const silent = new WeakSet<WebSocket>();
  server.on('connection', (socket: WebSocket) => socket.on('pong', () => silent.delete(socket)));
  const timer = setInterval(() => pingSome([...server.clients], silent), pingEveryMs);
  return () => clearInterval(timer);
}

/** A burst of thousands of pings would delay a kill; between two handfuls, other work goes first. */
function pingSome(sockets: readonly WebSocket[], silent: WeakSet<WebSocket>): void {
  for (const socket of sockets.slice(0, atOnce)) {
    if (silent.has(socket)) socket.terminate();
    else if (socket.readyState === socket.OPEN) {
      silent.add(socket);
      socket.ping();
    }
  }
  if (sockets.length > atOnce) setImmediate(() => pingSome(sockets.slice(atOnce), silent));
}
