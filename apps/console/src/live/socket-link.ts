import { ApolloLink } from '@apollo/client';
import { print } from 'graphql';
import type { Client, FormattedExecutionResult } from 'graphql-ws';
import { Observable } from 'rxjs';

const renewAfterMs = 1_000;

/**
 * Subscriptions over one socket. graphql-ws gives up on a few close codes and completes when a server shuts down politely;
 * a console must not fall silent for either, so such a subscription is made anew until its component goes away.
 * `context: { endsBy: … }` says which last message is the natural end.
 */
export function socketLink(socket: () => Client): ApolloLink {
  return new ApolloLink((operation) => {
    const context = operation.getContext();
    const isLast =
      typeof context['endsBy'] === 'function' ? (context['endsBy'] as (data: unknown) => boolean) : () => false;
    return new Observable<ApolloLink.Result>((observer) => {
      let renewal: ReturnType<typeof setTimeout> | undefined;
      let leave: () => void = () => undefined;
      let ended = false;
      const renew = () => {
        if (ended) return observer.complete();
        renewal = setTimeout(subscribe, renewAfterMs);
      };
      const subscribe = () => {
        leave = socket().subscribe<Record<string, unknown>>(
          { operationName: operation.operationName, query: print(operation.query), variables: operation.variables },
          {
            next: (result: FormattedExecutionResult<Record<string, unknown>>) => {
              ended = isLast(result.data);
              observer.next(result as ApolloLink.Result);
            },
            error: (cause) => (Array.isArray(cause) ? observer.error(refusal(cause)) : renew()),
            complete: renew,
          },
        );
      };
      subscribe();
      return () => {
        clearTimeout(renewal);
        leave();
      };
    });
  });
}

function refusal(errors: readonly { readonly message?: string }[]): Error {
  return new Error(errors.map((error) => error.message ?? 'refused').join('; '));
}
