import { ErrorCode, RELATED_TASK_META_KEY } from '@modelcontextprotocol/sdk/types.js';
import type {
  JSONRPCErrorResponse,
  JSONRPCMessage,
  JSONRPCNotification,
  JSONRPCRequest,
  JSONRPCResultResponse,
} from '@modelcontextprotocol/sdk/types.js';

/** A response as it leaves a server. */
export type RpcResponse = JSONRPCResultResponse | JSONRPCErrorResponse;
/** A request before it has an id. */
export type RpcRequest = Pick<JSONRPCRequest, 'method' | 'params'>;

// The transport has validated every message; the shape tells the kinds apart without validating again.
export function isRequest(message: JSONRPCMessage): message is JSONRPCRequest {
  return 'method' in message && 'id' in message;
}

export function isNotification(message: JSONRPCMessage): message is JSONRPCNotification {
  return 'method' in message && !('id' in message);
}

export function isResponse(message: JSONRPCMessage): message is RpcResponse {
  return !('method' in message);
}

/** Whether a message of a server says more than its method does. */
export function hasContent(message: JSONRPCMessage): boolean {
  return 'params' in message && message.params !== undefined;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The answer to a request that broke on its way: whoever waits for it is told, and learns nothing else. */
export function internalError(id: JSONRPCRequest['id']): RpcResponse {
  return { jsonrpc: '2.0', id, error: { code: ErrorCode.InternalError, message: 'Internal error' } };
}

/** What a client may tell the server besides `notifications/cancelled`: it cannot act. Every other notification is dropped. */
export const openNotifications: ReadonlySet<string> = new Set([
  'notifications/initialized',
  'notifications/progress',
  'notifications/roots/list_changed',
]);

/** How a request is treated. `closed`: answered as by a server that has nothing. */
export type Treatment = 'forward' | 'initialize' | 'list' | 'call' | 'closed';

const treatments: ReadonlyMap<string, Treatment> = new Map([
  ['initialize', 'initialize'],
  ['ping', 'forward'],
  ['logging/setLevel', 'forward'],
  ['tools/list', 'list'],
  ['tools/call', 'call'],
]);

/**
 * Whatever acts and cannot be decided yet is closed: resources, prompts, completion, tasks, methods nobody knows, and a call
 * that would go on as a task after its answer.
 */
export function treatmentOf(request: RpcRequest): Treatment {
  const { params } = request;
  if (params?.['task'] !== undefined || params?._meta?.[RELATED_TASK_META_KEY] !== undefined) return 'closed';
  if (request.method === 'tools/call' && typeof params?.['name'] !== 'string') return 'closed';
  return treatments.get(request.method) ?? 'closed';
}
