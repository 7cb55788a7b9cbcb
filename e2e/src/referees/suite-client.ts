import { ClientCredentialsProvider, PrivateKeyJwtProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** What the suite hands to a client under test. */
interface Context {
  readonly client_id: string;
  readonly client_secret?: string;
  readonly private_key_pem?: string;
  readonly signing_algorithm?: string;
}

function providerFor(context: Context): ClientCredentialsProvider | PrivateKeyJwtProvider {
  const { client_id: clientId, client_secret: clientSecret = '', private_key_pem: privateKey } = context;
  return privateKey === undefined
    ? new ClientCredentialsProvider({ clientId, clientSecret })
    : new PrivateKeyJwtProvider({ clientId, privateKey, algorithm: context.signing_algorithm ?? 'ES256' });
}

/** The client that the scenarios sign in with, under the suite's own eyes: what it asks our server for is what is asked anywhere. */
const context = JSON.parse(process.env['MCP_CONFORMANCE_CONTEXT'] ?? '{}') as Context;
const client = new Client({ name: 'e2e', version: '1.0.0' });
const url = new URL(process.argv[2] ?? '');
await client.connect(new StreamableHTTPClientTransport(url, { authProvider: providerFor(context) }));
await client.listTools();
await client.close();
