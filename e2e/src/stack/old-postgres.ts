import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A server that speaks enough of the Postgres protocol to say that it is version 13, and notes what it is asked. */
export interface OldPostgres {
  readonly url: string;
  readonly asked: readonly string[];
  close(): void;
}

const version = '130012';

function message(type: string, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

const ready = message('Z', 'I');
const welcome = Buffer.concat([message('R', int32(0)), message('S', 'server_version\0', '13.12\0'), ready]);
const answer = Buffer.concat([
  message('T', int16(1), 'version\0', int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)),
  message('D', int16(1), int32(version.length), version),
  message('C', 'SELECT 1\0'),
  ready,
]);

function serve(socket: Socket, asked: string[]): void {
  let isWelcome = false;
  socket.on('error', () => undefined);
  socket.on('data', (bytes: Buffer) => {
    if (!isWelcome) {
      isWelcome = true;
      socket.write(welcome);
    } else if (bytes.toString('latin1', 0, 1) === 'Q') {
      asked.push(bytes.toString('utf8', 5, bytes.length - 1));
      socket.write(answer);
    } else socket.end();
  });
}

export async function oldPostgres(): Promise<OldPostgres> {
  const asked: string[] = [];
  const server = createServer((socket) => serve(socket, asked)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `postgres://portcullis:x@127.0.0.1:${port}/old`, asked, close: () => void server.close() };
}
