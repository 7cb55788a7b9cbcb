import { request as httpRequest } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { ProofKey, waitFor, type ProofOf } from '@portcullis/testkit';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DpopClient } from './testing/dpop-client.js';
import { ProtectedDesk, research } from './testing/protected-desk.js';
import { initialize, post } from './testing/raw-session.js';

let desk: ProtectedDesk;
let key: ProofKey;
let otherKey: ProofKey;
let client: DpopClient;

beforeAll(async () => {
  [key, otherKey] = await Promise.all([ProofKey.make(), ProofKey.make()]);
});
beforeEach(async () => {
  desk = await ProtectedDesk.open();
  client = await clientOf();
});
afterEach(() => desk.close());

/** A client with a bound token, which has seen a nonce. */
async function clientOf(by = key, claims = {}, at = desk): Promise<DpopClient> {
  const made = new DpopClient(by, await at.link.token({ cnf: { jkt: by.thumbprint }, ...claims }), at.url);
  made.nonce = at.guard.dpopNonce();
  return made;
}

const refund = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'refund', arguments: { amount: 5 } } };
const list = { jsonrpc: '2.0', id: 3, method: 'tools/list' };

/** Opens a session with proofs, and says its id. */
async function opened(by = client): Promise<string> {
  const response = await post(desk.url, initialize, await by.headers());
  await response.text();
  return response.headers.get('mcp-session-id') ?? `none: ${response.status}`;
}

async function seen(response: Response): Promise<readonly unknown[]> {
  return [response.status, response.headers.get('www-authenticate'), await response.text()];
}

describe('a client whose token is bound to a key', () => {
  it('works with the SDK, pays one round trip for its first nonce and none after', async () => {
    client.nonce = undefined;
    const mcp = await desk.connectWith({ fetch: client.fetch });
    expect((await mcp.callTool({ name: 'refund', arguments: { amount: 5 } })).isError).not.toBe(true);
    expect((await mcp.listTools()).tools.map(({ name }) => name)).toContain('refund');
    expect([client.repeated, desk.record.paid]).toEqual([1, [5]]);
  });

  it('gets the nonce it needs, then comes in with it; every answer brings the next', async () => {
    const refused = await post(desk.url, initialize, await client.headers({ nonce: undefined }));
    const nonce = refused.headers.get('dpop-nonce') ?? '';
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toMatch(
      /^DPoP algs="ES256 .*resource_metadata="http.*error="use_dpop_nonce"/,
    );
    expect(refused.headers.get('cache-control')).toBe('no-store');
    const taken = await post(desk.url, initialize, await client.headers({ nonce }));
    expect(taken.status).toBe(200);
    client.nonce = taken.headers.get('dpop-nonce') ?? undefined;
    const session = { 'mcp-session-id': taken.headers.get('mcp-session-id') ?? '' };
    expect((await post(desk.url, list, { ...(await client.headers()), ...session })).status).toBe(200);
  });

  it('is not let in with the token alone, and nothing is refunded', async () => {
    const session = { 'mcp-session-id': await opened() };
    const bearer = { authorization: `Bearer ${client.token}` };
    for (const headers of [
      bearer,
      { ...(await client.headers()), ...bearer },
      { authorization: `DPoP ${client.token}` },
    ]) {
      expect((await post(desk.url, refund, { ...headers, ...session })).status).toBe(401);
    }
    expect(desk.record.paid).toEqual([]);
    expect((await post(desk.url, refund, { ...(await client.headers()), ...session })).status).toBe(200);
    await waitFor(() => desk.record.paid.length === 1, { what: 'the refund' });
  });

  it('keeps its token and its proofs from every tool', async () => {
    await desk.close();
    const heard: unknown[] = [];
    desk = await ProtectedDesk.open({
      build: () => {
        const server = new McpServer({ name: 'nosy', version: '1.0.0' });
        server.registerTool('list_tickets', {}, (extra) => {
          heard.push(extra);
          return { content: [] };
        });
        return server;
      },
    });
    client = await clientOf();
    const mcp = await desk.connectWith({ fetch: client.fetch });
    await mcp.callTool({ name: 'list_tickets' });
    const text = JSON.stringify(heard);
    expect(text).toContain(key.thumbprint);
    expect(text).toContain('user-agent');
    for (const part of [...client.token.split('.'), 'DPoP ', 'dpop+jwt']) expect(text).not.toContain(part);
    expect(text).not.toContain(Buffer.from('{"typ":"dpop+jwt"').toString('base64url').slice(0, 20));
  });
});

