import type { CallToolResult, JSONRPCErrorResponse } from '@modelcontextprotocol/sdk/types.js';
import { withheldMetaKey } from '@portcullis/contracts';
import type { GuardedCall } from '@portcullis/guard';
import { internalError, type RpcResponse } from './rpc.js';

/** The response as it may leave. Of an error of the protocol nothing does under a filter: its message and data may say anything. */
export function fulfilled(call: GuardedCall, response: RpcResponse): RpcResponse {
  if (!('result' in response)) {
    if (!call.isFiltered && call.fulfil(asResult(response.error))) return response;
    if (call.isFiltered) call.withhold('the tool answered with an error of the protocol, which cannot be filtered');
    return internalError(response.id ?? 0);
  }
  const left = call.fulfil(response.result);
  return { ...response, result: left ?? withheldResult(call) };
}

/** An error of the protocol in the form of a result: all that it says. */
function asResult({ message, data }: JSONRPCErrorResponse['error']): CallToolResult {
  const texts = data === undefined ? [message] : [message, JSON.stringify(data)];
  return { isError: true, content: texts.map((text) => ({ type: 'text', text })) };
}

/** The call ran, and its agent is told that and nothing else. */
function withheldResult({ decision: { revision }, decisionId: decision }: GuardedCall): CallToolResult {
  const text = `Withheld by Portcullis: the call ran, and of its result nothing may leave. Do not retry. Decision ${decision}, revision ${revision}.`;
  return { isError: true, content: [{ type: 'text', text }], _meta: { [withheldMetaKey]: { decision, revision } } };
}
