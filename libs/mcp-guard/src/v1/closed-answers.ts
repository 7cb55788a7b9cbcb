import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { JSONRPCRequest } from '@modelcontextprotocol/sdk/types.js';
import { InProcessLink } from './in-process-link.js';
import type { RpcResponse } from './rpc.js';

/** Answers a request as a server that has nothing answers it. */
export type ClosedAnswers = (request: JSONRPCRequest) => Promise<RpcResponse>;

/**
 * The SDK's own answers of a server that has no tool and no other feature: "not granted" and "does not exist" are then the
 * same bytes by construction (protocol G6), in whatever words the installed SDK puts them.
 */
export async function createClosedAnswers(): Promise<ClosedAnswers> {
  const link = new InProcessLink();
  const empty = new McpServer({ name: 'portcullis', version: '1' }, { capabilities: { tools: {} } });
  await empty.connect(link);
  return async (request) => ({ ...(await link.ask(request)), id: request.id });
}
