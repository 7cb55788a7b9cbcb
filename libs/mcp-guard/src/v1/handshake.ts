import { isRecord, type RpcResponse } from './rpc.js';

const open: ReadonlySet<string> = new Set(['tools', 'logging', 'experimental']);

/**
 * The server's answer to `initialize`, with what the guard changes in it: the tool list can change, because authority can; and
 * features whose methods the guard closes are not offered.
 */
export function amendHandshake(response: RpcResponse): RpcResponse {
  if (!('result' in response) || !isRecord(response.result['capabilities'])) return response;
  const offered = Object.entries(response.result['capabilities']).filter(([name]) => open.has(name));
  const capabilities = Object.fromEntries(
    offered.map(([name, value]) => [
      name,
      name === 'tools' && isRecord(value) ? { ...value, listChanged: true } : value,
    ]),
  );
  return { ...response, result: { ...response.result, capabilities } };
}
