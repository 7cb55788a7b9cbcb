import { feedDocument, type Position } from '@portcullis/contracts';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';

const largestFrame = 64 * 1024 * 1024;

class FeedWebSocket extends WebSocket {
  constructor(address: string, protocols?: string | string[]) {
    super(address, protocols, { perMessageDeflate: false, maxPayload: largestFrame, handshakeTimeout: 5000 });
    // Closing while it still connects emits an error after the client took its own listener away; unheard it would end the host.
    this.on('error', () => undefined);
  }
}

/** One connection with one subscription. */
export interface FeedRequest {
  readonly address: string;
  /** A signed hello, made anew for each connection. */
  readonly hello: string;
  readonly position: Position | undefined;
  readonly onFrame: (frame: unknown) => void;
  /** Called once when the subscription ended for whatever cause, with the socket's close code if there is one. */
  readonly onEnd: (closeCode: number | undefined) => void;
}

/**
 * Opens the feed (graphql-transport-ws). The operation id is always `1`, so that one frame serves every guard of the slice.
 * Returns the way to close it; `onEnd` does not run after that.
 */
export function openFeed({ address, hello, position, onFrame, onEnd }: FeedRequest): () => void {
  let isOpen = true;
  let client: Client | undefined = undefined;
  const end = (cause?: unknown) => {
    if (!isOpen) return;
    isOpen = false;
    client?.terminate();
    onEnd(closeCodeOf(cause));
  };
  client = createClient({
    url: address,
    webSocketImpl: FeedWebSocket,
    connectionParams: { hello },
    generateID: () => '1',
    retryAttempts: 0,
    keepAlive: 10_000,
  });
  client.subscribe<{ feed: unknown }>(
    { query: feedDocument, variables: { position: position ? JSON.stringify(position) : null } },
    { next: (result) => isOpen && onFrame(result.data?.feed), error: end, complete: end },
  );
  return () => {
    isOpen = false;
    client.terminate();
    void client.dispose();
  };
}

function closeCodeOf(cause: unknown): number | undefined {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  return typeof cause.code === 'number' ? cause.code : undefined;
}
