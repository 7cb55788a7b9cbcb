import { useQuery } from '@apollo/client/react';
import { ShownOnceDialog } from '../parts/ShownOnceDialog.js';
import { Snippet } from '../parts/Snippet.js';
import { callableServersQuery } from './credentials.graphql.js';

interface IssuedSecretProps {
  readonly agent: string;
  readonly secret: string;
  readonly tokenUrl: string;
  readonly close: () => void;
}

export function IssuedSecret({ agent, secret, tokenUrl, close }: IssuedSecretProps) {
  const { data } = useQuery(callableServersQuery);
  const resource = data?.servers[0]?.resource ?? 'RESOURCE-OF-THE-SERVER';
  return (
    <ShownOnceDialog
      title={`Credential of ${agent}`}
      secret={secret}
      secretName="Secret"
      close={close}
      download={{ name: `${agent}.env`, text: envFile({ agent, secret, tokenUrl, resource }) }}
    >
      <Snippet title="curl" text={curlLine({ agent, secret, tokenUrl, resource })} />
      <Snippet title="MCP client" text={mcpClient({ agent, secret, tokenUrl, resource })} />
    </ShownOnceDialog>
  );
}

interface Use {
  readonly agent: string;
  readonly secret: string;
  readonly tokenUrl: string;
  readonly resource: string;
}

function envFile({ agent, secret, tokenUrl, resource }: Use): string {
  return [
    `PORTCULLIS_TOKEN_URL=${tokenUrl}`,
    `PORTCULLIS_CLIENT_ID=${agent}`,
    `PORTCULLIS_CLIENT_SECRET=${secret}`,
    `PORTCULLIS_RESOURCE=${resource}`,
    '',
  ].join('\n');
}

function curlLine({ agent, secret, tokenUrl, resource }: Use): string {
  return [
    `curl -s -u '${agent}:${secret}' ${tokenUrl} \\`,
    '  -d grant_type=client_credentials \\',
    `  -d resource=${resource}`,
  ].join('\n');
}

function mcpClient({ agent, secret, tokenUrl, resource }: Use): string {
  return `import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const resource = '${resource}';
const answer = await fetch('${tokenUrl}', {
  method: 'POST',
  headers: { authorization: 'Basic ' + btoa('${agent}:${secret}') },
  body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
});
const { access_token } = await answer.json();
const client = new Client({ name: '${agent}', version: '1.0.0' });
await client.connect(
  new StreamableHTTPClientTransport(new URL(resource), {
    requestInit: { headers: { authorization: 'Bearer ' + access_token } },
  }),
);
console.log((await client.listTools()).tools.map((tool) => tool.name));
`;
}
