import { createContext, useContext } from 'react';
import type { ConvergencePartsFragment } from '../gql/graphql.js';

export const HeadContext = createContext<ConvergencePartsFragment | null>(null);

/** Convergence of the newest revision, followed once for the whole console. */
export function useHead(): ConvergencePartsFragment | null {
  return useContext(HeadContext);
}
