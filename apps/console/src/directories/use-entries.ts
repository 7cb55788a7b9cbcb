import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DirectoryEntriesQuery } from '../gql/graphql.js';
import { directoryEntriesQuery } from './directories.graphql.js';

export type DirectoryEntry = DirectoryEntriesQuery['directoryEntries'][number];

const pageSize = 500;

/** Every entry of a directory, of which there are 5,000 at most, page after page. */
export function useEntries(directory: string) {
  const client = useApolloClient();
  const [entries, setEntries] = useState<readonly DirectoryEntry[] | undefined>();
  const [error, setError] = useState<unknown>(null);
  const asked = useRef(0);
  const read = useCallback(async () => {
    const mine = ++asked.current;
    const found: DirectoryEntry[] = [];
    try {
      for (let page: readonly DirectoryEntry[] | undefined; page === undefined || page.length === pageSize;) {
        const variables = { directory, after: found.at(-1)?.canonical ?? null, first: pageSize };
        const { data } = await client.query({ query: directoryEntriesQuery, variables, fetchPolicy: 'no-cache' });
        page = data?.directoryEntries ?? [];
        found.push(...page);
      }
      if (mine !== asked.current) return;
      setEntries(found);
      setError(null);
    } catch (cause) {
      if (mine === asked.current) setError(cause);
    }
  }, [client, directory]);
  useEffect(() => {
    void read();
    return () => {
      asked.current += 1;
    };
  }, [read]);
  return { entries, error, read };
}
