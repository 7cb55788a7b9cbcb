import { afterAll, beforeAll, expect } from 'vitest';
import {
  Client as ModernClient,
  DpopSession,
  PrivateKeyJwtProvider as ModernProvider,
  StreamableHTTPClientTransport as ModernTransport,
  type FetchLike,
} from '@modelcontextprotocol/client';
import { PrivateKeyJwtProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { decodeJwt } from 'jose';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { outcomeOf } from '../stack/outcome.js';
import { makeServiceAccount, type ServiceAccount } from '../stack/service-account.js';
import { promise } from '../promise.js';

let world: DemoWorld;
let account: ServiceAccount;
beforeAll(async () => {
  world = await startDemoWorld();
  account = await makeServiceAccount(world.admin, 'signs-in-alone');
});
afterAll(() => world.close());

interface Sent {
  readonly url: string;
  readonly status: number;
  readonly again: () => Promise<Response>;
  readonly headers: Headers;
}

/** `fetch`, with a note of every request and what it was answered. */
function noting(sent: Sent[]): typeof fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const response = await fetch(input, init);
    sent.push({ url, status: response.status, headers: new Headers(init?.headers), again: () => fetch(input, init) });
    return response;
  };
}

const options = () => ({
  clientId: account.id,
  privateKey: account.key.pem,
  algorithm: 'ES256',
  scope: 'role:support task:lookup',
  expectedIssuer: world.installation.run.urls.console,
});
const tokenRequests = (sent: readonly Sent[]) => sent.filter(({ url }) => new URL(url).pathname === '/oauth/token');

promise('R-SDK-1', 'PrivateKeyJwtProvider of SDK 1.x: 401, metadata, token, call, with one sign-in', async () => {
  const sent: Sent[] = [];
  const client = new Client({ name: 'e2e', version: '1.0.0' });
  const authProvider = new PrivateKeyJwtProvider(options());
  await client.connect(
    new StreamableHTTPClientTransport(new URL(world.resource), { authProvider, fetch: noting(sent) }),
  );
  expect(await outcomeOf(client)).toBe('allowed');
  expect(await outcomeOf(client)).toBe('allowed');
  await client.close();
  expect(sent.slice(0, 2).map(({ url, status }) => [new URL(url).pathname, status])).toEqual([
    ['/mcp', 401],
    ['/.well-known/oauth-protected-resource/mcp', 200],
  ]);
  expect(tokenRequests(sent).map(({ status }) => status)).toEqual([200]);
  expect(authProvider.tokens()).toMatchObject({ token_type: 'Bearer', expires_in: 300 });
});

class BoundProvider extends ModernProvider {
  readonly session = DpopSession.create();

  dpop(): Promise<DpopSession> {
    return this.session;
  }
}

async function signInWithProof(): Promise<{ client: ModernClient; provider: BoundProvider; sent: Sent[] }> {
  const sent: Sent[] = [];
  const client = new ModernClient({ name: 'e2e', version: '1.0.0' });
  const provider = new BoundProvider(options());
  const transport = new ModernTransport(new URL(world.resource), {
    authProvider: provider,
    fetch: noting(sent) as FetchLike,
  });
  await client.connect(transport);
  return { client, provider, sent };
}

promise(
  ['R-SDK-1', 'R-DPOP-1'],
  'the 2.x client with DPoP: one sign-in, calls work, a replayed request and the token as bearer are refused',
  async () => {
    const { client, provider, sent } = await signInWithProof();
    for (const _ of [1, 2])
      expect((await client.callTool({ name: 'list_tickets', arguments: {} })).isError).toBeFalsy();
    const tokens = provider.tokens();
    const { thumbprint } = await provider.session;
    expect(tokens?.token_type).toBe('DPoP');
    expect(decodeJwt(tokens?.access_token ?? '')).toMatchObject({ cnf: { jkt: thumbprint } });
    expect(
      tokenRequests(sent).map(({ status }) => status),
      'the nonce is asked for once',
    ).toEqual([400, 200]);

    const last = sent.filter(({ url, status }) => url === world.resource && status === 200).at(-1);
    expect(last?.headers.get('authorization')).toMatch(/^DPoP /);
    const replayed = await last?.again();
    expect(replayed?.status).toBe(401);
    expect(replayed?.headers.get('www-authenticate')).toMatch(/^DPoP .*error="invalid_token"/);
    const asBearer = await fetch(world.resource, {
      method: 'POST',
      headers: { ...Object.fromEntries(last?.headers ?? []), authorization: `Bearer ${tokens?.access_token}` },
      body: JSON.stringify({ jsonrpc: '2.0', id: 9, method: 'tools/list' }),
    });
    expect(asBearer.status).toBe(401);
    expect((await client.callTool({ name: 'list_tickets', arguments: {} })).isError, 'it goes on').toBeFalsy();
    await client.close();
  },
);
