import { readFileSync } from 'node:fs';
import { createServer as createPlain, type RequestListener, type Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.js';
import { StartRefusal } from './start-refusal.js';

export function createListener(config: Pick<Config, 'tls'>, answer: RequestListener): Server {
  if (config.tls === null) return createPlain(answer);
  return createSecure(
    { cert: readFileSync(config.tls.cert), key: readFileSync(config.tls.key), minVersion: 'TLSv1.2' },
    answer,
  );
}

/** Listens and gives the port that was taken. `variable` is the setting a person changes when it is occupied. */
export async function listen(server: Server, port: number, host: string, variable: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EADDRINUSE' && cause.code !== 'EACCES') return reject(cause);
      reject(
        new StartRefusal(
          'port_in_use',
          `port ${port} cannot be taken (${cause.code})`,
          `stop what uses it or set ${variable}`,
          'port',
          { cause },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Stops taking connections and ends those that are open. */
export async function closeListener(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
