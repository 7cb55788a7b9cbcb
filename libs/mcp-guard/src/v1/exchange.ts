import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { GuardedCall } from '@portcullis/guard';
import type { RpcResponse } from './rpc.js';

/** One request on its way through the server. The server knows it by our `id`, the client by its own. */
export interface Exchange {
  readonly id: number;
  /** Absent for a request of the guard itself. */
  readonly clientId: RequestId | undefined;
  /** What becomes of the server's response. */
  finish: (response: RpcResponse) => void | Promise<void>;
  call?: GuardedCall;
  isForwarded: boolean;
  /** The client has its answer, or wants none any more. What still comes is dropped. */
  isOver: boolean;
}

/**
 * The requests of one session that are under way. Ids are ours because the SDK cannot cancel a request whose id is `0`, and
 * because a client may use an id twice.
 */
export class Exchanges {
  readonly #byId = new Map<number, Exchange>();
  readonly #byClientId = new Map<RequestId, Exchange>();
  #lastId = 0;

  open(clientId: RequestId | undefined, finish: Exchange['finish'] = () => undefined): Exchange {
    const exchange: Exchange = { id: ++this.#lastId, clientId, finish, isForwarded: false, isOver: false };
    this.#byId.set(exchange.id, exchange);
    if (clientId !== undefined) this.#byClientId.set(clientId, exchange);
    return exchange;
  }

  /** The exchange is answered. While its handler may still run it stays known, so that a late result is recognised. */
  end(exchange: Exchange, isHandlerDone: boolean): void {
    exchange.isOver = true;
    if (exchange.clientId !== undefined) this.#byClientId.delete(exchange.clientId);
    if (isHandlerDone) this.#byId.delete(exchange.id);
  }

  byId(id: unknown): Exchange | undefined {
    return typeof id === 'number' ? this.#byId.get(id) : undefined;
  }

  byClientId(id: unknown): Exchange | undefined {
    return typeof id === 'number' || typeof id === 'string' ? this.#byClientId.get(id) : undefined;
  }

  /** Those whose handlers may still be at work. */
  get running(): readonly Exchange[] {
    return [...this.#byId.values()];
  }

  /** Ends everything and returns what was not over yet. */
  endAll(): Exchange[] {
    const left = [...this.#byId.values()].filter((exchange) => !exchange.isOver);
    for (const exchange of left) exchange.isOver = true;
    this.#byId.clear();
    this.#byClientId.clear();
    return left;
  }
}
