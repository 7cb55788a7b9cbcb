import { createClient, type Client } from 'graphql-ws';
import { tellFreshness } from './freshness-store.js';

const keepAliveMs = 3_000;
const pongTimeoutMs = 2_000;
const longestRetryMs = 2_000;

export function openSocket(openTicket: () => Promise<string>): Client {
  let pongTimer: ReturnType<typeof setTimeout> | undefined;
  const tell = (type: 'connected' | 'heard' | 'snapshot' | 'closed') => tellFreshness({ type, at: Date.now() });
  const client = createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    connectionParams: async () => ({ ticket: await openTicket() }),
    keepAlive: keepAliveMs,
    connectionAckWaitTimeout: 5_000,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (retries) => wait(Math.min(longestRetryMs, 200 * 2 ** retries) * (0.5 + Math.random() / 2)),
    on: {
      connected: () => tell('connected'),
      closed: () => {
        clearTimeout(pongTimer);
        tell('closed');
      },
      ping: (received) => {
        if (!received) pongTimer = setTimeout(() => client.terminate(), pongTimeoutMs);
      },
      pong: (received) => {
        if (!received) return;
        clearTimeout(pongTimer);
        tell('heard');
      },
      message: (message) => tell(message.type === 'next' ? 'snapshot' : 'heard'),
    },
  });
  return client;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
