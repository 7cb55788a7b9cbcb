import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, JSONRPCRequest, MessageExtraInfo, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { isResponse, type RpcRequest, type RpcResponse } from './rpc.js';

/** Asks an SDK server in this process, without a client or a session. What the server sends on its own is dropped. */
export class InProcessLink implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: <T extends JSONRPCMessage>(message: T, extra?: MessageExtraInfo) => void;
  readonly #waiting = new Map<RequestId | undefined, (response: RpcResponse) => void>();
  #lastId = 0;

  async start(): Promise<void> {}

  async send(message: JSONRPCMessage): Promise<void> {
    if (!isResponse(message)) return;
    this.#waiting.get(message.id)?.(message);
    this.#waiting.delete(message.id);
  }

  async close(): Promise<void> {
    this.onclose?.();
  }

  /** The server's response to the request. */
  ask(request: RpcRequest): Promise<RpcResponse> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.onmessage?.({ ...request, jsonrpc: '2.0', id } satisfies JSONRPCRequest);
    });
  }
}
