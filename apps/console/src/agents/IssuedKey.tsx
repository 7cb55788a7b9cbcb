import { useQuery } from '@apollo/client/react';
import { ShownOnceDialog } from '../parts/ShownOnceDialog.js';
import { Snippet } from '../parts/Snippet.js';
import { callableServersQuery } from './credentials.graphql.js';
import type { KeyPair } from './key-pair.js';

interface IssuedKeyProps {
  readonly agent: string;
  readonly pair: KeyPair;
  readonly tokenUrl: string;
  readonly close: () => void;
}

/** The private key of a pair made in this browser. It was never sent; when this closes, only what the person took is left. */
export function IssuedKey({ agent, pair, tokenUrl, close }: IssuedKeyProps) {
  const { data } = useQuery(callableServersQuery);
  const resource = data?.servers[0]?.resource ?? 'RESOURCE-OF-THE-SERVER';
  const text = JSON.stringify(pair.privateJwk, null, 2);
  return (
    <ShownOnceDialog
      title={`Private key of ${agent}`}
      secret={text}
      secretName="Private key"
      close={close}
      download={{ name: `${agent}.private.jwk.json`, text: `${text}\n` }}
    >
      <p>Made in this browser and never sent: the control plane holds the public half only.</p>
      <Snippet title="MCP client" text={mcpClient(agent, resource, new URL(tokenUrl).origin)} />
    </ShownOnceDialog>
  );
}

function mcpClient(agent: string, resource: string, issuer: string): string {
  return `import { readFile } from 'node:fs/promises';
import { PrivateKeyJwtProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const authProvider = new PrivateKeyJwtProvider({
  clientId: '${agent}',
  privateKey: JSON.parse(await readFile('${agent}.private.jwk.json', 'utf8')),
  algorithm: 'ES256',
  expectedIssuer: '${issuer}',
});
const client = new Client({ name: '${agent}', version: '1.0.0' });
await client.connect(new StreamableHTTPClientTransport(new URL('${resource}'), { authProvider }));
console.log((await client.listTools()).tools.map((tool) => tool.name));
`;
}
