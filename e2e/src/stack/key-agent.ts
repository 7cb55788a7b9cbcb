import { PrivateKeyJwtProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

export interface KeyAgent {
  readonly agent: string;
  readonly resource: string;
  readonly issuer: string;
  readonly jwk: object;
}

/** An MCP client that proves itself with a private key, by the SDK's own provider: 401, metadata, token, call. */
export async function connectWithKey({ agent, resource, issuer, jwk }: KeyAgent): Promise<Client> {
  const authProvider = new PrivateKeyJwtProvider({
    clientId: agent,
    privateKey: { ...jwk },
    algorithm: 'ES256',
    expectedIssuer: issuer,
  });
  const client = new Client({ name: agent, version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(resource), { authProvider }));
  return client;
}
