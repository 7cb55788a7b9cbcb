import { createServer, type Socket } from 'node:net';
import { Client } from 'pg';

/**
 * The floor of a kill, in a process of its own: one statement that commits a row and notifies, and on the notification the
 * same bytes written to every socket. No HTTP, no JSON, no signature, no slices.
 */
const sockets = new Set<Socket>();
const url = process.env['BENCH_DATABASE_URL'];
const writer = new Client({ connectionString: url });
const listener = new Client({ connectionString: url });
await Promise.all([writer.connect(), listener.connect()]);
await writer.query('create table if not exists bench_floor (id bigserial primary key, body text not null)');
await listener.query('listen bench_floor');
listener.on('notification', ({ payload }) => {
  const bytes = Buffer.from(`${payload ?? ''}${'x'.repeat(700)}`);
  for (const socket of sockets) socket.write(bytes);
});

const server = createServer((socket) => {
  socket.setNoDelay(true);
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve));
const address = server.address();
process.send?.({ type: 'listening', port: typeof address === 'object' ? address?.port : 0 });

process.on('message', (message: { type: string; text: string }) => {
  if (message.type !== 'fire') return;
  const began = process.hrtime.bigint();
  void writer
    .query({
      name: 'fire',
      text: `with one as (insert into bench_floor (body) values ($1) returning body) select pg_notify('bench_floor', body) from one`,
      values: [message.text],
    })
    .then(() => process.send?.({ type: 'fired', began: String(began) }));
});
process.on('disconnect', () => process.exit(0));
