import type { Denial, GuardedCall } from '@portcullis/guard';
import type { Exchange } from './exchange.js';
import { fulfilled } from './fulfilled-response.js';
import type { RpcResponse } from './rpc.js';

/** What a tool call can do to the two sides it stands between. */
export interface CallSides {
  readonly forward: () => void;
  readonly release: (response: RpcResponse) => Promise<void>;
  readonly deny: (denial: Denial) => Promise<void>;
  /** Answers the client and tells the handler, without waiting for either. */
  readonly abort: (denial: Denial) => void;
}

/**
 * The path of one `tools/call` from its verdict on: make the intent durable, look at the stops, run, take out of the
 * answer what must not leave, look again, release. When the call loses its right the client is answered at once and the handler
 * is told; what it still returns is dropped.
 */
export async function runToolCall(exchange: Exchange, verdict: GuardedCall | Denial, sides: CallSides): Promise<void> {
  if ('meta' in verdict) return sides.deny(verdict);
  exchange.call = verdict;
  if (exchange.isOver) return void verdict.release('error');
  const denial = await verdict.start();
  if (exchange.isOver) return;
  if (denial !== undefined) return sides.deny(denial);

  verdict.onLost((lost) => {
    if (!exchange.isOver) sides.abort(lost);
  });
  exchange.finish = (response) => {
    const left = verdict.mustFulfil ? fulfilled(verdict, response) : response;
    const refused = verdict.release(isError(response) ? 'error' : 'ok');
    return refused ? sides.deny(refused) : sides.release(left);
  };
  sides.forward();
}

function isError(response: RpcResponse): boolean {
  return !('result' in response) || response.result['isError'] === true;
}
