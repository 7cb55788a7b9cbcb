import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartProblem, exits } from './problem.mjs';

/**
 * Refuses before anything is started when a port is taken.
 * @param {Record<string, number>} ports by the name of their variable
 */
export async function assertPortsFree(ports) {
  const taken = [];
  for (const [name, port] of Object.entries(ports)) {
    const error = await tryPort(port);
    if (error) taken.push({ name, port, error });
  }
  if (taken.length === 0) return;
  const what = taken.map(
    ({ name, port, error }) =>
      `port ${port} (${name}) ${error === 'EACCES' ? 'needs rights this user lacks' : 'is taken'}`,
  );
  const names = taken.map(({ name }) => name).join(', ');
  throw new StartProblem(
    'port_in_use',
    exits.port,
    `${what.join(', ')}; stop what listens there, or set ${names} to ${taken.length === 1 ? 'a free port' : 'free ports'}`,
  );
}

/**
 * The wildcard address of both families meets every listener on the port, whichever address it took.
 * @param {number} port
 * @returns {Promise<string | undefined>}
 */
async function tryPort(port, host = '::') {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, 'listening');
    return undefined;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    const hasNoIpv6 = code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL';
    return hasNoIpv6 && host === '::' ? tryPort(port, '0.0.0.0') : code;
  } finally {
    if (server.listening) {
      server.close();
      await once(server, 'close');
    }
  }
}
