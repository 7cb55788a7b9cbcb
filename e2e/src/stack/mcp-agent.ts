import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { decisionMetaKey, type DecisionMeta } from '@portcullis/contracts';

export interface TokenRequest {
  readonly console: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly resource: string;
  readonly scope?: string;
}

/** The token endpoint's answer, whatever it is. */
export async function requestToken(request: TokenRequest): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${request.console}/oauth/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${request.clientId}:${request.clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      resource: request.resource,
      ...(request.scope ? { scope: request.scope } : {}),
    }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

export async function tokenFor(request: TokenRequest): Promise<string> {
  const { status, body } = await requestToken(request);
  if (status !== 200 || typeof body['access_token'] !== 'string') {
    throw new Error(`no token: ${status} ${JSON.stringify(body)}`);
  }
  return body['access_token'];
}

/** A real MCP client over Streamable HTTP with a bearer token. */
export async function connectAgent(resource: string, token: string): Promise<Client> {
  const client = new Client({ name: 'e2e', version: '1.0.0' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(resource), {
      requestInit: { headers: { authorization: `Bearer ${token}` } },
    }),
  );
  return client;
}

export async function callTool(
  client: Client,
  name: string,
  args: Record<string, unknown> = {},
): Promise<CallToolResult> {
  return (await client.callTool({ name, arguments: args })) as CallToolResult;
}

/** The denial in a result; `undefined` when the call was allowed. */
export function denialOf(result: CallToolResult): DecisionMeta | undefined {
  return result._meta?.[decisionMetaKey] as DecisionMeta | undefined;
}
