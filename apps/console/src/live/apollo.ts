import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { getMainDefinition } from '@apollo/client/utilities';
import type { Client } from 'graphql-ws';
import { problemOf } from '../parts/problem.js';
import { csrfToken } from './csrf.js';
import { tellFreshness } from './freshness-store.js';
import { openSocketTicketMutation } from './live.graphql.js';
import { socketLink } from './socket-link.js';
import { openSocket } from './socket.js';

const httpTimeoutMs = 10_000;

export function createConsoleClient(whenSignedOut: () => void): ApolloClient {
  let socket: Client | null = null;
  const headers = new SetContextLink((previous) => {
    const token = csrfToken();
    return token === null ? previous : { headers: { ...previous['headers'], 'x-portcullis-csrf': token } };
  });
  const signedOut = new ErrorLink(({ error }) => {
    if (problemOf(error).code === 'unauthenticated') whenSignedOut();
  });
  const http = new HttpLink({ uri: '/graphql', credentials: 'same-origin', fetch: watchedFetch });
  const live = socketLink(() => (socket ??= openSocket(openTicket)));
  const client = new ApolloClient({
    cache: new InMemoryCache({
      typePolicies: {
        Convergence: { keyFields: false, merge: false },
        Overview: { keyFields: false, merge: true },
        GuardState: { keyFields: ['guard', 'boot'] },
        Query: { fields: { recentDecisions: { keyArgs: ['first', 'agent', 'server'], merge: false } } },
      },
    }),
    link: ApolloLink.split(isSubscription, live, ApolloLink.from([signedOut, headers, http])),
    devtools: { enabled: false },
  });
  async function openTicket(): Promise<string> {
    const { data } = await client.mutate({ mutation: openSocketTicketMutation });
    if (!data) throw new Error('no ticket');
    return data.openSocketTicket.ticket;
  }
  return client;
}

function isSubscription(operation: ApolloLink.Operation): boolean {
  const main = getMainDefinition(operation.query);
  return main.kind === 'OperationDefinition' && main.operation === 'subscription';
}

async function watchedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const timeout = AbortSignal.timeout(httpTimeoutMs);
  const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  try {
    const answer = await fetch(input, { ...init, signal });
    tellFreshness({ type: 'http-ok', at: Date.now() });
    return answer;
  } catch (cause) {
    if (!init?.signal?.aborted) tellFreshness({ type: 'http-failed', at: Date.now() });
    throw cause;
  }
}
