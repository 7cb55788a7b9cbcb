import { useQuery } from '@apollo/client/react';
import type { GrantUse } from './GrantUseMark.js';
import { grantUsesQuery } from './grants.graphql.js';

/** As many as are answered at once. */
const mostAsked = 1000;

/** When these grants were last used, by id. */
export function useGrantUses(ids: readonly string[]): {
  readonly uses: ReadonlyMap<string, GrantUse>;
  readonly error: unknown;
} {
  const { data, previousData, error } = useQuery(grantUsesQuery, {
    variables: { ids: ids.slice(0, mostAsked) },
    fetchPolicy: 'no-cache',
    skip: ids.length === 0,
  });
  const shown = (data ?? previousData)?.grantUses ?? [];
  return { uses: new Map(shown.map((use) => [use.grant, use])), error };
}
