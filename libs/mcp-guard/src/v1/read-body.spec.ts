import { once } from 'node:events';
import { createServer, request as send, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as wholeText } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { bodyLimitBytes, readBody, type Body } from './read-body.js';

const opened: (() => void)[] = [];
afterEach(() => opened.splice(0).forEach((close) => close()));

/** What is read of a body that a client sends over a socket. */
async function read(
  write: (client: ClientRequest) => void,
  before: (request: IncomingMessage) => unknown = () => undefined,
): Promise<Body> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const body = new Promise<Body>((resolve, reject) => {
    server.on('request', (request: IncomingMessage, response) => {
      void (async () => {
        await before(request);
        resolve(await readBody(request));
        response.end();
      })().catch(reject);
    });
  });
  const client = send({ port, host: '127.0.0.1', method: 'POST' });
  client.on('error', () => undefined);
  client.on('response', (response) => response.resume());
  opened.push(() => (client.destroy(), server.closeAllConnections(), server.close()));
  write(client);
  return body;
}

const inTwo = Buffer.from('{"é":1}');

describe('a body', () => {
  it('is one text, wherever it was cut on its way', async () => {
    const body = await read((client) => {
      client.write(inTwo.subarray(0, 3));
      client.flushHeaders();
      setImmediate(() => client.end(inTwo.subarray(3)));
    });
    expect(body).toEqual({ text: '{"é":1}' });
  });

  it('may be as long as the limit, and not longer', async () => {
    const sized = (bytes: number) => read((client) => client.end(Buffer.alloc(bytes, 'a')));
    expect(await sized(bodyLimitBytes)).toEqual({ text: 'a'.repeat(bodyLimitBytes) });
    expect(await sized(bodyLimitBytes + 1)).toEqual({ trouble: 'too-large' });
  });

  it('that ends before it was all sent is none', async () => {
    const body = await read(
      (client) => client.write('{"jsonrpc":', () => setImmediate(() => client.destroy())),
      (request) => once(request, 'readable'),
    );
    expect(body).toEqual({ trouble: 'cut-short' });
  });

  it('that was cut before anyone read it is none', async () => {
    const body = await read(
      (client) => client.write('{', () => setImmediate(() => client.destroy())),
      (request) => new Promise((closed) => request.on('error', () => undefined).once('close', closed)),
    );
    expect(body).toEqual({ trouble: 'cut-short' });
  });

  it('that somebody else has read is empty, and not waited for', async () => {
    expect(await read((client) => client.end('{}'), wholeText)).toEqual({ text: '' });
  });

  it('is not taken compressed, as text of somebody’s choosing, or when it is not UTF-8', async () => {
    const plain = (client: ClientRequest) => client.end('{}');
    expect(await read((client) => client.setHeader('content-encoding', 'gzip').end('{}'))).toEqual({
      trouble: 'encoding',
    });
    expect(await read(plain, (request) => request.setEncoding('latin1'))).toEqual({ trouble: 'encoding' });
    expect(await read((client) => client.end(Buffer.from([0x22, 0xff, 0x22])))).toEqual({ trouble: 'encoding' });
  });
});