describe('a request that shows a token with a proof', () => {
  it('is refused alike whatever is wrong, runs nothing, and leaves the reason in the log', async () => {
    const session = { 'mcp-session-id': await opened() };
    const used = await client.headers();
    await (await post(desk.url, list, { ...used, ...session })).text();
    const wrong: Partial<ProofOf>[] = [
      { method: 'GET' },
      { url: `${desk.origin}/elsewhere` },
      { url: desk.url.replace('localhost', '127.0.0.1') },
      { claims: { ath: 'x' } },
      { claims: { jti: undefined } },
      { claims: { more: 'x'.repeat(5000) } },
      { header: { typ: 'JWT' } },
      { header: { jwk: { kty: 'oct', k: 'AAAA' } } },
      { header: { jwk: otherKey.jwk } },
    ];
    const stranger = await clientOf(otherKey, { cnf: { jkt: key.thumbprint } });
    const expired = await clientOf(key, { exp: 1 });
    const headers = [
      used,
      await stranger.headers(),
      await expired.headers(),
      await new DpopClient(key, await desk.link.token(), desk.url).headers({ nonce: client.nonce }),
      await new DpopClient(key, 'nonsense', desk.url).headers({ nonce: client.nonce }),
      { authorization: `DPoP ${client.token}`, dpop: 'nonsense' },
      { authorization: `DPoP ${client.token}` },
      ...(await Promise.all(wrong.map((each) => client.headers(each)))),
    ];
    const answers = await Promise.all(
      headers.map(async (each) => JSON.stringify(await seen(await post(desk.url, refund, { ...each, ...session })))),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('invalid_token');
    expect(desk.record.paid).toEqual([]);
    const logged = JSON.stringify(desk.log);
    for (const why of [
      'used before',
      'another method',
      'another address',
      'another token',
      'another key',
      'too long',
    ]) {
      expect(logged).toContain(why);
    }
    expect(logged).not.toContain(client.token);
    expect(logged).not.toContain(used['dpop']);
  });

  it('is refused when a header comes twice, in either order', async () => {
    const { authorization = '', dpop = '' } = await client.headers();
    const second = (await client.headers())['dpop'] ?? '';
    const plain = `Bearer ${await desk.link.token()}`;
    expect(await knockWith({ authorization, dpop: [dpop, second] })).toBe(401);
    expect(await knockWith({ authorization, dpop: [second, 'nonsense'] })).toBe(401);
    expect(await knockWith({ authorization, dpop: `${dpop}, ${second}` })).toBe(401);
    expect(await knockWith({ authorization: [plain, authorization], dpop })).toBe(401);
    expect(await knockWith({ authorization: [authorization, plain], dpop })).toBe(401);
    expect(desk.record.built).toBe(1);
    expect(await knockWith({ authorization, dpop })).toBe(200);
  });

  it('is worth nothing at another server', async () => {
    const elsewhere = await ProtectedDesk.open();
    const headers = await client.headers({ nonce: elsewhere.guard.dpopNonce() });
    expect((await post(elsewhere.url, initialize, headers)).status).toBe(401);
    expect(elsewhere.record.built).toBe(1);
    await elsewhere.close();
  });

  it('must prove its key for the stream and for the end of a session too', async () => {
    const id = await opened();
    const other = { accept: 'application/json, text/event-stream', 'mcp-session-id': id };
    for (const method of ['GET', 'DELETE']) {
      const asPost = await client.headers({ method: 'POST' });
      expect((await fetch(desk.url, { method, headers: { ...other, ...asPost } })).status).toBe(401);
      const another = await (await clientOf(otherKey, research)).headers({ method });
      expect((await fetch(desk.url, { method, headers: { ...other, ...another } })).status).toBe(404);
    }
    expect((await post(desk.url, list, { ...(await client.headers()), ...other })).status).toBe(200);
    const own = await client.headers({ method: 'DELETE' });
    expect((await fetch(desk.url, { method: 'DELETE', headers: { ...other, ...own } })).status).toBe(200);
  });
});

describe('a stream that is open', () => {
  it('ends when the key that signed its token is withdrawn, and its token lets nobody in', async () => {
    const headers = { accept: 'text/event-stream', 'mcp-session-id': await opened() };
    const stream = await fetch(desk.url, { headers: { ...headers, ...(await client.headers({ method: 'GET' })) } });
    expect(stream.status).toBe(200);
    desk.link.keys.rotate();
    expect(await stream.text()).not.toContain('data:');
    expect((await post(desk.url, initialize, await client.headers())).status).toBe(401);
    expect((await post(desk.url, initialize, await (await clientOf()).headers())).status).toBe(200);
  });
});

/** `fetch` joins equal headers; this writes each on a line of its own. */
function knockWith(headers: Record<string, string | string[]>): Promise<number> {
  const wanted = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const lines = Object.entries({ host: new URL(desk.url).host, ...wanted, ...headers }).flatMap(([name, value]) =>
    [value].flat().flatMap((each) => [name, each]),
  );
  return new Promise((resolve, reject) => {
    const request = httpRequest(desk.url, { method: 'POST', headers: lines }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject).end(JSON.stringify(initialize));
  });
}
