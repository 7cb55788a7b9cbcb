import { createServer } from 'node:net';

async function listen(): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return { port: address.port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Ports that were free a moment ago, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const open = await Promise.all(Array.from({ length: count }, listen));
  await Promise.all(open.map((one) => one.close()));
  return open.map((one) => one.port);
}
