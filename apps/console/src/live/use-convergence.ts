import { useSubscription } from '@apollo/client/react';
import type { ConvergencePartsFragment } from '../gql/graphql.js';
import { unmask } from '../gql/index.js';
import { convergenceFragment, convergenceSubscription } from './live.graphql.js';

/** How far a revision has got; without one, the newest revision for ever. Null until the first message. */
export function useConvergence(revision: number | null): ConvergencePartsFragment | null {
  const { data } = useSubscription(convergenceSubscription, {
    variables: { revision },
    // A subscriber that joined a shared stream would wait for the next change: the first message is its snapshot.
    context: { queryDeduplication: false, endsBy: revision === null ? undefined : isSettled },
    fetchPolicy: 'no-cache',
  });
  return data ? unmask(convergenceFragment, data.convergence) : null;
}

function isSettled(data: unknown): boolean {
  const convergence = (data as { convergence?: { pending?: number } } | null | undefined)?.convergence;
  return convergence?.pending === 0;
}
