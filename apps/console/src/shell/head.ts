import { createContext, useContext, useEffect, useRef } from 'react';
import type { ConvergencePartsFragment } from '../gql/graphql.js';

export const HeadContext = createContext<ConvergencePartsFragment | null>(null);

/** Convergence of the newest revision, followed once for the whole console. */
export function useHead(): ConvergencePartsFragment | null {
  return useContext(HeadContext);
}

/** Asks again whenever the change log moves: what a page shows is then at most one answer behind the newest revision. */
export function useRefetchOnRevision(revision: number | null, refetch: () => Promise<unknown>): void {
  const seen = useRef(revision);
  useEffect(() => {
    if (revision === null || revision === seen.current) return;
    const isFirst = seen.current === null;
    seen.current = revision;
    if (!isFirst) void refetch().catch(() => undefined);
  }, [revision, refetch]);
}
