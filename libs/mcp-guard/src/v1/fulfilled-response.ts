import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { withheldMetaKey } from '@portcullis/contracts';
import type { GuardedCall } from '@portcullis/guard';
import { internalError, type RpcResponse } from './rpc.js';

/** The response as it may leave. Of an error of the protocol nothing does under a filter: its message and data may say anything. */
export function fulfilled(call: GuardedCall, response: RpcResponse): RpcResponse {
  if (!('result' in response)) {
    const { message } = response.error;
    const left = call.fulfil({ isError: true, content: [{ type: 'text', text: message }] });
    return left && !call.isFiltered ? response : internalError(response.id ?? 0);
  }
  const left = call.fulfil(response.result);
  return { ...response, result: left ?? withheldResult(call) };
}

/** The call ran, and its agent is told that and nothing else. */
function withheldResult({ decision: { revision }, decisionId: decision }: GuardedCall): CallToolResult {
  const text = `Withheld by Portcullis: the call ran, and of its result nothing may leave. Do not retry. Decision ${decision}, revision ${revision}.`;
  return { isError: true, content: [{ type: 'text', text }], _meta: { [withheldMetaKey]: { decision, revision } } };
}
