import { useApolloClient, useQuery, useSubscription } from '@apollo/client/react';
import { useDocumentVisibility } from '@mantine/hooks';
import { unmask } from '../gql/index.js';
import type { DecisionRowFragment, RecentDecisionsQuery } from '../gql/graphql.js';
import { decisionFragment, decisionsSubscription, recentDecisionsQuery } from './live.graphql.js';

export interface TailFilter {
  readonly agent?: string;
  readonly server?: string;
}

type Row = RecentDecisionsQuery['recentDecisions'][number];
const keptRows = 200;

/**
 * The newest decisions, newest first. The first message of each (re)connect repeats the newest 50, so nothing falls between
 * the query and the stream; a row seen twice is kept once, by its position. A hidden tab drops the stream.
 */
export function useDecisionTail({ agent, server }: TailFilter) {
  const client = useApolloClient();
  const variables = { agent: agent ?? null, server: server ?? null };
  const isHidden = useDocumentVisibility() === 'hidden';
  const { data, error, loading } = useQuery(recentDecisionsQuery, { variables, fetchPolicy: 'cache-and-network' });
  const live = useSubscription(decisionsSubscription, {
    variables,
    skip: isHidden,
    context: { queryDeduplication: false },
    fetchPolicy: 'no-cache',
    ignoreResults: true,
    onData: ({ data: { data: message } }) => {
      if (!message) return;
      client.cache.updateQuery({ query: recentDecisionsQuery, variables }, (known) => ({
        recentDecisions: mergeRows(known?.recentDecisions ?? [], message.decisions.decisions),
      }));
    },
  });
  return { rows: data ? unmask(decisionFragment, data.recentDecisions) : null, error: error ?? live.error, loading };
}

function mergeRows(known: readonly Row[], news: readonly Row[]): Row[] {
  const byPosition = new Map<number, Row>();
  for (const row of [...known, ...news]) byPosition.set(positionOf(row), row);
  return [...byPosition.entries()]
    .sort(([a], [b]) => b - a)
    .slice(0, keptRows)
    .map(([, row]) => row);
}

function positionOf(row: Row): number {
  const { position }: DecisionRowFragment = unmask(decisionFragment, row);
  return position;
}
