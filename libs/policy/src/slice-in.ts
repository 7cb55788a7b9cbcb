import type { GrantSlice } from './state.js';

/** What is granted in that environment, if anything: a role has grants in few. */
export function sliceIn(environment: string, slices: readonly GrantSlice[] = []): GrantSlice | undefined {
  for (const slice of slices) if (slice.environment === environment) return slice;
  return undefined;
}
