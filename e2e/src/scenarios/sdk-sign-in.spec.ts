import { afterAll, beforeAll, expect } from 'vitest';
import { PrivateKeyJwtProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
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
